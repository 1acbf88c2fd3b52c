// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace rt {

/// npm compressible 2.0 with mime-db 1.54: whether bodies of this Content-Type get smaller.
bool isCompressible(QByteArrayView contentType);

} // namespace rt
