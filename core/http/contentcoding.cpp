// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/contentcoding.h"

#include "http/headerlist.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <array>

namespace rt {

namespace {

constexpr size_t pieceSize = 16384;

class ZlibEncoder final : public ContentEncoder
{
public:
    ZlibEncoder(ContentCoding coding, const EncoderOptions &options) : m_coding(coding)
    {
        const int bits
            = coding == ContentCoding::Gzip ? options.windowBits + 16 : options.windowBits;
        deflateInit2(&m_stream, options.level, Z_DEFLATED, bits, options.memLevel,
                     options.strategy);
    }
    ~ZlibEncoder() override { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(ZlibEncoder)

    QByteArray write(QByteArrayView bytes) override { return run(bytes, Z_NO_FLUSH); }
    QByteArray flush() override { return run({}, Z_SYNC_FLUSH); }
    QByteArray finish() override { return run({}, Z_FINISH); }
    void reset() override { deflateReset(&m_stream); }
    ContentCoding coding() const override { return m_coding; }

private:
    QByteArray run(QByteArrayView bytes, int mode)
    {
        QByteArray out;
        std::array<char, pieceSize> piece {};
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        do {
            m_stream.next_out = reinterpret_cast<Bytef *>(piece.data());
            m_stream.avail_out = static_cast<uInt>(piece.size());
            deflate(&m_stream, mode);
            out.append(piece.data(), static_cast<qsizetype>(piece.size() - m_stream.avail_out));
        } while (m_stream.avail_out == 0);
        return out;
    }

    ContentCoding m_coding;
    z_stream m_stream {};
};

class BrotliEncoder final : public ContentEncoder
{
public:
    explicit BrotliEncoder(const EncoderOptions &options) : m_options(options) { reset(); }
    ~BrotliEncoder() override { BrotliEncoderDestroyInstance(m_state); }
    Q_DISABLE_COPY_MOVE(BrotliEncoder)

    QByteArray write(QByteArrayView bytes) override { return run(bytes, BROTLI_OPERATION_PROCESS); }
    QByteArray flush() override { return run({}, BROTLI_OPERATION_FLUSH); }
    QByteArray finish() override { return run({}, BROTLI_OPERATION_FINISH); }
    ContentCoding coding() const override { return ContentCoding::Br; }

    void reset() override
    {
        BrotliEncoderDestroyInstance(m_state);
        m_state = BrotliEncoderCreateInstance(nullptr, nullptr, nullptr);
        for (const auto &[parameter, value] : m_options.brotliParams)
            BrotliEncoderSetParameter(m_state, static_cast<BrotliEncoderParameter>(parameter),
                                      value);
    }

private:
    QByteArray run(QByteArrayView bytes, BrotliEncoderOperation operation)
    {
        QByteArray out;
        auto left = static_cast<size_t>(bytes.size());
        const auto *in = reinterpret_cast<const uint8_t *>(bytes.data());
        do {
            size_t none = 0;
            BrotliEncoderCompressStream(m_state, operation, &left, &in, &none, nullptr, nullptr);
            size_t size = 0;
            while (const uint8_t *piece = BrotliEncoderTakeOutput(m_state, &size)) {
                if (size == 0)
                    break;
                out.append(reinterpret_cast<const char *>(piece), static_cast<qsizetype>(size));
                size = 0;
            }
        } while (left > 0 || BrotliEncoderHasMoreOutput(m_state));
        return out;
    }

