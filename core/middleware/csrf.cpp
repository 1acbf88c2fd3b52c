// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/csrf.h"

#include "base/hmac.h"
#include "express/exchange.h"
#include "express/requestsession.h"
#include "server/serverresponse.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

const QString member = u"csrfToken"_s;

bool isSafe(const QByteArray &method)
{
    return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE";
}

JsValue sessionOf(Exchange &exchange)
{
    return exchange.requestSession ? exchange.requestSession->read() : JsValue();
}

CsrfDecision decideCsrf(Exchange &exchange)
{
    if (isSafe(exchange.method()))
        return CsrfDecision::SafeMethod;
    const JsValue session = sessionOf(exchange);
    if (session.size() == 0)
        return CsrfDecision::NothingToProtect;
    const auto header = exchange.header("X-CSRF-Token");
    const JsValue field = exchange.body[u"_csrf"];
    if (!header && !field.isString())
        return CsrfDecision::Missing;
    const QByteArray given = header ? *header : field.toString().toUtf8();
    const QByteArray expected = session[member].toString().toUtf8();
    return !expected.isEmpty() && equalInConstantTime(given, expected) ? CsrfDecision::Valid
                                                                       : CsrfDecision::Wrong;
}

QString sentenceFor(CsrfDecision decision)
{
    switch (decision) {
    case CsrfDecision::SafeMethod:
        return u"The method changes nothing, so no token is asked for."_s;
    case CsrfDecision::NothingToProtect:
        return u"Nobody is logged in: there is nothing a forged request could use."_s;
    case CsrfDecision::Valid:
        return u"The token is that of the session: the sender could read it."_s;
    case CsrfDecision::Missing:
        return u"X-CSRF-Token is missing: any page could have sent this. Answered with 403."_s;
    case CsrfDecision::Wrong:
        return u"X-CSRF-Token is not that of the session. Answered with 403."_s;
    }
    Q_UNREACHABLE();
}

void answer(Exchange &exchange, const QString &name, const QString &text)
{
    JsValue body = JsValue::object();
    body.insert(name, JsValue(text));
    exchange.json(body);
}

} // namespace

QByteArray decisionId(CsrfDecision decision)
{
    switch (decision) {
    case CsrfDecision::SafeMethod:
        return "csrf.SafeMethod";
    case CsrfDecision::NothingToProtect:
        return "csrf.NothingToProtect";
    case CsrfDecision::Valid:
        return "csrf.Valid";
    case CsrfDecision::Missing:
        return "csrf.Missing";
    case CsrfDecision::Wrong:
        return "csrf.Wrong";
    }
    Q_UNREACHABLE();
}

Csrf::Csrf(GenerateToken generateToken) : m_generateToken(std::move(generateToken)) { }

void Csrf::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    const CsrfDecision decision = decideCsrf(*exchange);
    if (exchange->response().hasError())
        return;
    exchange->decide(decisionId(decision), sentenceFor(decision));
    if (decision == CsrfDecision::Missing || decision == CsrfDecision::Wrong) {
        exchange->status(403);
        return answer(*exchange, u"error"_s, u"invalid csrf token"_s);
    }
    if (exchange->method() == "GET" && exchange->path() == "/csrf-token")
        return answerToken(*exchange);
    next();
}

void Csrf::answerToken(Exchange &exchange) const
{
    QString token = sessionOf(exchange)[member].toString();
    if (token.isEmpty() && exchange.requestSession) {
        token = m_generateToken();
        exchange.requestSession->assign(member, JsValue(token));
    }
    answer(exchange, member, token);
}

} // namespace rt
