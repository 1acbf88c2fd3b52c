// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/demoroutesparts.h"

#include "base/clock.h"
#include "lab/labconfigreader.h"
#include "lab/tokencheck.h"
#include "middleware/jwt/jsonwebtoken.h"
#include "middleware/jwt/signchecks.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;
using Outcome = tl::expected<JsValue, JwtError>;
/// One library call with what the request's body names.
using Call = Outcome (*)(const JsValue &body, qint64 now);

/// The options of a body; the error is that of `new RegExp`.
Outcome optionsOf(const JsValue &body)
{
    const JsValue options = reviveValue(body[u"options"]);
    const auto broken = badExpression(options);
    return broken ? Outcome(tl::unexpected(*broken)) : options;
}

JsValue payloadBody(const JsValue &payload)
{
    return objectOf({{u"payload"_s, payload}});
}

Outcome sign(const JsValue &body, qint64 now)
{
    return optionsOf(body)
        .and_then([&](const JsValue &options) {
            return jwtSign(body[u"payload"], body[u"secret"], options, now);
        })
        .map([](const QString &token) {
            return objectOf({{u"token"_s, JsValue(token)}});
        });
}

Outcome verify(const JsValue &body, qint64 now)
{
    return optionsOf(body)
        .and_then([&](const JsValue &options) {
            return jwtVerify(body[u"token"], body[u"secret"], options, now);
        })
        .map(payloadBody);
}

Outcome decode(const JsValue &body, qint64)
{
    return jwtDecode(body[u"token"], body[u"options"]).map(payloadBody);
}

void answer(Exchange &exchange, Call call, const QString &firstMember)
{
    const JsValue &body = exchange.body;
    const Outcome outcome = body.isNullish() ? tl::unexpected(notReadable(body, firstMember))
                                             : call(body, exchange.clock().now());
    if (outcome)
        return exchange.json(*outcome);
    exchange.decide(reasonId(outcome.error().reason), reasonSentence(outcome.error().reason));
    exchange.status(400);
    exchange.json(objectOf({{u"error"_s, errorDetails(outcome.error())}}));
}

void addCall(Router &router, const QByteArray &path, Call call, const QString &firstMember)
{
    router.add("POST", path, [call, firstMember](const ExchangePointer &exchange) {
        answer(*exchange, call, firstMember);
    });
}

} // namespace

void addTokenRoutes(Router &router)
{
    addCall(router, "/lab/jwt/sign", sign, u"payload"_s);
    addCall(router, "/lab/jwt/verify", verify, u"token"_s);
    addCall(router, "/lab/jwt/decode", decode, u"token"_s);
}

} // namespace rt