    EncoderOptions m_options;
    BrotliEncoderState *m_state = nullptr;
};

/// gzip, zlib-wrapped and raw deflate; gzip members may follow one another.
class ZlibDecoder final : public ContentDecoder
{
public:
    ZlibDecoder(ContentCoding coding, qint64 maxOutput, DeflateForm form)
        : m_gzip(coding == ContentCoding::Gzip),
          m_mayBeBare(!m_gzip && form == DeflateForm::ZlibOrBare), m_left(maxOutput)
    {
        inflateInit2(&m_stream, m_gzip ? 15 + 16 : 15);
    }
    ~ZlibDecoder() override { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(ZlibDecoder)

    DecoderStatus write(QByteArrayView bytes, QByteArray &out) override
    {
        if (m_status != DecoderStatus::Ok || bytes.isEmpty())
            return m_status;
        // Servers that mean raw deflate when they say deflate: the first byte tells (RFC 1950).
        if (m_mayBeBare && m_stream.total_in == 0 && (bytes.front() & 0x0f) != 8)
            inflateReset2(&m_stream, -15);
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        while (m_stream.avail_in > 0 && m_status == DecoderStatus::Ok)
            inflateSome(out);
        return m_status;
    }

    DecoderStatus finish() override
    {
        if (m_status == DecoderStatus::Ok && !m_memberDone) {
            m_status = DecoderStatus::Truncated;
            m_message = "unexpected end of file";
        } else if (m_status == DecoderStatus::Ok) {
            m_status = DecoderStatus::Finished;
        }
        return m_status;
    }

    QByteArray message() const override { return m_message; }

private:
    void inflateSome(QByteArray &out)
    {
        if (m_memberDone) {
            // node_zlib.cc: zeros are padding, anything else should be one more member.
            if (!m_gzip || *m_stream.next_in == 0) {
                m_status = DecoderStatus::Finished;
                return;
            }
            inflateReset(&m_stream);
            m_memberDone = false;
        }
        std::array<char, pieceSize> piece {};
        int code = Z_OK;
        do {
            m_stream.next_out = reinterpret_cast<Bytef *>(piece.data());
            m_stream.avail_out = static_cast<uInt>(piece.size());
            code = inflate(&m_stream, Z_NO_FLUSH);
            const auto made = static_cast<qsizetype>(piece.size() - m_stream.avail_out);
            if (made > m_left) {
                m_status = DecoderStatus::TooLarge;
                m_message = "decoded content is too large";
                return;
            }
            m_left -= made;
            out.append(piece.data(), made);
        } while (m_stream.avail_out == 0 && code == Z_OK);
        if (code == Z_STREAM_END) {
            m_memberDone = true;
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            m_status = DecoderStatus::Corrupt;
            m_message = m_stream.msg ? m_stream.msg : "incorrect data check";
        }
    }

    bool m_gzip;
    bool m_mayBeBare;
    qint64 m_left;
    z_stream m_stream {};
    bool m_memberDone = false;
    DecoderStatus m_status = DecoderStatus::Ok;
    QByteArray m_message;
};

class BrotliDecoder final : public ContentDecoder
{
public:
    explicit BrotliDecoder(qint64 maxOutput)
        : m_state(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)), m_left(maxOutput)
    {
    }
    ~BrotliDecoder() override { BrotliDecoderDestroyInstance(m_state); }
    Q_DISABLE_COPY_MOVE(BrotliDecoder)

    DecoderStatus write(QByteArrayView bytes, QByteArray &out) override
    {
        auto left = static_cast<size_t>(bytes.size());
        const auto *in = reinterpret_cast<const uint8_t *>(bytes.data());
        while (m_status == DecoderStatus::Ok) {
            size_t none = 0;
            const auto result
                = BrotliDecoderDecompressStream(m_state, &left, &in, &none, nullptr, nullptr);
            size_t size = 0;
            while (const uint8_t *piece = BrotliDecoderTakeOutput(m_state, &size)) {
                if (size == 0)
                    break;
                if (static_cast<qint64>(size) > m_left)
                    return m_status = DecoderStatus::TooLarge;
                m_left -= static_cast<qint64>(size);
                out.append(reinterpret_cast<const char *>(piece), static_cast<qsizetype>(size));
                size = 0;
            }
            if (result == BROTLI_DECODER_RESULT_SUCCESS)
                m_status = DecoderStatus::Finished;
            else if (result == BROTLI_DECODER_RESULT_ERROR)
                m_status = DecoderStatus::Corrupt;
            else if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
                break;
        }
        return m_status;
    }

