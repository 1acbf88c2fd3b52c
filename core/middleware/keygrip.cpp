// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/keygrip.h"

#include "base/hmac.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// How Node's ERR_INVALID_ARG_TYPE names a value.
QString received(const JsValue &value)
{
    switch (value.type()) {
    case JsValue::Type::Undefined:
        return u"undefined"_s;
    case JsValue::Type::Null:
        return u"null"_s;
    case JsValue::Type::Boolean:
        return u"type boolean (%1)"_s.arg(value.asText());
    case JsValue::Type::Number:
        return u"type number (%1)"_s.arg(value.asText());
    case JsValue::Type::String:
        return u"type string ('%1')"_s.arg(value.toString());
    case JsValue::Type::Array:
        return u"an instance of Array"_s;
    case JsValue::Type::Object:
        return u"an instance of Object"_s;
    case JsValue::Type::Buffer:
        return u"an instance of Buffer"_s;
    case JsValue::Type::RegExp:
        return u"an instance of RegExp"_s;
    case JsValue::Type::Date:
        return u"an instance of Date"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

OrThrown<QString> Keygrip::signWith(const QString &data, const JsValue &key)
{
    if (!key.isString())
        return typeError(u"The \"key\" argument must be of type string or an instance of "
                         "ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey. "
                         "Received "_s
                         + received(key));
    const QByteArray mac = hmac(HashAlgorithm::Sha1, key.toString().toUtf8(), data.toUtf8());
    return QString::fromLatin1(
        mac.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

OrThrown<QString> Keygrip::sign(const QString &data) const
{
    return signWith(data, m_keys.isEmpty() ? JsValue() : m_keys.first());
}

OrThrown<int> Keygrip::index(const QString &data, const QString &digest) const
{
    for (qsizetype i = 0; i < m_keys.size(); ++i) {
        const auto expected = signWith(data, m_keys.at(i));
        if (!expected)
            return tl::unexpected(expected.error());
        if (equalInConstantTime(expected->toUtf8(), digest.toUtf8()))
            return static_cast<int>(i);
    }
    return -1;
}

} // namespace rt
