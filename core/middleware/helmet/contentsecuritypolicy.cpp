// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/contentsecuritypolicy.h"

#include "middleware/helmet/helmetoption.h"

#include <QRegularExpression>

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

const QString prefix = u"Content-Security-Policy"_s;
const QString defaultSource = u"default-src"_s;

/// Keywords that mean nothing without quotes.
bool shouldBeQuoted(const QString &entry)
{
    static const QStringList words {u"none"_s,
                                    u"self"_s,
                                    u"strict-dynamic"_s,
                                    u"report-sample"_s,
                                    u"inline-speculation-rules"_s,
                                    u"unsafe-inline"_s,
                                    u"unsafe-eval"_s,
                                    u"unsafe-hashes"_s,
                                    u"wasm-unsafe-eval"_s};
    static const QStringList beginnings {u"nonce-"_s, u"sha256-"_s, u"sha384-"_s, u"sha512-"_s};
    return words.contains(entry)
        || std::any_of(beginnings.begin(), beginnings.end(),
                       [&entry](const QString &start) { return entry.startsWith(start); });
}

Result<void> checkSeparators(const QString &directive, const QString &value)
{
    if (!value.contains(u';') && !value.contains(u','))
        return {};
    return failure(
        u"%1 received an invalid directive value for %2"_s.arg(prefix, quoteJson(directive)));
}

Result<void> checkQuotes(const QString &directive, const QString &entry)
{
    if (!shouldBeQuoted(entry))
        return {};
    return failure(u"%1 received an invalid directive value for %2. %3 should be quoted"_s.arg(
        prefix, quoteJson(directive), quoteJson(entry)));
}

/// scriptSrc and script-src are the same directive.
QString dashed(const QString &name)
{
    QString text;
    for (const QChar c : name) {
        if (c >= u'A' && c <= u'Z')
            text += u'-';
        text += c >= u'A' && c <= u'Z' ? c.toLower() : c;
    }
    return text;
}

/// Names of a `directives` value as `for … in` visits them.
QStringList namesIn(const JsValue &directives)
{
    if (directives.isObject())
        return directives.keys();
    const qsizetype count
        = directives.isString() ? directives.toString().size() : directives.items().size();
    QStringList names;
    for (qsizetype i = 0; i < count; ++i)
        names.append(QString::number(i));
    return names;
}

/// Entries by which a lab file stands for function (req, res).
QString functionKey(const JsValue &entry)
{
    if (entry.size() != 1 || !entry.isObject())
        return {};
    const QString key = entry.keys().first();
    return key == u"nonceFrom" || key == u"valueFrom" ? key : QString();
}

} // namespace

JsValue ContentSecurityPolicy::defaultDirectives()
{
    const QString self = u"'self'"_s;
    const QString none = u"'none'"_s;
    JsValue all = JsValue::object();
    const auto put = [&all](const char *name, const QStringList &entries) {
        all.insert(QString::fromLatin1(name), JsValue::stringArray(entries));
    };
    put("default-src", {self});
    put("base-uri", {self});
    put("font-src", {self, u"https:"_s, u"data:"_s});
    put("form-action", {self});
    put("frame-ancestors", {self});
    put("img-src", {self, u"data:"_s});
    put("object-src", {none});
    put("script-src", {self});
    put("script-src-attr", {none});
    put("style-src", {self, u"https:"_s, u"'unsafe-inline'"_s});
    put("upgrade-insecure-requests", {});
    return all;
}

Result<ContentSecurityPolicy> ContentSecurityPolicy::compile(const JsValue &options)
{
    if (const auto fault = unreadable(options, u"reportOnly"_s))
        return failure(*fault);
    ContentSecurityPolicy policy;
    policy.m_reportOnly = options[u"reportOnly"].isTruthy();
    const JsValue useDefaults = options[u"useDefaults"];
    if (useDefaults.isUndefined() || useDefaults.isTruthy()) {
        for (const auto &[name, entries] : defaultDirectives().members())
            policy.put(name, entries.items());
    }
    const JsValue directives = options[u"directives"];
    QStringList seen;
    for (const QString &name : namesIn(directives)) {
        const auto added = policy.add(name, directives[name], seen);
        if (!added)
            return tl::unexpected(added.error());
    }
    if (const auto finished = policy.finish(); !finished)
        return tl::unexpected(finished.error());
    return policy;
}

