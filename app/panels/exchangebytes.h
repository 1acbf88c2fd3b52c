// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/headerlist.h"

#include <QString>

namespace rt {

/// Bytes as people can read them: CR and LF visible (␍␊ and a new line), other control bytes as
/// \xNN, UTF-8 where it is valid. Longer input than `limit` ends with a note of what is left out.
QString visibleBytes(QByteArrayView bytes, qsizetype limit = 64 * 1024);
/// Offset, sixteen bytes and their characters a line.
QString hexDump(QByteArrayView bytes, qsizetype limit = 16 * 1024);

/// A body for reading.
struct ReadableBody
{
    enum class Kind { Empty, Json, Text, Binary };
    Kind kind = Kind::Empty;
    /// Content coding removed when that was possible.
    QByteArray bytes;
    /// "gzip", when it has been removed.
    QByteArray coding;
    /// Not empty: why the coding could not be removed.
    QString problem;
};

ReadableBody readableBody(const HeaderList &headers, const QByteArray &body);
/// JSON indented; anything else as it is.
QString prettyText(const ReadableBody &body);

} // namespace rt
