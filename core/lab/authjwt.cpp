// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/authjwt.h"

#include "base/clock.h"
#include "base/jsobject.h"
#include "express/responsecookie.h"
#include "lab/demoroutesparts.h"
#include "lab/sessionlogin.h"
#include "lab/tokencheck.h"
#include "middleware/jwt/jsonwebtoken.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;

ExpressError asThrown(const JwtError &error)
{
    return thrown(error.message, error.name).value();
}

/// What the handlers of one configuration share.
class TokenLogin
{
public:
    TokenLogin(const JwtSettings &settings, LabState &state) : m_settings(settings), m_state(state)
    {
    }

    void logIn(Exchange &exchange) const
    {
        const JsValue claims = claimsOfUser();
        const auto token = issue(claims, exchange.clock().now());
        if (!token) {
            exchange.decide(reasonId(token.error().reason), reasonSentence(token.error().reason));
            return exchange.raise(asThrown(token.error()));
        }
        if (m_settings.inCookie
            && threw(exchange,
                     setResponseCookie(exchange, m_settings.cookieName, JsValue(*token),
                                       m_settings.cookieOptions)))
            return;
        exchange.decide("jwt.Issued",
                        u"The server signs the user's claims and forgets the token: whoever shows "
                        "it later is the user."_s);
        exchange.user = claims;
        JsValue answer = objectOf({{u"ok"_s, JsValue(true)}, {u"user"_s, demoUser()}});
        if (!m_settings.inCookie)
            answer.insert(u"token"_s, JsValue(*token));
        exchange.json(answer);
    }

    void answerMe(Exchange &exchange) const
    {
        const JsValue claims = identify(exchange);
        if (claims.isUndefined())
            return refuse(exchange);
        exchange.user = claims;
        if (m_settings.profile == DemoProfile::Suite)
            return exchange.json(objectOf({{u"user"_s, claims}}));
        const double id = toJsNumber(claims[u"sub"]);
        exchange.json(objectOf({{u"userId"_s, id > 0 ? JsValue(id) : claims[u"sub"]},
                                {u"email"_s, claims[u"email"]}}));
    }

    void logOut(Exchange &exchange) const
    {
        if (m_settings.denylist) {
            const JsValue claims = identify(exchange);
            if (claims.isUndefined())
                return refuse(exchange);
            m_state.revokedTokens.append(claims[u"jti"]);
            exchange.decide("jwt.PutOnDenyList",
                            u"The token's id is kept from now on: the store that tokens were to "
                            "save is back."_s);
        }
        endAnswer(exchange);
    }

    void logOutEverywhere(Exchange &exchange) const
    {
        if (m_settings.tokenVersion) {
            const JsValue claims = identify(exchange);
            if (claims.isUndefined())
                return refuse(exchange);
            ++m_state.tokenVersion;
            exchange.decide("jwt.VersionRaised",
                            u"The user's token version rises: every token issued before is "
                            "refused."_s);
        } else {
            exchange.decide("jwt.NotRevocable",
                            u"The server keeps nothing about its tokens, so they stay valid until "
                            "they run out."_s);
        }
        endAnswer(exchange);
    }

    JsValue identify(Exchange &exchange) const
    {
        const auto claims = checkToken(exchange, m_settings, m_state);
        if (!claims) {
            exchange.decide(claims.error().id, claims.error().sentence);
            return {};
        }
        if (m_settings.naive)
            exchange.decide(
                "jwt.Trusted",
                u"The naive verifier let the token's own header say how to check it."_s);
        else
            exchange.decide("jwt.Verified",
                            u"The signature belongs to these claims and the times are in order."_s);
        return *claims;
    }

    void refuse(Exchange &exchange) const
    {
        const auto claims = checkToken(exchange, m_settings, m_state);
        if (claims)
            return rt::refuse(exchange, 401, u"not logged in"_s);
        const TokenRefusal &refusal = claims.error();
        if (!m_settings.inCookie) // RFC 6750 §3
            exchange.set("WWW-Authenticate",
                         refusal.missing ? u"Bearer"_s : u"Bearer error=\"invalid_token\""_s);
        exchange.noteError(refusal.error.message);
        exchange.markRefused();
        exchange.status(401);
        exchange.json(objectOf({{u"error"_s, errorDetails(refusal.error)}}));
    }

private:
    /// The payload before jwt.sign adds its own claims.
    JsValue claimsOfUser() const
    {
        const JsValue user = demoUser();
        JsValue claims = objectOf({{u"sub"_s, JsValue(user[u"id"].asText())},
                                   {u"email"_s, user[u"email"]},
                                   {u"role"_s, user[u"role"]}});
        if (m_settings.tokenVersion)
            claims.insert(u"tokenVersion"_s, JsValue(m_state.tokenVersion));
        if (m_settings.jti)
            claims.insert(u"jti"_s, JsValue(u"jwt-%1"_s.arg(++m_state.tokenIds)));
        for (const auto &[name, value] : enumerableMembers(m_settings.claims))
            claims.insert(name, value);
        return claims;
    }

    tl::expected<QString, JwtError> issue(const JsValue &claims, qint64 now) const
    {
        if (const auto broken = badExpression(m_settings.signOptions))
            return tl::unexpected(*broken);
        return jwtSign(claims, m_settings.signKey, m_settings.signOptions, now);
    }

    void endAnswer(Exchange &exchange) const
    {
        JsValue options = m_settings.cookieOptions;
        options.remove(u"maxAge");
        options.remove(u"expires");
        if (m_settings.inCookie
            && threw(exchange, clearResponseCookie(exchange, m_settings.cookieName, options)))
            return;
        answerOk(exchange);
    }

    JwtSettings m_settings;
    LabState &m_state;
};

/// GET /lab/jwt/public-key: what a server that signs with a key pair shows to everybody.
void addPublicKey(Router &router, const JsValue &key)
{
    const auto pair = JwtKey::createPublicKey(key);
    if (!pair)
        return;
    router.add("GET", "/lab/jwt/public-key",
               [text = key.toString().toUtf8()](const ExchangePointer &exchange) {
                   exchange->type("txt");
                   exchange->send(text);
               });
}

} // namespace

AuthHandlers jwtHandlers(const JwtSettings &settings, LabState &state)
{
    const TokenLogin login(settings, state);
    AuthHandlers auth;
    auth.login = [login](const ExchangePointer &exchange, const Next &) { login.logIn(*exchange); };
    auth.me = [login](const ExchangePointer &exchange, const Next &) { login.answerMe(*exchange); };
    auth.logout
        = [login](const ExchangePointer &exchange, const Next &) { login.logOut(*exchange); };
    auth.logoutAll = [login](const ExchangePointer &exchange, const Next &) {
        login.logOutEverywhere(*exchange);
    };
    auth.identify = [login](Exchange &exchange) { return login.identify(exchange); };
    auth.refuse = [login](Exchange &exchange) { login.refuse(exchange); };
    if (settings.profile == DemoProfile::Demo)
        auth.addRoutes = [key = settings.verifyKey](Router &router) { addPublicKey(router, key); };
    return auth;
}

} // namespace rt
