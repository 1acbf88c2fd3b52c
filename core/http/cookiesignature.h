// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace rt {

/// npm cookie-signature 1.0: value + "." + HMAC-SHA-256 in base64 without padding.
QString signCookieValue(const QString &value, const QString &secret);
/// The value without its signature, or nothing when the signature is another one.
std::optional<QString> unsignCookieValue(const QString &text, const QString &secret);

} // namespace rt
