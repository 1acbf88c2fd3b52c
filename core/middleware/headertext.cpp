// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/headertext.h"

namespace rt {

QByteArray headerBytes(const QString &text)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    for (const QChar c : text)
        bytes.append(c.unicode() <= 0xff ? static_cast<char>(c.unicode()) : '\x7f');
    return bytes;
}

} // namespace rt
