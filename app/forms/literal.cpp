// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/literal.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace rt {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("literal", text);
}

bool startsJson(const QString &text)
{
    return text.startsWith(u'{') || text.startsWith(u'[') || text.startsWith(u'"');
}

// A pattern that JavaScript would refuse is refused here; PCRE2 knows the same basic grammar.
Result<JsValue> regExpFromText(const QString &text)
{
    const qsizetype end = text.lastIndexOf(u'/');
    if (end < 1)
        return failure(tr("A regular expression ends with a slash."));
    const JsRegExp value {text.mid(1, end - 1), text.mid(end + 1)};
    static const QRegularExpression flags(QStringLiteral("^[dgimsuy]*$"));
    if (!flags.match(value.flags).hasMatch())
        return failure(tr("A regular expression takes the flags d g i m s u y."));
    const QRegularExpression pattern(value.source);
    if (!pattern.isValid())
        return failure(tr("This regular expression is incomplete: %1.").arg(pattern.errorString()));
    return JsValue(value);
}

/// Splits at commas that are not inside quotes, a regular expression or an escape.
QStringList splitItems(const QString &text)
{
    QStringList items(QString {});
    QChar open;
    bool escaped = false;
    for (const QChar c : text) {
        QString &item = items.last();
        if (c == u',' && open.isNull()) {
            items.append(QString());
            continue;
        }
        if (!escaped && open.isNull() && (c == u'"' || (c == u'/' && item.trimmed().isEmpty())))
            open = c;
        else if (!escaped && c == open)
            open = QChar();
        escaped = c == u'\\' && !escaped;
        item.append(c);
    }
    return items;
}

} // namespace

QString jsonErrorSentence(const JsonError &error, bool oneLine)
{
    if (oneLine)
        return tr("Not JSON at character %1: %2").arg(error.column).arg(error.message);
    return tr("Not JSON at line %1, character %2: %3")
        .arg(error.line)
        .arg(error.column)
        .arg(error.message);
}

Result<JsValue> valueFromText(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return JsValue();
    if (trimmed.size() > 1 && trimmed.startsWith(u'/') && trimmed.lastIndexOf(u'/') > 0)
        return regExpFromText(trimmed);
    auto parsed = parseJson(trimmed);
    if (const auto *value = std::get_if<JsValue>(&parsed))
        return *value;
    if (startsJson(trimmed))
        return failure(jsonErrorSentence(std::get<JsonError>(parsed), !trimmed.contains(u'\n')));
    return JsValue(trimmed);
}

QString textFromValue(const JsValue &value)
{
    if (value.isUndefined())
        return {};
    if (value.isRegExp())
        return u'/' + value.toRegExp().source + u'/' + value.toRegExp().flags;
    if (!value.isString())
        return stringifyJson(value);
    // A string that would read back as something else keeps its quotes.
    const QString text = value.toString();
    const auto again = valueFromText(text);
    return again && *again == value ? text : quoteJson(text);
}

Result<JsValue> listFromText(const QString &text, bool withRegExps)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return JsValue();
    if (trimmed.startsWith(u'['))
        return valueFromText(trimmed);
    QList<JsValue> items;
    for (const QString &part : splitItems(trimmed)) {
        const QString item = part.trimmed();
        if (item.isEmpty())
            continue;
        const bool special = item.startsWith(u'"') || (withRegExps && item.startsWith(u'/'));
        const auto value = special ? valueFromText(item) : Result<JsValue>(JsValue(item));
        if (!value)
            return value;
        items.append(*value);
    }
    return JsValue::array(items);
}

QString textFromList(const JsValue &value)
{
    if (value.isString())
        return value.toString();
    if (!value.isArray())
        return textFromValue(value);
    if (value.items().isEmpty())
        return QStringLiteral("[]");
    QStringList items;
    for (const JsValue &item : value.items())
        items.append(item.isString() && !item.toString().contains(u',') ? item.toString()
                                                                        : textFromValue(item));
    return items.join(QStringLiteral(", "));
}

} // namespace rt
