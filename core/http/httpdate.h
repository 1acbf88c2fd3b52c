// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <optional>

namespace rt {

/// IMF-fixdate of RFC 9110 §5.6.7, as Date.toUTCString() writes it.
QByteArray formatHttpDate(qint64 milliseconds);
/// Date.parse() of a header value: milliseconds since the epoch, or nothing. Reads the three forms
/// of RFC 9110 §5.6.7 and the further ones V8 reads.
std::optional<double> parseHttpDate(QByteArrayView text);

} // namespace rt
