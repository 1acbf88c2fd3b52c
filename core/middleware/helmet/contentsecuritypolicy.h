// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"
#include "http/headerlist.h"

#include <optional>
#include <vector>

namespace rt {

/// helmet's Content-Security-Policy: directives merged over the defaults and checked once, entries
/// that stand for functions asked for every request. W3C CSP3.
class ContentSecurityPolicy
{
public:
    static Result<ContentSecurityPolicy> compile(const JsValue &options);
    static JsValue defaultDirectives();

    /// Content-Security-Policy or Content-Security-Policy-Report-Only.
    QByteArray headerName() const;
    /// The same for every request.
    bool isFixed() const { return m_fixed.has_value(); }
    /// The error is what helmet passes to next(err).
    Result<QString> value(const HeaderList &request) const;

private:
    struct Directive
    {
        QString name;
        QList<JsValue> entries;
    };

    Result<void> add(const QString &rawName, const JsValue &rawValue, QStringList &seen);
    Result<void> finish();
    void remove(const QString &name);
    void put(const QString &name, const QList<JsValue> &entries);
    bool has(const QString &name) const;
    static Result<QString> entryText(const QString &directive, const JsValue &entry,
                                     const HeaderList &request);

    std::vector<Directive> m_directives;
    std::optional<QString> m_fixed;
    bool m_reportOnly = false;
    bool m_defaultSrcDisabled = false;
};

} // namespace rt
