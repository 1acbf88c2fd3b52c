// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/jsnumber.h"

#include <algorithm>
#include <limits>

namespace rt {

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

double withRadix(QStringView digits, int radix)
{
    double number = 0;
    for (const QChar c : digits) {
        bool valid = false;
        const int digit = QString(c).toInt(&valid, radix);
        if (!valid)
            return notANumber;
        number = number * radix + digit;
    }
    return digits.isEmpty() ? notANumber : number;
}

bool isDecimalText(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'0' && c <= u'9') || QStringView(u"+-.eE").contains(c);
    });
}

} // namespace

bool isJsBlank(QChar character)
{
    const char16_t c = character.unicode();
    return (c >= 0x09 && c <= 0x0d) || c == 0xfeff || c == 0x2028 || c == 0x2029
        || character.category() == QChar::Separator_Space;
}

double jsNumber(QStringView text)
{
    while (!text.isEmpty() && isJsBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isJsBlank(text.back()))
        text.chop(1);
    if (text.isEmpty())
        return 0;
    if (text.size() > 1 && text[0] == u'0') {
        switch (text[1].toLower().unicode()) {
        case u'x':
            return withRadix(text.sliced(2), 16);
        case u'o':
            return withRadix(text.sliced(2), 8);
        case u'b':
            return withRadix(text.sliced(2), 2);
        }
    }
    const bool negative = text.front() == u'-';
    const QStringView magnitude = negative || text.front() == u'+' ? text.sliced(1) : text;
    if (magnitude == u"Infinity")
        return negative ? -std::numeric_limits<double>::infinity()
                        : std::numeric_limits<double>::infinity();
    bool valid = false;
    const double number = isDecimalText(text) ? text.toDouble(&valid) : 0;
    return valid ? number : notANumber;
}

double jsNumber(const JsValue &value)
{
    switch (value.type()) {
    case JsValue::Type::Null:
        return 0;
    case JsValue::Type::Boolean:
        return value.toBool() ? 1 : 0;
    case JsValue::Type::Number:
        return value.toNumber();
    case JsValue::Type::String:
    case JsValue::Type::Array:
        return jsNumber(QStringView(value.asText()));
    default:
        return notANumber;
    }
}

} // namespace rt
