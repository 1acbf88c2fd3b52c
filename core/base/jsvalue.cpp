// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/jsvalue.h"

#include <QHash>
#include <QSharedData>

#include <cmath>
#include <optional>

namespace rt {

struct JsArrayData : QSharedData
{
    QList<JsValue> items;
};

namespace {

constexpr qsizetype indexFrom = 16;

/// ECMA-262 array index: canonical decimal below 2^32 - 1.
std::optional<quint32> arrayIndex(QStringView key)
{
    if (key.isEmpty() || key.size() > 10 || (key.size() > 1 && key.front() == u'0'))
        return std::nullopt;
    quint64 number = 0;
    for (const QChar c : key) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
        number = number * 10 + static_cast<quint64>(c.unicode() - u'0');
    }
    return number < 0xffffffffu ? std::optional(static_cast<quint32>(number)) : std::nullopt;
}

/// ECMA-262 EscapeRegExpPattern: slashes outside a class and line ends would end the literal.
QString regExpText(const JsRegExp &expression)
{
    QString pattern;
    bool inClass = false;
    for (qsizetype i = 0; i < expression.source.size(); ++i) {
        const QChar c = expression.source.at(i);
        if (c == u'\\') {
            pattern += expression.source.mid(i++, 2);
            continue;
        }
        inClass = c == u'[' || (inClass && c != u']');
        if (c == u'/' && !inClass)
            pattern += u'\\';
        pattern += c;
    }
    pattern.replace(u'\n', QLatin1String("\\n"));
    pattern.replace(u'\r', QLatin1String("\\r"));
    pattern.replace(QChar(0x2028), QLatin1String("\\u2028"));
    pattern.replace(QChar(0x2029), QLatin1String("\\u2029"));
    if (pattern.isEmpty())
        pattern = QStringLiteral("(?:)");
    return u'/' + pattern + u'/' + expression.flags;
}

} // namespace

struct JsObjectData : QSharedData
{
    QList<std::pair<QString, JsValue>> members;
    QHash<QString, qsizetype> positions; // only kept for big objects
    qsizetype indexKeys = 0;

    qsizetype find(QStringView key) const
    {
        if (!positions.isEmpty())
            return positions.value(key.toString(), -1);
        for (qsizetype i = 0; i < members.size(); ++i) {
            if (members.at(i).first == key)
                return i;
        }
        return -1;
    }

    void insert(const QString &key, JsValue value)
    {
        if (const qsizetype found = find(key); found >= 0) {
            members[found].second = std::move(value);
            return;
        }
        const auto index = arrayIndex(key);
        qsizetype at = members.size();
        if (index) {
            at = indexKeys++;
            while (at > 0 && *arrayIndex(members.at(at - 1).first) > *index)
                --at;
        }
        const bool last = at == members.size();
        members.insert(at, {key, std::move(value)});
        if (!positions.isEmpty() && last)
            positions.insert(key, at);
        else
            reindex();
    }

    void reindex()
    {
        positions.clear();
        if (members.size() < indexFrom)
            return;
        for (qsizetype i = 0; i < members.size(); ++i)
            positions.insert(members.at(i).first, i);
    }

    void removeAt(qsizetype at)
    {
        if (at < indexKeys)
            --indexKeys;
        members.removeAt(at);
        reindex();
    }
};

JsValue::JsValue() = default;
JsValue::JsValue(const JsValue &) = default;
JsValue::JsValue(JsValue &&) noexcept = default;
JsValue &JsValue::operator=(const JsValue &) = default;
JsValue &JsValue::operator=(JsValue &&) noexcept = default;
JsValue::~JsValue() = default;

JsValue::JsValue(std::nullptr_t) : m_value(nullptr) { }
JsValue::JsValue(bool value) : m_value(value) { }
JsValue::JsValue(int value) : m_value(static_cast<double>(value)) { }
JsValue::JsValue(qint64 value) : m_value(static_cast<double>(value)) { }
JsValue::JsValue(double value) : m_value(value) { }
JsValue::JsValue(QString value) : m_value(std::move(value)) { }
JsValue::JsValue(QLatin1StringView value) : m_value(QString(value)) { }
JsValue::JsValue(JsRegExp value) : m_value(std::move(value)) { }
JsValue::JsValue(JsDate value) : m_value(value) { }

JsValue JsValue::array(QList<JsValue> items)
{
    JsValue result;
    auto *data = new JsArrayData;
    data->items = std::move(items);
    result.m_value = QSharedDataPointer<JsArrayData>(data);
    return result;
}

JsValue JsValue::stringArray(const QStringList &items)
{
    QList<JsValue> values;
    values.reserve(items.size());
    for (const QString &item : items)
        values.append(JsValue(item));
    return array(std::move(values));
}

JsValue JsValue::object()
{
    JsValue result;
    result.m_value = QSharedDataPointer<JsObjectData>(new JsObjectData);
    return result;
}

JsValue JsValue::buffer(QByteArray bytes)
{
    JsValue result;
    result.m_value = std::move(bytes);
    return result;
}

JsValue JsValue::latin1(QByteArrayView bytes)
{
    return JsValue(QString::fromLatin1(bytes));
}

JsValue::Type JsValue::type() const
{
    return static_cast<Type>(m_value.index());
}

