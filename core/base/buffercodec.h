// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace rt {

/// Buffer.from(text, 'base64') of Node 20, which takes both alphabets, skips what belongs to
/// neither, and stops at '='.
QByteArray base64Bytes(QStringView text);
/// RFC 4648 §5 without padding.
QByteArray base64UrlText(QByteArrayView bytes);
/// Buffer.from(text, 'utf8'): a lone surrogate becomes U+FFFD.
QByteArray utf8Bytes(const QString &text);
/// Buffer.from(text, 'latin1'): the low eight bits of each UTF-16 unit.
QByteArray latin1Bytes(QStringView text);
/// Buffer.from(text, encoding) of Node 20; nothing for an encoding Node does not know. The name
/// ignores case: utf8, ucs2, utf16le, latin1, binary, ascii, hex, base64, base64url.
std::optional<QByteArray> bufferBytes(const QString &text, const QString &encoding);

} // namespace rt
