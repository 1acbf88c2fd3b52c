// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/headerorder.h"

#include <QtEndian>

#include <utility>
#include <vector>

namespace rt {

namespace {

constexpr quint64 seed = 0xbdd89aa982704029;
constexpr quint64 secrets[] = {0x2d358dccaa6c78a5, 0x8bb84b93962eacc9, 0x4b33a62ed433d4a3};

/// Both halves of the product: low, high.
std::pair<quint64, quint64> multiply(quint64 a, quint64 b)
{
    const quint64 aLow = a & 0xffffffff;
    const quint64 aHigh = a >> 32;
    const quint64 bLow = b & 0xffffffff;
    const quint64 bHigh = b >> 32;
    const quint64 middle = aHigh * bLow + (aLow * bLow >> 32);
    const quint64 cross = aLow * bHigh + (middle & 0xffffffff);
    return {a * b, aHigh * bHigh + (middle >> 32) + (cross >> 32)};
}

quint64 mix(quint64 a, quint64 b)
{
    const auto [low, high] = multiply(a, b);
    return low ^ high;
}

quint64 read64(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint64>(bytes.data() + at);
}

quint64 read32(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint32>(bytes.data() + at);
}

quint64 byteAt(QByteArrayView bytes, qsizetype at)
{
    return static_cast<uchar>(bytes.at(at));
}

/// The last words of up to 16 bytes.
std::pair<quint64, quint64> shortWords(QByteArrayView bytes)
{
    const qsizetype size = bytes.size();
    if (size == 0)
        return {0, 0};
    // blink reads a single character of two bytes as what it is.
    if (size == 2)
        return {qFromLittleEndian<quint16>(bytes.data()), 0};
    if (size < 4)
        return {byteAt(bytes, 0) << 56 | byteAt(bytes, size >> 1) << 32 | byteAt(bytes, size - 1),
                0};
    const qsizetype last = size - 4;
    const qsizetype delta = (size & 24) >> (size >> 3);
    return {read32(bytes, 0) << 32 | read32(bytes, last),
            read32(bytes, delta) << 32 | read32(bytes, last - delta)};
}

/// Takes in all but the last 16 bytes of a longer text.
quint64 takeIn(QByteArrayView bytes, quint64 state)
{
    quint64 second = state;
    quint64 third = state;
    qsizetype at = 0;
    if (bytes.size() > 48) {
        for (; bytes.size() - at >= 48; at += 48) {
            state = mix(read64(bytes, at) ^ secrets[0], read64(bytes, at + 8) ^ state);
            second = mix(read64(bytes, at + 16) ^ secrets[1], read64(bytes, at + 24) ^ second);
            third = mix(read64(bytes, at + 32) ^ secrets[2], read64(bytes, at + 40) ^ third);
        }
        state ^= second ^ third;
    }
    const qsizetype left = bytes.size() - at;
    if (left > 16)
        state = mix(read64(bytes, at) ^ secrets[2], read64(bytes, at + 8) ^ state ^ secrets[1]);
    if (left > 32)
        state = mix(read64(bytes, at + 16) ^ secrets[2], read64(bytes, at + 24) ^ state);
    return state;
}

/// Names are hashed as UTF-16 in lower case.
quint64 hashOf(const QByteArray &name)
{
    QByteArray wide;
    for (const char c : name.toLower())
        wide.append(c).append('\0');
    return rapidHash(wide);
}

class Table
{
public:
    void insert(const QByteArray &name)
    {
        place(name);
        // The table is at most half full.
        if (++m_count * 2 < m_slots.size())
            return;
        const std::vector<QByteArray> old
            = std::exchange(m_slots, std::vector<QByteArray>(m_slots.size() * 2));
        for (const QByteArray &known : old) {
            if (!known.isEmpty())
                place(known);
        }
    }

    QByteArrayList names() const
    {
        QByteArrayList list(m_slots.begin(), m_slots.end());
        list.removeAll(QByteArray());
        return list;
    }

private:
    void place(const QByteArray &name)
    {
        size_t slot = hashOf(name) & (m_slots.size() - 1);
        for (size_t step = 1; !m_slots[slot].isEmpty(); ++step)
            slot = (slot + step) & (m_slots.size() - 1);
        m_slots[slot] = name;
    }

    std::vector<QByteArray> m_slots = std::vector<QByteArray>(8);
    size_t m_count = 0;
};

} // namespace

quint64 rapidHash(QByteArrayView bytes)
{
    const auto size = static_cast<quint64>(bytes.size());
    quint64 state = seed ^ mix(seed ^ secrets[0], secrets[1]) ^ size;
    auto [a, b] = bytes.size() <= 16
        ? shortWords(bytes)
        : std::pair {read64(bytes, bytes.size() - 16), read64(bytes, bytes.size() - 8)};
    if (bytes.size() > 16)
        state = takeIn(bytes, state);
    const auto [low, high] = multiply(a ^ secrets[1], b ^ state);
    return mix(low ^ secrets[0] ^ size, high ^ secrets[1]);
}

QByteArrayList headerTableOrder(const QByteArrayList &inserted)
{
    Table table;
    for (const QByteArray &name : inserted)
        table.insert(name);
    return table.names();
}

} // namespace rt
