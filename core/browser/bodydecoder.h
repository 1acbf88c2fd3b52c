// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/headerlist.h"

#include <QString>

namespace rt {

/// What came of Content-Encoding.
enum class DecodeReason { Identity, Decoded, Corrupt, Truncated, TooLarge, UnknownCoding };

struct DecodedBody
{
    DecodeReason reason = DecodeReason::Identity;
    QByteArray body;
    /// The coding it is about.
    QByteArray coding;
    QByteArray detail;
};

/// Undoes the codings of Content-Encoding, last one first (RFC 9110 §8.4). Browsers hand on content
/// of a coding they do not know as it is.
DecodedBody decodeContent(const HeaderList &headers, const QByteArray &coded);
/// "body.DecodeError"
QByteArray decodeReasonId(DecodeReason reason);
QString decodeSentence(const DecodedBody &decoded);

} // namespace rt
