// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/compression.h"

#include "express/exchange.h"
#include "http/negotiation.h"
#include "middleware/compressible.h"
#include "server/serverresponse.h"

#include <QRegularExpression>

#include <array>
#include <cmath>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// npm bytes parse(); nothing where it returns null.
std::optional<double> parseBytes(const JsValue &value)
{
    if (value.isNumber())
        return value.toNumber();
    if (!value.isString())
        return std::nullopt;
    static const QRegularExpression form(u"\\A([-+]?\\d+(?:\\.\\d+)?) *(kb|mb|gb|tb|pb)\\z"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression leading(u"\\A\\s*([-+]?\\d+)"_s);
    const QString text = value.toString();
    if (const auto match = form.match(text); match.hasMatch()) {
        static const QStringList units {u"kb"_s, u"mb"_s, u"gb"_s, u"tb"_s, u"pb"_s};
        const qsizetype power = units.indexOf(match.captured(2).toLower()) + 1;
        return std::floor(match.captured(1).toDouble() * std::pow(1024.0, power));
    }
    const auto match = leading.match(text);
    return match.hasMatch() ? std::optional(match.captured(1).toDouble()) : std::nullopt;
}

int numberOr(const JsValue &options, const QString &name, int otherwise)
{
    return options[name].isNumber() ? static_cast<int>(options[name].toNumber()) : otherwise;
}

/// zlib.constants of Node.
std::optional<int> brotliParameter(const QString &name)
{
    static const QStringList names {u"MODE"_s,
                                    u"QUALITY"_s,
                                    u"LGWIN"_s,
                                    u"LGBLOCK"_s,
                                    u"DISABLE_LITERAL_CONTEXT_MODELING"_s,
                                    u"SIZE_HINT"_s,
                                    u"LARGE_WINDOW"_s,
                                    u"NPOSTFIX"_s,
                                    u"NDIRECT"_s};
    const QString prefix = u"BROTLI_PARAM_"_s;
    const qsizetype known = name.startsWith(prefix) ? names.indexOf(name.mid(prefix.size())) : -1;
    bool isNumber = false;
    const int number = name.toInt(&isNumber);
    if (known >= 0)
        return static_cast<int>(known);
    return isNumber ? std::optional(number) : std::nullopt;
}

bool passesFilter(const CompressionSettings &settings, const CompressionQuestion &question)
{
    const JsValue filter = settings.filter;
    const bool usual = question.contentType && isCompressible(*question.contentType);
    if (!filter.isTruthy())
        return usual;
    if (filter[u"skipIfHeader"].isTruthy())
        return !question.hasSkipHeader && usual;
    if (filter[u"onlyTypes"].isTruthy()) {
        const QString type = QString::fromLatin1(question.contentType.value_or("undefined"));
        return filter[u"onlyTypes"].items().contains(JsValue(type.section(u';', 0, 0).trimmed()));
    }
    return filter[u"all"].isTruthy();
}

bool forbidsTransform(const std::optional<QByteArray> &cacheControl)
{
    static const QRegularExpression token(u"(?:^|,)\\s*?no-transform\\s*?(?:,|$)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return cacheControl && token.match(QString::fromLatin1(*cacheControl)).hasMatch();
}

bool isBelowThreshold(const CompressionSettings &settings, const CompressionQuestion &question)
{
    // An absent or empty Content-Length is NaN and 0 to JavaScript's Number().
    if (question.contentLength && question.contentLength->toDouble() < settings.threshold)
        return true;
    const bool known = question.contentLength && !question.contentLength->isEmpty();
    return !known && question.endLength
        && static_cast<double>(*question.endLength) < settings.threshold;
}

ContentCoding negotiate(const CompressionSettings &settings, const CompressionQuestion &question)
{
    static const QByteArrayList supported {"br", "gzip", "deflate", "identity"};
    static const QByteArrayList preferred {"br", "gzip"};
    if (!question.acceptEncoding || question.acceptEncoding->isEmpty()) {
        if (supported.contains(settings.enforceEncoding))
            return codingNamed(settings.enforceEncoding).value_or(ContentCoding::Identity);
    }
    const QByteArrayList accepted
        = acceptableEncodings(question.acceptEncoding.value_or(""), supported, preferred);
    if (accepted.isEmpty())
        return ContentCoding::Identity;
    return codingNamed(accepted.first()).value_or(ContentCoding::Identity);
}

QString sentenceFor(const CompressionOutcome &outcome, const CompressionSettings &settings,
                    const CompressionQuestion &question)
{
    const auto text = [](const std::optional<QByteArray> &value) {
        return QString::fromLatin1(value.value_or("nothing"));
    };
    switch (outcome.decision) {
    case CompressionDecision::Compress:
        return u"Compressed with %1; the length is not known beforehand any more."_s.arg(
            QString::fromLatin1(codingName(outcome.coding)));
    case CompressionDecision::Filtered:
        return u"Skipped: the filter does not compress %1."_s.arg(text(question.contentType));
    case CompressionDecision::NoTransform:
        return u"Skipped: Cache-Control says no-transform."_s;
    case CompressionDecision::BelowThreshold:
        return u"Skipped: %1 bytes is below the threshold of %2."_s.arg(
            question.contentLength ? text(question.contentLength)
                                   : QString::number(question.endLength.value_or(0)),
            numberText(settings.threshold));
    case CompressionDecision::AlreadyEncoded:
        return u"Skipped: the body is already encoded as %1."_s.arg(text(question.contentEncoding));
    case CompressionDecision::HeadRequest:
        return u"Skipped: HEAD has no body."_s;
    case CompressionDecision::NotAcceptable:
        return u"Skipped: the request accepts %1, which leaves no coding."_s.arg(
            text(question.acceptEncoding));
    }
    Q_UNREACHABLE();
}

} // namespace

QByteArray decisionId(CompressionDecision decision)
{
    switch (decision) {
    case CompressionDecision::Compress:
        return "compression.Compress";
    case CompressionDecision::Filtered:
        return "compression.Filtered";
    case CompressionDecision::NoTransform:
        return "compression.NoTransform";
    case CompressionDecision::BelowThreshold:
        return "compression.BelowThreshold";
    case CompressionDecision::AlreadyEncoded:
        return "compression.AlreadyEncoded";
    case CompressionDecision::HeadRequest:
        return "compression.HeadRequest";
    case CompressionDecision::NotAcceptable:
        return "compression.NotAcceptable";
    }
    Q_UNREACHABLE();
}

CompressionSettings CompressionSettings::fromOptions(const JsValue &options)
{
    CompressionSettings settings;
    settings.threshold = parseBytes(options[u"threshold"]).value_or(1024);
    settings.filter = options[u"filter"];
    if (options[u"enforceEncoding"].isTruthy())
        settings.enforceEncoding = options[u"enforceEncoding"].asText().toLatin1();
    settings.encoder.level = numberOr(options, u"level"_s, settings.encoder.level);
    settings.encoder.memLevel = numberOr(options, u"memLevel"_s, settings.encoder.memLevel);
    settings.encoder.windowBits = numberOr(options, u"windowBits"_s, settings.encoder.windowBits);
    settings.encoder.strategy = numberOr(options, u"strategy"_s, settings.encoder.strategy);
    for (const auto &[name, value] : options[u"brotli"][u"params"].members()) {
        const auto parameter = brotliParameter(name);
        if (!parameter)
            continue;
        std::erase_if(settings.encoder.brotliParams,
                      [&parameter](const auto &one) { return one.first == *parameter; });
        settings.encoder.brotliParams.push_back(
            {*parameter, static_cast<quint32>(value.toNumber())});
    }
    return settings;
}

CompressionOutcome decideCompression(const CompressionSettings &settings,
                                     const CompressionQuestion &question)
{
    const auto skip = [](CompressionDecision decision, bool varies = true) {
        return CompressionOutcome {decision, ContentCoding::Identity, varies};
    };
    if (!passesFilter(settings, question))
        return skip(CompressionDecision::Filtered, false);
    if (forbidsTransform(question.cacheControl))
        return skip(CompressionDecision::NoTransform, false);
    if (isBelowThreshold(settings, question))
        return skip(CompressionDecision::BelowThreshold);
    const QByteArray encoding = question.contentEncoding.value_or("");
    if (!encoding.isEmpty() && encoding != "identity")
        return skip(CompressionDecision::AlreadyEncoded);
    if (question.method == "HEAD")
        return skip(CompressionDecision::HeadRequest);
    const ContentCoding coding = negotiate(settings, question);
    if (coding == ContentCoding::Identity)
        return skip(CompressionDecision::NotAcceptable);
    return {CompressionDecision::Compress, coding, true};
}

/// The body on its way through the encoder; gives it back when the response is done with it.
class Compression::Filter final : public BodyFilter
{
public:
    explicit Filter(std::shared_ptr<EncoderPool> pool) : m_pool(std::move(pool)) { }
    ~Filter() override
    {
        if (m_encoder)
            m_pool->give(std::move(m_encoder));
    }
    Q_DISABLE_COPY_MOVE(Filter)

    void start(ContentCoding coding) { m_encoder = m_pool->take(coding); }
    bool isActive() const override { return m_encoder != nullptr; }
    QByteArray write(QByteArrayView bytes) override { return m_encoder->write(bytes); }
    QByteArray flush() override { return m_encoder ? m_encoder->flush() : QByteArray(); }
    QByteArray finish() override { return m_encoder->finish(); }

private:
    std::shared_ptr<EncoderPool> m_pool;
    std::unique_ptr<ContentEncoder> m_encoder;
};

Result<std::shared_ptr<const Middleware>> Compression::create(const JsValue &options)
{
    return std::make_shared<Compression>(CompressionSettings::fromOptions(options));
}

Compression::Compression(CompressionSettings settings)
    : m_settings(std::move(settings)), m_pool(std::make_shared<EncoderPool>(m_settings.encoder))
{
}

Compression::~Compression() = default;

void Compression::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    auto filter = std::make_unique<Filter>(m_pool);
    Filter *body = filter.get();
    exchange->response().setBodyFilter(std::move(filter));
    // The response owns this callback and the filter, and ends with the exchange.
    exchange->onHeaders([&exchange = *exchange, body, settings = m_settings] {
        ServerResponse &response = exchange.response();
        CompressionQuestion question;
        question.method = exchange.method();
        question.acceptEncoding = exchange.header("accept-encoding");
        question.contentType = response.header("Content-Type");
        question.cacheControl = response.header("Cache-Control");
        question.contentLength = response.header("Content-Length");
        question.contentEncoding = response.header("Content-Encoding");
        question.endLength = response.endLength();
        const JsValue skip = settings.filter[u"skipIfHeader"];
        question.hasSkipHeader = skip.isString()
            && !exchange.header(skip.toString().toLatin1()).value_or("").isEmpty();
        const CompressionOutcome outcome = decideCompression(settings, question);
        if (exchange.traced())
            exchange.decide(decisionId(outcome.decision), sentenceFor(outcome, settings, question));
        if (outcome.varies)
            exchange.vary("Accept-Encoding");
        if (outcome.decision != CompressionDecision::Compress)
            return;
        body->start(outcome.coding);
        response.setHeader("Content-Encoding", codingName(outcome.coding));
        response.removeHeader("Content-Length");
    });
    next();
}

} // namespace rt
