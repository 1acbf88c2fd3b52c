// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QList>
#include <QSharedDataPointer>
#include <QString>
#include <QStringList>

#include <functional>
#include <utility>
#include <variant>

namespace rt {

class JsValue;
struct JsArrayData;
struct JsObjectData;

/// A regular expression literal of JavaScript; matching lives where it is used.
struct JsRegExp
{
    QString source;
    QString flags;
    friend bool operator==(const JsRegExp &, const JsRegExp &) = default;
};

/// Milliseconds since the epoch, as a JavaScript Date.
struct JsDate
{
    double milliseconds = 0;
    friend bool operator==(const JsDate &, const JsDate &) = default;
};

/// A value as JavaScript has it: what a query string or a body parses to, what an option is set to,
/// what a lesson's check looks at. QJsonValue will not do: it sorts keys and knows no undefined.
/// Implicitly shared; copying is cheap.
class JsValue
{
public:
    enum class Type {
        Undefined,
        Null,
        Boolean,
        Number,
        String,
        Array,
        Object,
        Buffer,
        RegExp,
        Date
    };

    JsValue();
    JsValue(std::nullptr_t);
    JsValue(bool value);
    JsValue(int value);
    JsValue(qint64 value);
    JsValue(double value);
    JsValue(QString value);
    JsValue(QLatin1StringView value);
    JsValue(const char *) = delete;
    JsValue(JsRegExp value);
    JsValue(JsDate value);
    static JsValue array(QList<JsValue> items = {});
    static JsValue stringArray(const QStringList &items);
    static JsValue object();
    static JsValue buffer(QByteArray bytes);
    /// Text from the wire: each byte becomes the code point of the same number (Latin-1).
    static JsValue latin1(QByteArrayView bytes);
    JsValue(const JsValue &);
    JsValue(JsValue &&) noexcept;
    JsValue &operator=(const JsValue &);
    JsValue &operator=(JsValue &&) noexcept;
    ~JsValue();

    Type type() const;
    bool isUndefined() const { return type() == Type::Undefined; }
    bool isNull() const { return type() == Type::Null; }
    bool isNullish() const { return isUndefined() || isNull(); }
    bool isBoolean() const { return type() == Type::Boolean; }
    bool isNumber() const { return type() == Type::Number; }
    bool isString() const { return type() == Type::String; }
    bool isArray() const { return type() == Type::Array; }
    bool isObject() const { return type() == Type::Object; }
    bool isBuffer() const { return type() == Type::Buffer; }
    bool isRegExp() const { return type() == Type::RegExp; }
    bool isDate() const { return type() == Type::Date; }
    /// JavaScript's ToBoolean.
    bool isTruthy() const;

    bool toBool(bool otherwise = false) const;
    double toNumber(double otherwise = 0) const;
    QString toString(const QString &otherwise = {}) const;
    QByteArray toBuffer() const;
    JsRegExp toRegExp() const;
    JsDate toDate() const;
    /// JavaScript's String(value) for scalars and lists; objects give "[object Object]".
    QString asText() const;

    /// Array items; empty for any other type.
    const QList<JsValue> &items() const &;
    /// A copy for a temporary, so that `for (… : f().items())` does not look at something gone.
    QList<JsValue> items() const && { return static_cast<const JsValue &>(*this).items(); }
    qsizetype size() const;
    void append(JsValue value);
    void setAt(qsizetype index, JsValue value);

    /// Object members in JavaScript's order: integer-like keys ascending, then insertion order.
    const QList<std::pair<QString, JsValue>> &members() const &;
    QList<std::pair<QString, JsValue>> members() const &&
    {
        return static_cast<const JsValue &>(*this).members();
    }
    QStringList keys() const;
    bool contains(QStringView key) const;
    /// The member, or undefined when absent or when this is no object.
    JsValue operator[](QStringView key) const;
    JsValue operator[](QLatin1StringView key) const;
    /// Makes this an object if it is undefined.
    void insert(const QString &key, JsValue value);
    bool remove(QStringView key);

    /// RFC 6901 pointer such as "/a/0"; "" and "/" are the value itself; undefined when absent.
    JsValue at(QStringView pointer) const;

    friend bool operator==(const JsValue &a, const JsValue &b);

private:
    using Storage = std::variant<std::monostate, std::nullptr_t, bool, double, QString,
                                 QSharedDataPointer<JsArrayData>, QSharedDataPointer<JsObjectData>,
                                 QByteArray, JsRegExp, JsDate>;
    Storage m_value;
};

/// Where and why a JSON text is refused. `line` and `column` count from 1.
struct JsonError
{
    int line = 1;
    int column = 1;
    QString message;
};

/// Called for every member and item while parsing: its RFC 6901 pointer and the line it starts on.
using JsonPositions = std::function<void(const QString &pointer, int line)>;

/// JSON.parse (ECMA-404; a lone surrogate escape is kept). Nesting deeper than 5000 is refused.
std::variant<JsValue, JsonError> parseJson(QByteArrayView utf8,
                                           const JsonPositions &positions = {});
std::variant<JsValue, JsonError> parseJson(QStringView text, const JsonPositions &positions = {});

/// JSON.stringify(value, null, indent). Undefined members are left out; undefined itself gives "".
QString stringifyJson(const JsValue &value, const QString &indent = {});
/// The same in UTF-8 (lone surrogates stay escaped, as JSON.stringify writes them).
QByteArray toJson(const JsValue &value, const QString &indent = {});
/// A number as JavaScript prints it: 1e21, 1e-7, 0 for -0, NaN.
QString numberText(double value);
/// A string as a JSON literal, quotes included.
QString quoteJson(QStringView text);

} // namespace rt
