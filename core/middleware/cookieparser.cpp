// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/cookieparser.h"

#include "express/exchange.h"
#include "http/cookie.h"
#include "http/cookiesignature.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// "j:" values that hold something become what they hold.
void readJsonCookies(JsValue &cookies)
{
    for (const auto &[name, value] : JsValue(cookies).members()) {
        if (const JsValue read = jsonCookie(value.toString()); read.isTruthy())
            cookies.insert(name, read);
    }
}

} // namespace

Result<std::shared_ptr<const Middleware>> CookieParser::create(const JsValue &options)
{
    const JsValue secret = options[u"secret"];
    QStringList secrets;
    for (const JsValue &one : secret.isArray() ? secret.items() : QList<JsValue> {secret}) {
        if (one.isTruthy() || secret.isArray())
            secrets.append(one.asText());
    }
    return std::make_shared<CookieParser>(secrets);
}

CookieParser::CookieParser(QStringList secrets) : m_secrets(std::move(secrets)) { }

void CookieParser::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    if (!exchange->cookies.isUndefined())
        return next();
    const QByteArray header = exchange->header("cookie").value_or(QByteArray());
    JsValue cookies = parseCookieHeader(header);
    exchange->signedCookies = JsValue::object();
    exchange->secret = m_secrets.isEmpty() ? JsValue() : JsValue(m_secrets.first());
    if (!header.isEmpty() && !m_secrets.isEmpty())
        exchange->signedCookies = takeSigned(cookies, *exchange);
    readJsonCookies(cookies);
    exchange->cookies = cookies;
    next();
}

JsValue CookieParser::takeSigned(JsValue &cookies, Exchange &exchange) const
{
    JsValue taken = JsValue::object();
    for (const auto &[name, value] : JsValue(cookies).members()) {
        const QString text = value.toString();
        if (!text.startsWith(u"s:"))
            continue;
        JsValue plain(false);
        for (const QString &secret : m_secrets) {
            if (const auto unsigned_ = unsignCookieValue(text.mid(2), secret)) {
                plain = JsValue(*unsigned_);
                break;
            }
        }
        if (!plain.isString())
            exchange.decide("cookies.BadSignature",
                            u"The signature of cookie %1 fits no secret."_s.arg(name));
        taken.insert(name, plain);
        cookies.remove(name);
    }
    readJsonCookies(taken);
    return taken;
}

} // namespace rt
