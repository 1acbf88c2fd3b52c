// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/scriptcompare.h"

#include <cmath>
#include <limits>

namespace rt {

namespace {

/// The number a text stands for when it is a plain decimal, else undefined.
JsValue decimal(const JsValue &text)
{
    static const QRegularExpression plain(QStringLiteral("^-?[0-9]+(\\.[0-9]+)?\\z"));
    const QString trimmed = text.toString().trimmed();
    return plain.match(trimmed).hasMatch() ? JsValue(trimmed.toDouble()) : JsValue();
}

/// JavaScript's ===; lists and objects are equal only to themselves.
bool identical(const JsValue &a, const JsValue &b)
{
    if (a.type() != b.type())
        return false;
    if (a.isArray())
        return &a.items() == &b.items();
    if (a.isObject())
        return &a.members() == &b.members();
    return a == b;
}

double toNumber(const JsValue &value)
{
    if (value.isNumber())
        return value.toNumber();
    if (value.isBoolean())
        return value.toBool() ? 1 : 0;
    if (value.isNull())
        return 0;
    const QString text = value.asText().trimmed();
    bool isNumber = true;
    const double number = text.isEmpty() ? 0 : text.toDouble(&isNumber);
    return isNumber ? number : std::numeric_limits<double>::quiet_NaN();
}

bool isTextual(const JsValue &value)
{
    return value.isString() || value.isArray() || value.isObject();
}

/// ECMA-262 IsLessThan and its mirror images.
bool ordered(Comparison comparison, const JsValue &a, const JsValue &b)
{
    const bool texts = isTextual(a) && isTextual(b);
    const QString left = texts ? a.asText() : QString();
    const QString right = texts ? b.asText() : QString();
    const double x
        = texts ? static_cast<double>(QtPrivate::compareStrings(left, right)) : toNumber(a);
    const double y = texts ? 0 : toNumber(b);
    switch (comparison) {
    case Comparison::Less:
        return x < y;
    case Comparison::LessOrEqual:
        return x <= y;
    case Comparison::Greater:
        return x > y;
    default:
        return x >= y;
    }
}

bool has(const JsValue &list, const JsValue &wanted)
{
    if (list.isArray()) {
        const auto same = [&wanted](const JsValue &item) { return identical(item, wanted); };
        return std::any_of(list.items().begin(), list.items().end(), same);
    }
    const QString token = wanted.asText().toLower();
    const QStringList tokens = list.asText().split(u',');
    return std::any_of(tokens.begin(), tokens.end(), [&token](const QString &candidate) {
        return candidate.trimmed().toLower() == token;
    });
}

} // namespace

bool compareValues(Comparison comparison, const JsValue &left, const JsValue &right)
{
    const JsValue a = right.isNumber() && left.isString() ? decimal(left) : left;
    const JsValue b = left.isNumber() && right.isString() ? decimal(right) : right;
    if (a.isUndefined() || b.isUndefined())
        return false;
    switch (comparison) {
    case Comparison::Equal:
        return identical(a, b);
    case Comparison::NotEqual:
        return !identical(a, b);
    case Comparison::Less:
    case Comparison::LessOrEqual:
    case Comparison::Greater:
    case Comparison::GreaterOrEqual:
        return ordered(comparison, a, b);
    case Comparison::Has:
        return has(a, b);
    case Comparison::Contains:
        return a.asText().contains(b.asText());
    case Comparison::StartsWith:
        return a.asText().startsWith(b.asText());
    case Comparison::EndsWith:
        return a.asText().endsWith(b.asText());
    case Comparison::EqualIgnoringCase:
        return a.asText().toLower() == b.asText().toLower();
    }
    Q_UNREACHABLE();
}

JsValue memberOf(const JsValue &value, const QString &key)
{
    if (value.isObject())
        return value[key];
    if (!value.isArray() && !value.isString())
        return {};
    const QString text = value.toString();
    const qsizetype size = value.isArray() ? value.items().size() : text.size();
    if (key == u"length")
        return JsValue(static_cast<qint64>(size));
    bool isIndex = false;
    const qsizetype index = key.toInt(&isIndex);
    if (!isIndex || index < 0 || index >= size || QString::number(index) != key)
        return {};
    return value.isArray() ? value.items().at(index) : JsValue(QString(text.at(index)));
}

JsValue memberIgnoringCase(const JsValue &value, const QString &key)
{
    for (const auto &[name, member] : value.members()) {
        if (name.compare(key, Qt::CaseInsensitive) == 0)
            return member;
    }
    return {};
}

JsValue pointerTarget(const JsValue &value, const QString &pointer)
{
    if (pointer == u"/")
        return value;
    JsValue target = value;
    for (QString key : pointer.sliced(1).split(u'/')) {
        key.replace(QLatin1String("~1"), QLatin1String("/"));
        key.replace(QLatin1String("~0"), QLatin1String("~"));
        target = memberOf(target, key);
    }
    return target;
}

} // namespace rt
