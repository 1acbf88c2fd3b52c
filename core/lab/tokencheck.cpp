// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/tokencheck.h"

#include "base/clock.h"
#include "express/exchange.h"
#include "express/finalhandler.h"
#include "lab/labstate.h"
#include "middleware/jwt/jsonwebtoken.h"
#include "middleware/jwt/naiveverifier.h"
#include "options/jsregexp.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using Claims = tl::expected<JsValue, TokenRefusal>;

TokenRefusal refusal(const QByteArray &id, const QString &sentence, const QString &message)
{
    return {id, sentence, {JwtReason::Missing, "AuthError", message}, false};
}

Claims missing(const QString &sentence)
{
    TokenRefusal none = refusal("jwt.MissingToken", sentence, u"missing token"_s);
    none.missing = true;
    return tl::unexpected(none);
}

Claims tokenInCookie(const Exchange &exchange, const QString &name)
{
    const JsValue token = exchange.cookies[name];
    if (token.isUndefined())
        return missing(u"The request carries no cookie %1."_s.arg(name));
    return token;
}

/// RFC 6750 §2.1: Authorization: Bearer and the token, two words.
Claims tokenInHeader(const Exchange &exchange)
{
    const auto header = exchange.header("authorization");
    if (!header)
        return missing(u"The request carries no Authorization header."_s);
    const QByteArrayList parts = header->split(' ');
    if (parts.size() != 2 || parts.first().toLower() != "bearer")
        return tl::unexpected(
            refusal("jwt.MalformedHeader",
                    u"Authorization must be the word Bearer, a space and the token."_s,
                    u"malformed authorization header"_s));
    return JsValue::latin1(parts.last());
}

/// Set.prototype.has(): objects are never the same one.
bool isRevoked(const JsValue &id, const LabState &state)
{
    const bool scalar = !id.isObject() && !id.isArray();
    return scalar && state.revokedTokens.contains(id);
}

Claims verified(const JsValue &token, const JwtSettings &settings, qint64 now)
{
    const auto broken = badExpression(settings.verifyOptions);
    const auto claims = broken ? tl::expected<JsValue, JwtError>(tl::unexpected(*broken))
        : settings.naive ? jwtVerifyNaively(token, settings.verifyKey, settings.verifyOptions, now)
                         : jwtVerify(token, settings.verifyKey, settings.verifyOptions, now);
    return claims.map_error([](const JwtError &error) {
        return TokenRefusal {reasonId(error.reason), reasonSentence(error.reason), error, false};
    });
}

} // namespace

tl::expected<JsValue, TokenRefusal> checkToken(const Exchange &exchange,
                                               const JwtSettings &settings, const LabState &state)
{
    const Claims token = settings.inCookie ? tokenInCookie(exchange, settings.cookieName)
                                           : tokenInHeader(exchange);
    const Claims claims = token ? verified(*token, settings, exchange.clock().now()) : token;
    if (!claims)
        return claims;
    if (settings.denylist && isRevoked((*claims)[u"jti"], state))
        return tl::unexpected(refusal("jwt.Revoked",
                                      u"The token is valid, but its id is on the deny list."_s,
                                      u"token revoked"_s));
    if (settings.tokenVersion && (*claims)[u"tokenVersion"] != JsValue(state.tokenVersion))
        return tl::unexpected(refusal("jwt.OldVersion",
                                      u"The token carries another version than the user has now."_s,
                                      u"token version"_s));
    return claims;
}

JsValue errorDetails(const JwtError &error)
{
    ExpressError plain;
    plain.name = error.name;
    plain.message = error.message;
    JsValue details = errorDetails(plain);
    if (error.expiredAt)
        details.insert(u"expiredAt"_s, JsValue(*error.expiredAt));
    if (error.date)
        details.insert(u"date"_s, JsValue(*error.date));
    return details;
}

std::optional<JwtError> badExpression(const JsValue &options)
{
    if (options.isRegExp()) {
        const auto tester = JsRegExpTester::compile(options.toRegExp());
        return tester
            ? std::nullopt
            : std::optional(JwtError {JwtReason::BadOption, "SyntaxError", tester.error().message});
    }
    for (const JsValue &item : options.items()) {
        if (const auto bad = badExpression(item))
            return bad;
    }
    for (const auto &[name, value] : options.members()) {
        if (const auto bad = badExpression(value))
            return bad;
    }
    return std::nullopt;
}

} // namespace rt
