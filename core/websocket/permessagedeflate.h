// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "websocket/extensions.h"

#include <memory>

namespace rt {

/// Compresses messages as RFC 7692 §7.2.1 wants them. Keeps its window from message to message
/// unless told not to.
class MessageDeflater
{
public:
    /// `windowBits` 8..15.
    MessageDeflater(int windowBits, bool noContextTakeover);
    ~MessageDeflater();
    Q_DISABLE_COPY_MOVE(MessageDeflater)
    QByteArray compress(QByteArrayView message);

private:
    class Stream;
    std::unique_ptr<Stream> m_stream;
    bool m_noContextTakeover = false;
};

enum class InflateStatus { Ok, Corrupt, TooLarge };

/// The other direction, RFC 7692 §7.2.2, frame by frame.
class MessageInflater
{
public:
    MessageInflater(int windowBits, bool noContextTakeover);
    ~MessageInflater();
    Q_DISABLE_COPY_MOVE(MessageInflater)
    /// Appends what one frame's payload decodes to, `mostOutput` bytes at most (0: no limit).
    /// After anything but Ok the inflater is spent.
    InflateStatus decompress(QByteArrayView payload, bool fin, qint64 mostOutput, QByteArray &out);

private:
    class Stream;
    std::unique_ptr<Stream> m_stream;
    bool m_noContextTakeover = false;
};

} // namespace rt
