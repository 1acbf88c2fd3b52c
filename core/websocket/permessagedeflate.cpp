// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "websocket/permessagedeflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace rt {

namespace {

constexpr std::array<char, 4> tail {'\0', '\0', '\xff', '\xff'};
constexpr size_t pieceSize = 16384;

void setInput(z_stream &stream, QByteArrayView bytes)
{
    // zlib reads only, its interface predates const.
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
}

} // namespace

class MessageDeflater::Stream
{
public:
    explicit Stream(int windowBits)
    {
        // zlib cannot do 8 without a header; Node takes 9 then, which a window of 9 reads as well.
        const int status = deflateInit2(&m_stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
                                        -std::max(windowBits, 9), 8, Z_DEFAULT_STRATEGY);
        Q_ASSERT(status == Z_OK);
        Q_UNUSED(status)
    }
    ~Stream() { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Stream)

    QByteArray run(QByteArrayView message)
    {
        QByteArray out;
        std::array<char, pieceSize> piece;
        setInput(m_stream, message);
        do {
            m_stream.next_out = reinterpret_cast<Bytef *>(piece.data());
            m_stream.avail_out = static_cast<uInt>(piece.size());
            ::deflate(&m_stream, Z_SYNC_FLUSH);
            out.append(piece.data(), static_cast<qsizetype>(piece.size() - m_stream.avail_out));
        } while (m_stream.avail_out == 0);
        return out;
    }
    void reset() { deflateReset(&m_stream); }

private:
    z_stream m_stream {};
};

MessageDeflater::MessageDeflater(int windowBits, bool noContextTakeover)
    : m_stream(std::make_unique<Stream>(windowBits)), m_noContextTakeover(noContextTakeover)
{
}

MessageDeflater::~MessageDeflater() = default;

QByteArray MessageDeflater::compress(QByteArrayView message)
{
    // RFC 7692 §7.2.3.6: zlib writes nothing for nothing, the message needs one empty block.
    if (message.isEmpty())
        return QByteArray(1, '\0');
    QByteArray out = m_stream->run(message);
    if (out.endsWith(QByteArrayView(tail.data(), tail.size())))
        out.chop(static_cast<qsizetype>(tail.size()));
    if (m_noContextTakeover)
        m_stream->reset();
    return out;
}

class MessageInflater::Stream
{
public:
    explicit Stream(int windowBits)
    {
        const int status = inflateInit2(&m_stream, -windowBits);
        Q_ASSERT(status == Z_OK);
        Q_UNUSED(status)
    }
    ~Stream() { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Stream)

    InflateStatus run(QByteArrayView bytes, qint64 mostOutput, QByteArray &out)
    {
        std::array<char, pieceSize> piece;
        setInput(m_stream, bytes);
        do {
            m_stream.next_out = reinterpret_cast<Bytef *>(piece.data());
            m_stream.avail_out = static_cast<uInt>(piece.size());
            const int status = ::inflate(&m_stream, Z_SYNC_FLUSH);
            out.append(piece.data(), static_cast<qsizetype>(piece.size() - m_stream.avail_out));
            if (mostOutput > 0 && out.size() > mostOutput)
                return InflateStatus::TooLarge;
            if (status == Z_STREAM_END) {
                // A final block ends the stream, not the message (RFC 7692 §7.2.3.5).
                inflateReset(&m_stream);
                return InflateStatus::Ok;
            }
            if (status != Z_OK && status != Z_BUF_ERROR)
                return InflateStatus::Corrupt;
        } while (m_stream.avail_out == 0 || m_stream.avail_in > 0);
        return InflateStatus::Ok;
    }
    void reset() { inflateReset(&m_stream); }

private:
    z_stream m_stream {};
};

MessageInflater::MessageInflater(int windowBits, bool noContextTakeover)
    : m_stream(std::make_unique<Stream>(windowBits)), m_noContextTakeover(noContextTakeover)
{
}

MessageInflater::~MessageInflater() = default;

InflateStatus MessageInflater::decompress(QByteArrayView payload, bool fin, qint64 mostOutput,
                                          QByteArray &out)
{
    InflateStatus status = m_stream->run(payload, mostOutput, out);
    if (status == InflateStatus::Ok && fin)
        status = m_stream->run(QByteArrayView(tail.data(), tail.size()), mostOutput, out);
    if (fin && m_noContextTakeover)
        m_stream->reset();
    return status;
}

} // namespace rt
