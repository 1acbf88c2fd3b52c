// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

#include <functional>
#include <optional>
#include <vector>

namespace rt {

/// What kind of editor, printer and check an option needs. A new editor is written per kind.
enum class OptionKind { Boolean, Integer, Text, Choice, StringList, Origin, Any };

/// One option of one npm package, declared once; form, JSON, Express code, --set, help and lesson
/// checks derive from it.
struct OptionSpec
{
    /// The npm option name, letter for letter.
    /// A dotted name is a member of a package option: "strictTransportSecurity.maxAge".
    QByteArray name = {};
    OptionKind kind = OptionKind::Any;
    /// What the package does when the option is absent; undefined when "absent" is its own meaning.
    JsValue defaultValue = {};
    /// Shown in an empty editor: what absence means ("reflect what was asked").
    QString absentText = {};
    /// Translatable (context "options"): label and one help sentence.
    const char *title = "";
    const char *help = "";
    /// Document and section the behaviour comes from.
    const char *source = "";
    /// Allowed values of a Choice.
    QStringList choices = {};
    /// "seconds", "bytes", ""; shown behind the editor.
    const char *unit = "";
    /// Response headers this option decides, for "hovering an option marks its headers".
    QByteArrayList headers = {};
    /// The package's own objection to a value, or nothing. Called with explicit values only.
    std::function<Result<void>(const JsValue &)> check = {};
    /// An older name of the same option that the package still takes (helmet's hsts).
    QByteArray alias = {};
    /// The lab's own, unknown to the package: stands beside `options` in lab files.
    bool own = false;
};

/// The options of one middleware in the package's documented order.
class OptionTable
{
public:
    OptionTable() = default;
    OptionTable(std::vector<OptionSpec> specs) : m_specs(std::move(specs)) { }
    const OptionSpec *find(QByteArrayView name) const;
    auto begin() const { return m_specs.begin(); }
    auto end() const { return m_specs.end(); }
    qsizetype size() const { return static_cast<qsizetype>(m_specs.size()); }
    /// The explicit value in `options` (an object), else the default.
    JsValue value(const JsValue &options, QByteArrayView name) const;
    /// True when `options` says something about it, under its name or its alias.
    bool isExplicit(const JsValue &options, QByteArrayView name) const;
    /// Names whose explicit value differs from the default.
    QByteArrayList changed(const JsValue &options) const;

private:
    std::vector<OptionSpec> m_specs;
};

} // namespace rt
