// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"
#include "express/middleware.h"
#include "http/contentcoding.h"

#include <QStringList>

#include <optional>

namespace rt {

/// Why a response is compressed or not; the steps of npm compression in its order.
enum class CompressionDecision {
    Compress,
    Filtered,
    NoTransform,
    BelowThreshold,
    AlreadyEncoded,
    HeadRequest,
    NotAcceptable,
};
/// "compression.BelowThreshold"
QByteArray decisionId(CompressionDecision decision);

/// Options of npm compression 1.8, read once.
struct CompressionSettings
{
    double threshold = 1024;
    /// The lab's stand-ins for filter(req, res).
    JsValue filter;
    QByteArray enforceEncoding = "identity";
    EncoderOptions encoder;

    static CompressionSettings fromOptions(const JsValue &options);
};

/// What the decision looks at when the head of the response is about to be written.
struct CompressionQuestion
{
    QByteArray method;
    std::optional<QByteArray> acceptEncoding;
    std::optional<QByteArray> contentType;
    std::optional<QByteArray> cacheControl;
    std::optional<QByteArray> contentLength;
    std::optional<QByteArray> contentEncoding;
    /// Bytes of the only end(chunk), when that is what writes the head.
    std::optional<qint64> endLength;
    /// Whether the request has the header `filter: {skipIfHeader}` names.
    bool hasSkipHeader = false;
};

struct CompressionOutcome
{
    CompressionDecision decision = CompressionDecision::Compress;
    ContentCoding coding = ContentCoding::Identity;
    /// Steps 1 and 2 leave Vary alone.
    bool varies = true;
};

CompressionOutcome decideCompression(const CompressionSettings &settings,
                                     const CompressionQuestion &question);

/// npm compression: encodes bodies the client can decode, decided when the head is written.
class Compression final : public Middleware
{
public:
    static Result<std::shared_ptr<const Middleware>> create(const JsValue &options);
    explicit Compression(CompressionSettings settings);
    ~Compression() override;
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    class Filter;
    CompressionSettings m_settings;
    /// Encoders come back to it; answers may outlive this object.
    std::shared_ptr<EncoderPool> m_pool;
};

} // namespace rt
