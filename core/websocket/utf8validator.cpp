// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "websocket/utf8validator.h"

namespace rt {

/// The Unicode Standard, table 3-7: well-formed byte sequences.
bool Utf8Validator::start(quint8 byte)
{
    m_low = 0x80;
    m_high = 0xbf;
    if (byte < 0x80)
        return true;
    if (byte >= 0xc2 && byte <= 0xdf) {
        m_needed = 1;
    } else if (byte >= 0xe0 && byte <= 0xef) {
        m_needed = 2;
        if (byte == 0xe0)
            m_low = 0xa0;
        else if (byte == 0xed)
            m_high = 0x9f;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
        m_needed = 3;
        if (byte == 0xf0)
            m_low = 0x90;
        else if (byte == 0xf4)
            m_high = 0x8f;
    } else {
        return false;
    }
    return true;
}

bool Utf8Validator::feed(QByteArrayView bytes)
{
    if (m_failed)
        return false;
    for (const char c : bytes) {
        const auto byte = static_cast<quint8>(c);
        if (m_needed == 0) {
            m_failed = !start(byte);
        } else {
            m_failed = byte < m_low || byte > m_high;
            --m_needed;
            m_low = 0x80;
            m_high = 0xbf;
        }
        if (m_failed)
            return false;
    }
    return true;
}

bool isUtf8(QByteArrayView bytes)
{
    Utf8Validator validator;
    return validator.feed(bytes) && validator.isComplete();
}

} // namespace rt