bool JsValue::isTruthy() const
{
    switch (type()) {
    case Type::Undefined:
    case Type::Null:
        return false;
    case Type::Boolean:
        return toBool();
    case Type::Number:
        return toNumber() != 0 && !std::isnan(toNumber());
    case Type::String:
        return !std::get<QString>(m_value).isEmpty();
    case Type::Array:
    case Type::Object:
    case Type::Buffer:
    case Type::RegExp:
    case Type::Date:
        return true;
    }
    Q_UNREACHABLE();
}

bool JsValue::toBool(bool otherwise) const
{
    const bool *value = std::get_if<bool>(&m_value);
    return value ? *value : otherwise;
}

double JsValue::toNumber(double otherwise) const
{
    const double *value = std::get_if<double>(&m_value);
    return value ? *value : otherwise;
}

QString JsValue::toString(const QString &otherwise) const
{
    const QString *value = std::get_if<QString>(&m_value);
    return value ? *value : otherwise;
}

QByteArray JsValue::toBuffer() const
{
    const QByteArray *value = std::get_if<QByteArray>(&m_value);
    return value ? *value : QByteArray();
}

JsRegExp JsValue::toRegExp() const
{
    const JsRegExp *value = std::get_if<JsRegExp>(&m_value);
    return value ? *value : JsRegExp();
}

JsDate JsValue::toDate() const
{
    const JsDate *value = std::get_if<JsDate>(&m_value);
    return value ? *value : JsDate();
}

QString JsValue::asText() const
{
    switch (type()) {
    case Type::Undefined:
        return QStringLiteral("undefined");
    case Type::Null:
        return QStringLiteral("null");
    case Type::Boolean:
        return toBool() ? QStringLiteral("true") : QStringLiteral("false");
    case Type::Number:
        return numberText(toNumber());
    case Type::String:
        return toString();
    case Type::Array: {
        QStringList parts;
        for (const JsValue &item : items())
            parts.append(item.isNullish() ? QString() : item.asText());
        return parts.join(u',');
    }
    case Type::Object:
        return QStringLiteral("[object Object]");
    case Type::Buffer:
        return QString::fromUtf8(toBuffer());
    case Type::RegExp:
        return regExpText(toRegExp());
    case Type::Date:
        return numberText(toDate().milliseconds);
    }
    Q_UNREACHABLE();
}

const QList<JsValue> &JsValue::items() const &
{
    static const QList<JsValue> none;
    const auto *data = std::get_if<QSharedDataPointer<JsArrayData>>(&m_value);
    return data ? (*data)->items : none;
}

qsizetype JsValue::size() const
{
    return isArray() ? items().size() : members().size();
}

void JsValue::append(JsValue value)
{
    if (!isArray())
        *this = array();
    std::get<QSharedDataPointer<JsArrayData>>(m_value)->items.append(std::move(value));
}

void JsValue::setAt(qsizetype index, JsValue value)
{
    auto &data = std::get<QSharedDataPointer<JsArrayData>>(m_value);
    while (data->items.size() <= index)
        data->items.append(JsValue());
    data->items[index] = std::move(value);
}

const QList<std::pair<QString, JsValue>> &JsValue::members() const &
{
    static const QList<std::pair<QString, JsValue>> none;
    const auto *data = std::get_if<QSharedDataPointer<JsObjectData>>(&m_value);
    return data ? (*data)->members : none;
}

QStringList JsValue::keys() const
{
    QStringList names;
    for (const auto &[name, value] : members())
        names.append(name);
    return names;
}

bool JsValue::contains(QStringView key) const
{
    const auto *data = std::get_if<QSharedDataPointer<JsObjectData>>(&m_value);
    return data && (*data)->find(key) >= 0;
}

JsValue JsValue::operator[](QStringView key) const
{
    const auto *data = std::get_if<QSharedDataPointer<JsObjectData>>(&m_value);
    const qsizetype found = data ? (*data)->find(key) : -1;
    return found >= 0 ? (*data)->members.at(found).second : JsValue();
}

JsValue JsValue::operator[](QLatin1StringView key) const
{
    return (*this)[QString(key)];
}

void JsValue::insert(const QString &key, JsValue value)
{
    if (isUndefined())
        *this = object();
    Q_ASSERT(isObject());
    std::get<QSharedDataPointer<JsObjectData>>(m_value)->insert(key, std::move(value));
}

bool JsValue::remove(QStringView key)
{
    auto *data = std::get_if<QSharedDataPointer<JsObjectData>>(&m_value);
    const qsizetype found = data ? std::as_const(*data)->find(key) : -1;
    if (found < 0)
        return false;
    (*data)->removeAt(found);
    return true;
}

JsValue JsValue::at(QStringView pointer) const
{
    if (pointer.isEmpty() || pointer == u"/")
        return *this;
    JsValue value = *this;
    for (const QStringView raw : pointer.mid(1).split(u'/')) {
        QString key = raw.toString();
        key.replace(QLatin1String("~1"), QLatin1String("/"));
        key.replace(QLatin1String("~0"), QLatin1String("~"));
        if (value.isArray()) {
            const auto index = arrayIndex(key);
            if (!index || *index >= value.items().size())
                return {};
            value = JsValue(value.items().at(*index));
        } else {
            value = value[key];
        }
    }
    return value;
}

bool operator==(const JsValue &a, const JsValue &b)
{
    if (a.type() != b.type())
        return false;
    if (a.isArray())
        return a.items() == b.items();
    if (a.isObject())
        return a.members() == b.members();
    return a.m_value == b.m_value;
}

} // namespace rt
