// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/jws.h"

#include "base/buffercodec.h"
#include "middleware/bodytext.h"
#include "middleware/jwt/jwa.h"

#include <QStringList>

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

bool isBase64Url(const QString &part)
{
    return std::all_of(part.begin(), part.end(), [](QChar c) {
        return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9')
            || c == u'-' || c == u'_';
    });
}

std::optional<JsValue> json(const QString &text)
{
    const auto parsed = parseJson(QStringView(text));
    const auto *value = std::get_if<JsValue>(&parsed);
    return value ? std::optional(*value) : std::nullopt;
}

/// jws tostring(): text as it is, anything else as JSON.
QString textOf(const JsValue &value)
{
    return value.isString() ? value.toString() : stringifyJson(value);
}

} // namespace

tl::expected<std::optional<JwsParts>, JwtError> decodeJws(const QString &token, bool asJson)
{
    const QStringList parts = token.split(u'.');
    const bool shaped = parts.size() == 3 && !parts[0].isEmpty() && !parts[1].isEmpty()
        && std::all_of(parts.begin(), parts.end(), isBase64Url);
    if (!shaped)
        return std::nullopt;
    const auto header = json(QString::fromLatin1(base64Bytes(parts[0])));
    if (!header || !header->isTruthy())
        return std::nullopt;
    JwsParts read {*header, JsValue(decodeUtf8(base64Bytes(parts[1]))), parts[2]};
    if (asJson || read.header[u"typ"] == JsValue(u"JWT"_s)) {
        const auto payload = json(read.payload.toString());
        if (!payload)
            return tl::unexpected(
                JwtError {JwtReason::PayloadNotJson, "SyntaxError", u"invalid JSON"_s});
        read.payload = *payload;
    }
    return read;
}

tl::expected<QString, JwtError> signJws(const JsValue &header, const JsValue &payload,
                                        const QString &encoding, const JwtKey *key)
{
    const QString algorithm = header[u"alg"].toString();
    if (const auto known = checkAlgorithm(algorithm); !known)
        return tl::unexpected(known.error());
    const auto payloadBytes = bufferBytes(textOf(payload), encoding);
    if (!payloadBytes)
        return tl::unexpected(
            JwtError {JwtReason::BadOption, "TypeError", u"Unknown encoding: "_s + encoding});
    const QByteArray input
        = base64UrlText(latin1Bytes(textOf(header))) + '.' + base64UrlText(*payloadBytes);
    return jwaSign(algorithm, input, key).map([&input](const QByteArray &signature) {
        return QString::fromLatin1(input + '.' + signature);
    });
}

tl::expected<void, JwtError> verifyJws(const QString &token, const QString &algorithm,
                                       const JwtKey *key)
{
    if (algorithm.isEmpty())
        return tl::unexpected(JwtError {JwtReason::AlgorithmUnknown, "Error",
                                        u"Missing algorithm parameter for jws.verify"_s});
    const qsizetype dot = token.lastIndexOf(u'.');
    return jwaVerify(algorithm, token.first(dot).toLatin1(), token.mid(dot + 1).toLatin1(), key);
}

} // namespace rt
