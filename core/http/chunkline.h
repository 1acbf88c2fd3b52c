// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/requestfault.h"

#include <QByteArrayView>

#include <optional>

namespace rt {

/// The line before each chunk: size and extensions, as llhttp 9 reads it (RFC 9112 §7.1).
class ChunkLine
{
public:
    enum class Progress { NeedMore, Complete, Fault };

    void begin();
    Progress read(const char *&p, const char *end);
    quint64 size() const { return m_size; }
    RequestFault fault() const { return m_fault; }

private:
    enum class State {
        FirstDigit,
        Size,
        ExtensionStart,
        Name,
        Value,
        Quoted,
        QuotedPair,
        QuotedEnd,
        Lf
    };

    std::optional<Progress> step(char c);
    std::optional<Progress> digit(char c);
    std::optional<Progress> extension(char c);
    std::optional<Progress> quoted(char c);
    std::optional<Progress> afterPart(char c);
    std::optional<Progress> fail(RequestFault fault);

    State m_state = State::FirstDigit;
    quint64 m_size = 0;
    /// Bytes of extension names and values; Node refuses more than 16 KiB of them.
    int m_extensionBytes = 0;
    RequestFault m_fault = RequestFault::InvalidChunkSize;
};

} // namespace rt