Result<void> ContentSecurityPolicy::add(const QString &rawName, const JsValue &rawValue,
                                        QStringList &seen)
{
    static const QRegularExpression form(u"\\A[a-z](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\\z"_s);
    if (!form.match(rawName).hasMatch())
        return failure(
            u"%1 received an invalid directive name %2"_s.arg(prefix, quoteJson(rawName)));
    const QString name = dashed(rawName);
    if (seen.contains(name))
        return failure(u"%1 received a duplicate directive %2"_s.arg(prefix, quoteJson(name)));
    seen.append(name);
    if (rawValue.isNull() && name == defaultSource)
        return failure(
            u"%1 needs a default-src but it was set to `null`. If you really want to disable "
            "it, set it to `contentSecurityPolicy.dangerouslyDisableDefaultSrc`."_s.arg(prefix));
    if (rawValue.isObject() && rawValue.size() == 1 && rawValue.contains(u"disableDefaultSrc")) {
        if (name != defaultSource)
            return failure(
                u"%1: tried to disable %2 as if it were default-src; simply omit the key"_s.arg(
                    prefix, quoteJson(name)));
        m_defaultSrcDisabled = true;
        remove(name);
        return {};
    }
    if (rawValue.isNull()) {
        remove(name);
        return {};
    }
    if (!rawValue.isString() && !rawValue.isTruthy())
        return failure(
            u"%1 received an invalid directive value for %2"_s.arg(prefix, quoteJson(name)));
    if (!rawValue.isString() && !rawValue.isArray())
        return failure(u"directiveValue is not iterable"_s);
    const QList<JsValue> entries
        = rawValue.isString() ? QList<JsValue> {rawValue} : rawValue.items();
    for (const JsValue &entry : entries) {
        if (!entry.isString())
            continue;
        const auto checked = checkSeparators(name, entry.toString()).and_then([&] {
            return checkQuotes(name, entry.toString());
        });
        if (!checked)
            return checked;
    }
    put(name, entries);
    return {};
}

/// What holds for all directives together; prepares the value when no entry needs the request.
Result<void> ContentSecurityPolicy::finish()
{
    if (m_directives.empty())
        return failure(
            u"%1 has no directives. Either set some or disable the header"_s.arg(prefix));
    if (!has(defaultSource) && !m_defaultSrcDisabled)
        return failure(
            u"%1 needs a default-src but none was provided. If you really want to disable "
            "it, set it to `contentSecurityPolicy.dangerouslyDisableDefaultSrc`."_s.arg(prefix));
    QStringList parts;
    for (const Directive &directive : m_directives) {
        QStringList entries;
        for (const JsValue &entry : directive.entries) {
            if (!entry.isString())
                return {};
            entries.append(entry.toString());
        }
        const QString value = entries.join(u' ');
        parts.append(value.isEmpty() ? directive.name : directive.name + u' ' + value);
    }
    m_fixed = parts.join(u';');
    return {};
}

QByteArray ContentSecurityPolicy::headerName() const
{
    return m_reportOnly ? "Content-Security-Policy-Report-Only" : "Content-Security-Policy";
}

Result<QString> ContentSecurityPolicy::value(const HeaderList &request) const
{
    if (m_fixed)
        return *m_fixed;
    QStringList parts;
    for (const Directive &directive : m_directives) {
        QString value;
        for (const JsValue &entry : directive.entries) {
            const auto text = entryText(directive.name, entry, request);
            if (!text)
                return text;
            value += u' ' + *text;
        }
        if (const auto checked = checkSeparators(directive.name, value); !checked)
            return tl::unexpected(checked.error());
        parts.append(directive.name + value);
    }
    return parts.join(u';');
}

Result<QString> ContentSecurityPolicy::entryText(const QString &directive, const JsValue &entry,
                                                 const HeaderList &request)
{
    const QString function = functionKey(entry);
    if (function.isEmpty())
        return entry.asText();
    const QByteArray field = entry[function].asText().toLatin1();
    const QString sent = QString::fromLatin1(request.get(field).value_or(QByteArray()));
    const QString text = function == u"nonceFrom" ? u"'nonce-%1'"_s.arg(sent) : sent;
    if (const auto checked = checkQuotes(directive, text); !checked)
        return tl::unexpected(checked.error());
    return text;
}

bool ContentSecurityPolicy::has(const QString &name) const
{
    return std::any_of(m_directives.begin(), m_directives.end(),
                       [&name](const Directive &one) { return one.name == name; });
}

void ContentSecurityPolicy::remove(const QString &name)
{
    std::erase_if(m_directives, [&name](const Directive &one) { return one.name == name; });
}

void ContentSecurityPolicy::put(const QString &name, const QList<JsValue> &entries)
{
    for (Directive &directive : m_directives) {
        if (directive.name == name) {
            directive.entries = entries;
            return;
        }
    }
    m_directives.push_back({name, entries});
}

} // namespace rt
