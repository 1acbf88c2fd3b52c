// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace rt {

/// iconv-lite 0.4's codec for a charset name ("ISO_8859-1:1987" -> "iso88591"); empty when it
/// knows none.
QByteArray charsetCodec(const QByteArray &charset);

/// What a codec of one byte per character makes of bytes; nothing for codecs of another kind.
/// Bytes without a character become U+FFFD.
std::optional<QString> decodeSingleBytes(QByteArrayView bytes, const QByteArray &codec);

} // namespace rt
