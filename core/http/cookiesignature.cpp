// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/cookiesignature.h"

#include "base/hmac.h"

namespace rt {

QString signCookieValue(const QString &value, const QString &secret)
{
    const QByteArray mac = hmac(HashAlgorithm::Sha256, secret.toUtf8(), value.toUtf8());
    return value + u'.'
        + QString::fromLatin1(
               mac.toBase64(QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals));
}

std::optional<QString> unsignCookieValue(const QString &text, const QString &secret)
{
    // slice(0, lastIndexOf('.')): without a dot the last character goes
    const QString value = text.first(std::max<qsizetype>(
        0, text.lastIndexOf(u'.') < 0 ? text.size() - 1 : text.lastIndexOf(u'.')));
    const bool same = equalInConstantTime(signCookieValue(value, secret).toUtf8(), text.toUtf8());
    return same ? std::optional(value) : std::nullopt;
}

} // namespace rt
