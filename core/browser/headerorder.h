// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayList>

namespace rt {

/// The order in which Chromium 156 writes the header fields that a page's request holds: that of
/// blink's hash table (HTTPHeaderMap), whose hash is rapidhash of the lower-cased name. `inserted`
/// are the names in order of insertion, each once in any case.
QByteArrayList headerTableOrder(const QByteArrayList &inserted);

/// rapidhash of `bytes` with its default seed and secrets (https://github.com/Nicoshev/rapidhash),
/// as blink reads UTF-16.
quint64 rapidHash(QByteArrayView bytes);

} // namespace rt
