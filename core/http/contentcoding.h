// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace rt {

/// RFC 9110 §8.4.1. `Deflate` is the zlib format (RFC 1950).
enum class ContentCoding { Identity, Gzip, Deflate, Br };
/// "gzip"
QByteArray codingName(ContentCoding coding);
/// By its name in any case; x-gzip is not gzip here. Nothing for an unknown one.
std::optional<ContentCoding> codingNamed(QByteArrayView name);

/// zlib and brotli settings in the terms of Node's zlib module, defaults of npm compression.
struct EncoderOptions
{
    int level = -1;
    int memLevel = 8;
    int windowBits = 15;
    int strategy = 0;
    /// BROTLI_PARAM_* number and value.
    std::vector<std::pair<int, quint32>> brotliParams = {{1, 4}};
    friend bool operator==(const EncoderOptions &, const EncoderOptions &) = default;
};

/// Streaming encoder. write() may return nothing until enough has come in.
class ContentEncoder
{
public:
    virtual ~ContentEncoder() = default;
    virtual QByteArray write(QByteArrayView bytes) = 0;
    /// Everything written so far becomes readable for the receiver (Z_SYNC_FLUSH).
    virtual QByteArray flush() = 0;
    virtual QByteArray finish() = 0;
    /// Ready for the next message with the same options; far cheaper than a new encoder.
    virtual void reset() = 0;
    virtual ContentCoding coding() const = 0;
};

std::unique_ptr<ContentEncoder> makeEncoder(ContentCoding coding,
                                            const EncoderOptions &options = {});

/// Keeps used encoders for the next message: deflateInit costs eight times a deflateReset.
class EncoderPool
{
public:
    explicit EncoderPool(EncoderOptions options = {}) : m_options(std::move(options)) { }
    std::unique_ptr<ContentEncoder> take(ContentCoding coding);
    void give(std::unique_ptr<ContentEncoder> encoder);

private:
    EncoderOptions m_options;
    std::vector<std::unique_ptr<ContentEncoder>> m_free;
};

enum class DecoderStatus { Ok, Finished, Corrupt, TooLarge, Truncated };

/// Streaming decoder.
class ContentDecoder
{
public:
    virtual ~ContentDecoder() = default;
    /// Appends what the bytes decode to. Corrupt and TooLarge are final. Bytes behind the end of
    /// the coded content are ignored as Node's zlib does, except that gzip members may follow one
    /// another.
    virtual DecoderStatus write(QByteArrayView bytes, QByteArray &out) = 0;
    /// The content ended: Truncated when the coding expected more.
    virtual DecoderStatus finish() = 0;
    /// Why it is Corrupt or Truncated, in zlib's words ("incorrect header check").
    virtual QByteArray message() const = 0;
};

/// What "deflate" may be: zlib's format (RFC 1950), or bare deflate too, as browsers take it.
enum class DeflateForm { Zlib, ZlibOrBare };

/// `maxOutput` bytes decoded at most, else TooLarge; against decompression bombs.
std::unique_ptr<ContentDecoder> makeDecoder(ContentCoding coding, qint64 maxOutput,
                                            DeflateForm form = DeflateForm::ZlibOrBare);

} // namespace rt
