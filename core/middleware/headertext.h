// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace rt {

/// The bytes of an option's text as a header value. A character beyond Latin-1 becomes one that no
/// header may hold, so that setting it fails as it does in Node (ERR_INVALID_CHAR).
QByteArray headerBytes(const QString &text);

} // namespace rt
