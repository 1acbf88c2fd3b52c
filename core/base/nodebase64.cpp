// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/nodebase64.h"

namespace rt {

QByteArray decodeNodeBase64(QByteArrayView text)
{
    QByteArray kept;
    kept.reserve(text.size());
    for (const char c : text) {
        if (c == '=')
            break;
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (letter || (c >= '0' && c <= '9') || c == '+' || c == '/')
            kept += c;
        else if (c == '-' || c == '_')
            kept += c == '-' ? '+' : '/';
    }
    if (kept.size() % 4 == 1) // six bits make no byte
        kept.chop(1);
    return QByteArray::fromBase64(kept);
}

} // namespace rt
