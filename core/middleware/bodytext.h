// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace rt {

/// True for charsets that can be decoded, named as npm iconv-lite reads names (only letters and
/// digits count).
bool isKnownCharset(const QByteArray &charset);
/// Text of a body as iconv-lite decodes it: a byte order mark is dropped, what cannot be decoded
/// becomes U+FFFD.
QString decodeBody(const QByteArray &bytes, const QByteArray &charset);
/// UTF-8 as browsers and Node decode it: one U+FFFD for each maximal ill-formed part.
QString decodeUtf8(QByteArrayView bytes);

} // namespace rt
