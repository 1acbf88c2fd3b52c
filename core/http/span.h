// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace rt {

/// A run of bytes that may be spread over several feeds: points into the current one and copies
/// only what must outlive it.
class Span
{
public:
    void begin(const char *at) { m_start = at; }
    bool isOpen() const { return m_start != nullptr; }
    /// The feed ends inside the span; returns how many bytes it had in this feed.
    qsizetype suspend(const char *end)
    {
        const qsizetype count = end - m_start;
        m_carry.append(m_start, count);
        return count;
    }
    void resume(const char *start) { m_start = start; }
    /// Bytes of the current feed up to `end`.
    qsizetype here(const char *end) const { return end - m_start; }
    /// The whole text, valid until the next call of begin(); does not copy when one feed had it
    /// all.
    QByteArrayView close(const char *end)
    {
        if (m_carry.isEmpty()) {
            const QByteArrayView text(m_start, end);
            m_start = nullptr;
            return text;
        }
        m_carry.append(m_start, end - m_start);
        m_start = nullptr;
        m_text.swap(m_carry);
        m_carry.clear();
        return m_text;
    }

private:
    const char *m_start = nullptr;
    QByteArray m_carry;
    QByteArray m_text;
};

} // namespace rt
