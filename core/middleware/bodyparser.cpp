// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/bodyparser.h"

#include "express/exchange.h"
#include "http/contentcoding.h"
#include "http/mediatype.h"
#include "middleware/bodytext.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace rt {

namespace {

using namespace Qt::StringLiterals;

QByteArray errorName(int status)
{
    switch (status) {
    case 403:
        return "ForbiddenError";
    case 413:
        return "PayloadTooLargeError";
    case 415:
        return "UnsupportedMediaTypeError";
    default:
        return "BadRequestError";
    }
}

BodyFault tooLarge()
{
    return bodyFault(BodyDecision::TooLarge, 413, u"request entity too large"_s,
                     "entity.too.large");
}

/// An error object of somebody else that got a status: keeps its own name.
BodyFault foreignFault(BodyDecision decision, int status, const QString &message,
                       const QByteArray &type)
{
    BodyFault fault = bodyFault(decision, status, message, type);
    fault.error.name = "Error";
    return fault;
}

using DecoderOrFault = std::variant<std::unique_ptr<ContentDecoder>, BodyFault>;

/// read.js, contentstream(): only gzip and deflate are undone. No decoder for identity.
DecoderOrFault contentDecoder(const Exchange &exchange, bool inflate, double limit)
{
    const QByteArray given = exchange.header("Content-Encoding").value_or(QByteArray());
    const QByteArray encoding = given.isEmpty() ? QByteArray("identity") : given.toLower();
    if (!inflate && encoding != "identity")
        return bodyFault(BodyDecision::InflateDisabled, 415, u"content encoding unsupported"_s,
                         "encoding.unsupported");
    // One byte more than allowed tells too large from just right.
    const double most = std::min(limit + 1, 1e15);
    const qint64 maxOutput = std::max<qint64>(1, static_cast<qint64>(most));
    if (encoding == "gzip")
        return makeDecoder(ContentCoding::Gzip, maxOutput);
    if (encoding == "deflate")
        return makeDecoder(ContentCoding::Deflate, maxOutput, DeflateForm::Zlib);
    if (encoding == "identity")
        return std::unique_ptr<ContentDecoder>();
    return bodyFault(BodyDecision::EncodingUnsupported, 415,
                     u"unsupported content encoding \"%1\""_s.arg(QString::fromLatin1(encoding)),
                     "encoding.unsupported");
}

std::optional<double> declaredLength(const Exchange &exchange)
{
    bool ok = false;
    const double length = exchange.header("Content-Length").value_or(QByteArray()).toDouble(&ok);
    return ok ? std::optional(length) : std::nullopt;
}

} // namespace

BodyFault bodyFault(BodyDecision decision, int status, const QString &message,
                    const QByteArray &type)
{
    BodyFault fault;
    fault.decision = decision;
    fault.error.name = errorName(status);
    fault.error.message = message;
    fault.error.status = status;
    fault.error.type = type;
    return fault;
}

BodyFault unsupportedCharset(const QByteArray &charset)
{
    return bodyFault(BodyDecision::CharsetUnsupported, 415,
                     u"unsupported charset \"%1\""_s.arg(QString::fromLatin1(charset).toUpper()),
                     "charset.unsupported");
}

QByteArray requestCharset(const Exchange &exchange)
{
    const auto type = parseContentType(exchange.header("Content-Type").value_or(QByteArray()));
    return type ? type->parameter("charset").value_or(QByteArray()).toLower() : QByteArray();
}

/// One body on its way in. Kept by the request's callbacks.
struct BodyParser::Reading
{
    std::shared_ptr<Exchange> exchange;
    Next next;
    std::unique_ptr<ContentDecoder> decoder;
    Body body;
    double limit = 0;
    bool wantsPieces = false;
    std::optional<BodyFault> fault;

    void take(const QByteArray &piece);
    void add(const QByteArray &bytes);
    void endCoding();
};

void BodyParser::Reading::take(const QByteArray &piece)
{
    // After an error the rest of the body is read and dropped, so that the connection stays usable.
    if (fault)
        return;
    if (!decoder) {
        add(piece);
        return;
    }
    QByteArray decoded;
    const DecoderStatus status = decoder->write(piece, decoded);
    add(decoded);
    if (fault)
        return;
    if (status == DecoderStatus::TooLarge)
        fault = tooLarge();
    else if (status == DecoderStatus::Corrupt)
        fault
            = foreignFault(BodyDecision::Corrupt, 400, QString::fromLatin1(decoder->message()), {});
}

void BodyParser::Reading::add(const QByteArray &bytes)
{
    if (static_cast<double>(body.bytes.size() + bytes.size()) > limit) {
        fault = tooLarge();
        return;
    }
    body.bytes += bytes;
    if (wantsPieces)
        body.pieces.push_back(bytes);
}

void BodyParser::Reading::endCoding()
{
    if (fault || !decoder)
        return;
    const DecoderStatus status = decoder->finish();
    if (status == DecoderStatus::Corrupt || status == DecoderStatus::Truncated)
        fault
            = foreignFault(BodyDecision::Corrupt, 400, QString::fromLatin1(decoder->message()), {});
}

void BodyParser::decide(Exchange &exchange, BodyDecision decision, const QString &message) const
{
    if (exchange.traced())
        exchange.decide(m_name + '.' + bodyDecisionName(decision),
                        bodyDecisionSentence(decision, {exchange, m_options, m_name, message}));
}

void BodyParser::refuse(Exchange &exchange, const BodyFault &fault, const Next &next) const
{
    decide(exchange, fault.decision, fault.error.message);
    next(fault.error);
}

bool BodyParser::matchesType(const Exchange &exchange) const
{
    const auto given = exchange.header("Content-Type");
    if (!given || given->isEmpty())
        return false;
    // type-is: no entries means any readable type.
    if (m_options.types.isEmpty())
        return parseContentType(*given).has_value();
    return typeIs(*given, m_options.types).has_value();
}