    DecoderStatus finish() override
    {
        if (m_status == DecoderStatus::Ok)
            m_status = DecoderStatus::Truncated;
        return m_status;
    }

    QByteArray message() const override
    {
        return m_status == DecoderStatus::Truncated ? "unexpected end of file"
                                                    : "Decompression failed";
    }

private:
    BrotliDecoderState *m_state;
    qint64 m_left;
    DecoderStatus m_status = DecoderStatus::Ok;
};

class IdentityEncoder final : public ContentEncoder
{
public:
    QByteArray write(QByteArrayView bytes) override { return bytes.toByteArray(); }
    QByteArray flush() override { return {}; }
    QByteArray finish() override { return {}; }
    void reset() override { }
    ContentCoding coding() const override { return ContentCoding::Identity; }
};

class IdentityDecoder final : public ContentDecoder
{
public:
    explicit IdentityDecoder(qint64 maxOutput) : m_left(maxOutput) { }
    DecoderStatus write(QByteArrayView bytes, QByteArray &out) override
    {
        m_left -= bytes.size();
        if (m_left < 0)
            return DecoderStatus::TooLarge;
        out.append(bytes);
        return DecoderStatus::Ok;
    }
    DecoderStatus finish() override { return DecoderStatus::Finished; }
    QByteArray message() const override { return {}; }

private:
    qint64 m_left;
};

} // namespace

QByteArray codingName(ContentCoding coding)
{
    switch (coding) {
    case ContentCoding::Identity:
        return "identity";
    case ContentCoding::Gzip:
        return "gzip";
    case ContentCoding::Deflate:
        return "deflate";
    case ContentCoding::Br:
        return "br";
    }
    Q_UNREACHABLE();
}

std::optional<ContentCoding> codingNamed(QByteArrayView name)
{
    if (equalsIgnoringCase(name, "x-gzip"))
        return ContentCoding::Gzip;
    for (const ContentCoding coding : {ContentCoding::Identity, ContentCoding::Gzip,
                                       ContentCoding::Deflate, ContentCoding::Br}) {
        if (equalsIgnoringCase(name, codingName(coding)))
            return coding;
    }
    return std::nullopt;
}

std::unique_ptr<ContentEncoder> makeEncoder(ContentCoding coding, const EncoderOptions &options)
{
    switch (coding) {
    case ContentCoding::Identity:
        return std::make_unique<IdentityEncoder>();
    case ContentCoding::Gzip:
    case ContentCoding::Deflate:
        return std::make_unique<ZlibEncoder>(coding, options);
    case ContentCoding::Br:
        return std::make_unique<BrotliEncoder>(options);
    }
    Q_UNREACHABLE();
}

std::unique_ptr<ContentDecoder> makeDecoder(ContentCoding coding, qint64 maxOutput,
                                            DeflateForm form)
{
    switch (coding) {
    case ContentCoding::Identity:
        return std::make_unique<IdentityDecoder>(maxOutput);
    case ContentCoding::Gzip:
    case ContentCoding::Deflate:
        return std::make_unique<ZlibDecoder>(coding, maxOutput, form);
    case ContentCoding::Br:
        return std::make_unique<BrotliDecoder>(maxOutput);
    }
    Q_UNREACHABLE();
}

std::unique_ptr<ContentEncoder> EncoderPool::take(ContentCoding coding)
{
    const auto found = std::find_if(m_free.begin(), m_free.end(), [coding](const auto &encoder) {
        return encoder->coding() == coding;
    });
    if (found == m_free.end())
        return makeEncoder(coding, m_options);
    std::unique_ptr<ContentEncoder> encoder = std::move(*found);
    m_free.erase(found);
    return encoder;
}

void EncoderPool::give(std::unique_ptr<ContentEncoder> encoder)
{
    encoder->reset();
    m_free.push_back(std::move(encoder));
}

} // namespace rt
