// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayView>
#include <QtGlobal>

namespace rt {

/// Follows UTF-8 (RFC 3629) across pieces: a character may be split anywhere, overlong forms,
/// surrogates and what is above U+10FFFF are wrong.
class Utf8Validator
{
public:
    /// False as soon as no continuation could make the text valid; then it stays false.
    bool feed(QByteArrayView bytes);
    /// The text may end here.
    bool isComplete() const { return m_needed == 0 && !m_failed; }
    void reset() { *this = {}; }

private:
    bool start(quint8 byte);

    int m_needed = 0;
    /// What the next continuation byte may be; narrower only behind some lead bytes.
    quint8 m_low = 0x80;
    quint8 m_high = 0xbf;
    bool m_failed = false;
};

/// The whole text is UTF-8.
bool isUtf8(QByteArrayView bytes);

} // namespace rt