bool BodyParser::wants(const std::shared_ptr<Exchange> &exchange) const
{
    BodyDecision decision = BodyDecision::Parsed;
    if (exchange->bodyParsed)
        decision = BodyDecision::AlreadyParsed;
    else if (!hasBody(exchange->head().headers))
        decision = BodyDecision::NoBody;
    else if (!matchesType(*exchange))
        decision = BodyDecision::TypeDiffers;
    if (decision != BodyDecision::AlreadyParsed && !exchange->body.isTruthy())
        exchange->body = JsValue::object();
    if (decision == BodyDecision::Parsed)
        return true;
    decide(*exchange, decision);
    return false;
}

void BodyParser::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    if (!wants(exchange)) {
        next();
        return;
    }
    auto charsetOrFault = charset(*exchange);
    if (const auto *fault = std::get_if<BodyFault>(&charsetOrFault)) {
        refuse(*exchange, *fault, next);
        return;
    }
    exchange->bodyParsed = true;
    QByteArray name = std::get<QByteArray>(charsetOrFault);
    // With `verify` an unknown charset is refused before the body is read.
    if (!m_options.rejectIfContains.isEmpty() && !name.isEmpty() && !isKnownCharset(name)) {
        refuse(*exchange, unsupportedCharset(name), next);
        return;
    }
    auto decoderOrFault = contentDecoder(*exchange, m_options.inflate, m_options.limit);
    if (const auto *fault = std::get_if<BodyFault>(&decoderOrFault)) {
        refuse(*exchange, *fault, next);
        return;
    }
    read(exchange, std::move(next),
         std::move(std::get<std::unique_ptr<ContentDecoder>>(decoderOrFault)), std::move(name));
}

/// raw-body: the declared length is judged first, then the charset, then what comes in.
void BodyParser::read(const std::shared_ptr<Exchange> &exchange, Next next,
                      std::unique_ptr<ContentDecoder> decoder, QByteArray charset) const
{
    auto reading = std::make_shared<Reading>();
    reading->exchange = exchange;
    reading->next = std::move(next);
    reading->limit = m_options.limit;
    reading->wantsPieces = wantsPieces();
    const auto length = decoder ? std::nullopt : declaredLength(*exchange);
    if (length && *length > m_options.limit)
        reading->fault = tooLarge();
    else if (!charset.isEmpty() && !isKnownCharset(charset))
        reading->fault = unsupportedCharset(charset);
    reading->decoder = std::move(decoder);
    reading->body.charset = std::move(charset);
    exchange->readBody([reading](const QByteArray &piece) { reading->take(piece); },
                       [this, reading] { finish(*reading); });
}

void BodyParser::finish(Reading &reading) const
{
    const auto exchange = std::move(reading.exchange);
    const Next next = std::move(reading.next);
    reading.endCoding();
    const QByteArray &needle = m_options.rejectIfContains;
    if (!reading.fault && !needle.isEmpty() && reading.body.bytes.contains(needle))
        reading.fault = foreignFault(BodyDecision::VerifyFailed, 403, u"body rejected"_s,
                                     "entity.verify.failed");
    if (!reading.fault) {
        auto result = parse(reading.body);
        if (auto *value = std::get_if<JsValue>(&result)) {
            exchange->body = std::move(*value);
            decide(*exchange, BodyDecision::Parsed);
            next();
            return;
        }
        reading.fault = std::get<BodyFault>(std::move(result));
    }
    refuse(*exchange, *reading.fault, next);
}

std::optional<double> parseBytes(const JsValue &value)
{
    if (value.isNumber())
        return value.toNumber();
    if (!value.isString())
        return std::nullopt;
    static const QRegularExpression pattern(u"^([-+]?\\d+(?:\\.\\d+)?) *(kb|mb|gb|tb|pb)$"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression integer(u"^\\s*([-+]?\\d+)"_s);
    const QString text = value.toString();
    const auto match = pattern.match(text);
    if (!match.hasMatch()) {
        // parseInt: the unit of "1k" is not known, so it means one byte.
        const auto number = integer.match(text);
        return number.hasMatch() ? std::optional(number.captured(1).toDouble()) : std::nullopt;
    }
    const QString unit = match.captured(2).toLower();
    const auto power = QStringList {u"kb"_s, u"mb"_s, u"gb"_s, u"tb"_s, u"pb"_s}.indexOf(unit) + 1;
    return std::floor(match.captured(1).toDouble() * std::pow(1024.0, static_cast<double>(power)));
}

Result<BodyParser::Options> bodyParserOptions(const JsValue &options, const QString &defaultType)
{
    BodyParser::Options result;
    if (const JsValue limit = options["limit"_L1]; !limit.isNullish()) {
        const auto bytes = parseBytes(limit);
        if (!bytes)
            return failure(u"option limit \"%1\" is invalid"_s.arg(limit.asText()));
        result.limit = *bytes;
    }
    const JsValue verify = options["verify"_L1];
    if (const QString needle = verify["rejectIfContains"_L1].asText();
        verify.isObject() && verify["rejectIfContains"_L1].isTruthy())
        result.rejectIfContains = needle.toUtf8();
    else if (verify.isTruthy())
        return failure(u"option verify must be function"_s);
    result.inflate = options["inflate"_L1] != JsValue(false);
    const JsValue type = options["type"_L1];
    if (!type.isTruthy())
        result.types = {defaultType.toLatin1()};
    else if (type.isArray())
        for (const JsValue &item : type.items())
            result.types.append(item.toString().toLatin1());
    else
        result.types = {type.toString().toLatin1()};
    return result;
}

} // namespace rt
