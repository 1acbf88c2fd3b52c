// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <bit>

namespace rt {

/// Appends values in the compact form of the capture file: integers as LEB128, text with its length
/// in front.
class ByteWriter
{
public:
    void number(quint64 value)
    {
        while (value >= 0x80) {
            m_bytes.append(static_cast<char>(value | 0x80));
            value >>= 7;
        }
        m_bytes.append(static_cast<char>(value));
    }
    /// Zigzag: small negative numbers stay small.
    void integer(qint64 value)
    {
        number((static_cast<quint64>(value) << 1) ^ static_cast<quint64>(value >> 63));
    }
    void real(double value)
    {
        auto bits = std::bit_cast<quint64>(value);
        for (int i = 0; i < 8; ++i, bits >>= 8)
            m_bytes.append(static_cast<char>(bits));
    }
    void flag(bool value) { m_bytes.append(value ? '\1' : '\0'); }
    void bytes(QByteArrayView value)
    {
        number(static_cast<quint64>(value.size()));
        m_bytes.append(value);
    }
    void text(const QString &value) { bytes(value.toUtf8()); }
    void reserve(qsizetype size) { m_bytes.reserve(size); }
    QByteArray take() { return std::move(m_bytes); }

private:
    QByteArray m_bytes;
};

/// Reads what ByteWriter wrote. Past the end or on nonsense it gives zeros and isValid() is false:
/// a damaged file is read without a crash and refused as a whole.
class ByteReader
{
public:
    explicit ByteReader(QByteArrayView bytes) : m_bytes(bytes) { }

    bool isValid() const { return m_valid; }
    bool atEnd() const { return m_at >= m_bytes.size(); }
    void invalidate() { m_valid = false; }

    quint64 number()
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<quint8>(next());
            value |= quint64(byte & 0x7f) << shift;
            if (byte < 0x80)
                return value;
        }
        m_valid = false;
        return 0;
    }
    qint64 integer()
    {
        const quint64 value = number();
        return static_cast<qint64>(value >> 1) ^ -static_cast<qint64>(value & 1);
    }
    double real()
    {
        quint64 bits = 0;
        for (int shift = 0; shift < 64; shift += 8)
            bits |= quint64(static_cast<quint8>(next())) << shift;
        return std::bit_cast<double>(bits);
    }
    bool flag() { return next() != '\0'; }
    QByteArray bytes() { return view().toByteArray(); }
    QString text() { return QString::fromUtf8(view()); }
    /// A count of things of at least one byte each, so that a damaged one cannot ask for memory.
    size_t count()
    {
        const quint64 value = number();
        if (value > static_cast<quint64>(m_bytes.size() - m_at)) {
            m_valid = false;
            return 0;
        }
        return static_cast<size_t>(value);
    }
    /// A number of an enumeration whose last value is `last`.
    template<typename Enum> Enum choice(Enum last)
    {
        const quint64 value = number();
        if (value > static_cast<quint64>(last)) {
            m_valid = false;
            return Enum {};
        }
        return static_cast<Enum>(value);
    }

private:
    char next()
    {
        if (atEnd()) {
            m_valid = false;
            return '\0';
        }
        return m_bytes.at(m_at++);
    }
    QByteArrayView view()
    {
        const auto size = static_cast<qsizetype>(count());
        const QByteArrayView found = m_bytes.sliced(m_at, size);
        m_at += size;
        return found;
    }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_valid = true;
};

} // namespace rt
