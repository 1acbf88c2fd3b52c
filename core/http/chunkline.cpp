// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/chunkline.h"

#include "http/chartable.h"

namespace rt {

namespace {

constexpr int maximumExtensionBytes = 16384;

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

void ChunkLine::begin()
{
    m_state = State::FirstDigit;
    m_size = 0;
    m_extensionBytes = 0;
}

ChunkLine::Progress ChunkLine::read(const char *&p, const char *end)
{
    while (p != end) {
        if (const auto progress = step(*p)) {
            if (*progress == Progress::Complete)
                ++p;
            return *progress;
        }
        ++p;
    }
    return Progress::NeedMore;
}

std::optional<ChunkLine::Progress> ChunkLine::fail(RequestFault fault)
{
    m_fault = fault;
    return Progress::Fault;
}

std::optional<ChunkLine::Progress> ChunkLine::step(char c)
{
    switch (m_state) {
    case State::FirstDigit:
    case State::Size:
        return digit(c);
    case State::ExtensionStart:
    case State::Name:
    case State::Value:
        return extension(c);
    case State::Quoted:
    case State::QuotedPair:
    case State::QuotedEnd:
        return quoted(c);
    case State::Lf:
        if (c != '\n')
            return fail(RequestFault::MissingLineFeed);
        return Progress::Complete;
    }
    Q_UNREACHABLE();
}

std::optional<ChunkLine::Progress> ChunkLine::digit(char c)
{
    if (const int value = hexValue(c); value >= 0) {
        if (m_size >> 60)
            return fail(RequestFault::ChunkSizeOverflow);
        m_size = (m_size << 4) | static_cast<quint64>(value);
        m_state = State::Size;
        return std::nullopt;
    }
    const bool ends = c == '\r' || c == '\n' || c == ';';
    return m_state == State::Size && ends ? afterPart(c) : fail(RequestFault::InvalidChunkSize);
}

/// What may follow a size, a name, a value or a quoted value.
std::optional<ChunkLine::Progress> ChunkLine::afterPart(char c)
{
    if (c == '\n')
        return fail(RequestFault::BareLineFeed);
    if (c != '\r' && c != ';')
        return fail(RequestFault::InvalidChunkExtension);
    m_state = c == ';' ? State::ExtensionStart : State::Lf;
    return std::nullopt;
}

std::optional<ChunkLine::Progress> ChunkLine::extension(char c)
{
    if (m_state == State::ExtensionStart) {
        if (c == ' ' || c == '\r')
            return fail(RequestFault::InvalidChunkExtension);
        m_state = State::Name;
    }
    if (CharTable::has(c, CharTable::Token) || (c == '"' && m_state == State::Value)) {
        if (++m_extensionBytes > maximumExtensionBytes)
            return fail(RequestFault::ChunkExtensionsTooLong);
        if (c == '"')
            m_state = State::Quoted;
        return std::nullopt;
    }
    if (c == '=' && m_state == State::Name) {
        m_state = State::Value;
        return std::nullopt;
    }
    return afterPart(c);
}

std::optional<ChunkLine::Progress> ChunkLine::quoted(char c)
{
    if (m_state == State::QuotedEnd)
        return afterPart(c);
    if (++m_extensionBytes > maximumExtensionBytes)
        return fail(RequestFault::ChunkExtensionsTooLong);
    if (m_state == State::QuotedPair) {
        if (!CharTable::has(c, CharTable::FieldValue))
            return fail(RequestFault::InvalidChunkExtension);
        m_state = State::Quoted;
        return std::nullopt;
    }
    if (c == '\\')
        m_state = State::QuotedPair;
    else if (c == '"')
        m_state = State::QuotedEnd;
    else if (!CharTable::has(c, CharTable::QuotedText))
        return fail(RequestFault::InvalidChunkExtension);
    return std::nullopt;
}

} // namespace rt
