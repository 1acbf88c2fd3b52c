// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

#include <QRegularExpression>

#include <memory>
#include <optional>

namespace rt {

/// A JavaScript regular expression that can be asked `.test(text)`. Translated to PCRE: `$`, `.`,
/// `\s`, classes and unknown escapes mean something else there. As in JavaScript an expression with
/// flag g or y remembers where it stopped, and copies share that memory.
class JsRegExpTester
{
public:
    /// The error is the message of JavaScript's SyntaxError.
    static Result<JsRegExpTester> compile(const JsRegExp &expression);
    bool test(const QString &text) const;

private:
    QRegularExpression m_program;
    bool m_remembers = false;
    bool m_sticky = false;
    std::shared_ptr<qsizetype> m_lastIndex;
};

/// The PCRE pattern of a JavaScript pattern, or the reason why JavaScript refuses it ("Unterminated
/// group").
Result<QString> translateJsPattern(const QString &source, const QString &flags);

} // namespace rt
