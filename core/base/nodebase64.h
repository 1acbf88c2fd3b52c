// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace rt {

/// Buffer.from(text, 'base64') of Node 20: both alphabets, other characters skipped, everything
/// from the first '=' on ignored.
QByteArray decodeNodeBase64(QByteArrayView text);

} // namespace rt
