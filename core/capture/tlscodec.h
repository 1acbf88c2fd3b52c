// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/tlshandshake.h"
#include "capture/bytestream.h"

#include <memory>

namespace rt {

/// `other`: the handshake as the other end saw it, written before; its chain is not written again.
void writeHandshake(ByteWriter &out, const TlsHandshake *handshake,
                    const TlsHandshake *other = nullptr);
/// Null when none was written.
std::shared_ptr<const TlsHandshake> readHandshake(ByteReader &in,
                                                  const TlsHandshake *other = nullptr);

} // namespace rt
