// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/bodydecoder.h"

#include "browser/fieldvalue.h"
#include "http/contentcoding.h"

namespace rt {

namespace {

/// Against decompression bombs.
constexpr qint64 maximumDecodedBytes = 256LL * 1024 * 1024;

std::optional<ContentCoding> codingOf(const QByteArray &name)
{
    if (isOneOf(name, {"x-gzip"}))
        return ContentCoding::Gzip;
    return codingNamed(name);
}

DecodeReason decodeOne(ContentCoding coding, QByteArray &body, QByteArray &detail)
{
    const auto decoder = makeDecoder(coding, maximumDecodedBytes);
    QByteArray out;
    DecoderStatus status = decoder->write(body, out);
    if (status == DecoderStatus::Ok || status == DecoderStatus::Finished)
        status = decoder->finish();
    body = out;
    detail = decoder->message();
    switch (status) {
    case DecoderStatus::Ok:
    case DecoderStatus::Finished:
        return DecodeReason::Decoded;
    case DecoderStatus::Corrupt:
        return DecodeReason::Corrupt;
    case DecoderStatus::Truncated:
        return DecodeReason::Truncated;
    case DecoderStatus::TooLarge:
        break;
    }
    return DecodeReason::TooLarge;
}

} // namespace

DecodedBody decodeContent(const HeaderList &headers, const QByteArray &coded)
{
    DecodedBody decoded;
    decoded.body = coded;
    QByteArrayList names = headers.get("Content-Encoding").value_or("").split(',');
    for (auto name = names.crbegin(); name != names.crend(); ++name) {
        decoded.coding = trimBlanks(*name).toByteArray().toLower();
        if (decoded.coding.isEmpty() || decoded.coding == "identity" || decoded.body.isEmpty())
            continue;
        const auto coding = codingOf(decoded.coding);
        if (!coding) {
            decoded.reason = DecodeReason::UnknownCoding;
            return decoded;
        }
        decoded.reason = decodeOne(*coding, decoded.body, decoded.detail);
        if (decoded.reason != DecodeReason::Decoded)
            return decoded;
    }
    return decoded;
}

QByteArray decodeReasonId(DecodeReason reason)
{
    switch (reason) {
    case DecodeReason::Identity:
        return "body.Identity";
    case DecodeReason::Decoded:
        return "body.Decoded";
    case DecodeReason::Corrupt:
    case DecodeReason::Truncated:
    case DecodeReason::TooLarge:
        return "body.DecodeError";
    case DecodeReason::UnknownCoding:
        return "body.UnknownCoding";
    }
    return {};
}

QString decodeSentence(const DecodedBody &decoded)
{
    const QString coding = QString::fromLatin1(decoded.coding);
    switch (decoded.reason) {
    case DecodeReason::Identity:
        return QStringLiteral("The body is not coded.");
    case DecodeReason::Decoded:
        return QStringLiteral("The browser undid %1 before script saw the body.").arg(coding);
    case DecodeReason::Corrupt:
        return QStringLiteral("The body is said to be %1 but is not: %2.")
            .arg(coding, QString::fromLatin1(decoded.detail));
    case DecodeReason::Truncated:
        return QStringLiteral("The %1 body ends too early.").arg(coding);
    case DecodeReason::TooLarge:
        return QStringLiteral("The %1 body unpacks to more than this browser takes.").arg(coding);
    case DecodeReason::UnknownCoding:
        return QStringLiteral(
                   "The browser does not know the coding %1 and hands the body on as it is.")
            .arg(coding);
    }
    return {};
}

} // namespace rt
