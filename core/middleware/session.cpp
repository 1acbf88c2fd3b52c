// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/session.h"

#include "express/exchange.h"
#include "express/target.h"
#include "server/serverresponse.h"

namespace rt {

using namespace Qt::StringLiterals;

Result<SessionSettings> SessionSettings::fromOptions(const JsValue &options)
{
    const auto flag = [&options](QStringView name) {
        return options[name].isUndefined() || options[name].isTruthy();
    };
    SessionSettings settings;
    const JsValue name = options[u"name"].isTruthy() ? options[u"name"] : options[u"key"];
    settings.name = name.isTruthy() ? name.asText() : u"connect.sid"_s;
    settings.cookie = options[u"cookie"].isTruthy() ? options[u"cookie"] : JsValue::object();
    settings.proxy = options[u"proxy"];
    settings.resave = flag(u"resave");
    settings.saveUninitialized = flag(u"saveUninitialized");
    settings.rolling = options[u"rolling"].isTruthy();
    const JsValue unset = options[u"unset"];
    if (unset.isTruthy() && unset != JsValue(u"destroy"_s) && unset != JsValue(u"keep"_s))
        return failure(u"unset option must be \"destroy\" or \"keep\""_s);
    settings.unsetDestroys = unset == JsValue(u"destroy"_s);
    const JsValue secret = options[u"secret"];
    if (secret.isArray() && secret.items().isEmpty())
        return failure(u"secret option array must contain one or more strings"_s);
    if (secret.isTruthy())
        settings.secrets = secret.isArray() ? secret.items() : QList<JsValue> {secret};
    return settings;
}

Result<std::shared_ptr<const Middleware>>
Session::create(const JsValue &options, MemoryStore &store, SessionRequest::GenerateId generateId)
{
    auto settings = SessionSettings::fromOptions(options);
    if (!settings)
        return tl::unexpected(settings.error());
    return std::make_shared<Session>(std::move(*settings), store, std::move(generateId));
}

Session::Session(SessionSettings settings, MemoryStore &store,
                 SessionRequest::GenerateId generateId)
    : m_settings(std::make_shared<SessionSettings>(std::move(settings))), m_store(store),
      m_generateId(std::move(generateId))
{
}

void Session::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    if (exchange->requestSession && exchange->requestSession->read().isTruthy())
        return next();
    QByteArray path = parseTarget(exchange->originalUrl).pathname.value_or(QByteArray());
    if (path.isEmpty())
        path = "/";
    const JsValue cookiePath = m_settings->cookie[u"path"];
    const QString prefix = cookiePath.isTruthy() ? cookiePath.asText() : u"/"_s;
    if (!QString::fromLatin1(path).startsWith(prefix)) {
        if (exchange->traced())
            exchange->decide(
                "session.PathMismatch",
                u"The cookie is for %1 only, so this path has no session."_s.arg(prefix));
        return next();
    }
    QList<JsValue> secrets = m_settings->secrets;
    if (secrets.isEmpty() && exchange->secret.isTruthy())
        secrets = {exchange->secret};
    if (secrets.isEmpty()) {
        ExpressError error;
        error.message = u"secret option required for sessions"_s;
        return next(error);
    }
    const SessionRequest::Surroundings around {*exchange, m_store, m_settings, m_generateId};
    const auto session = std::make_shared<SessionRequest>(around, std::move(secrets));
    exchange->requestSession = session;
    session->begin(next);
}

SessionRequest *Session::of(Exchange &exchange)
{
    return dynamic_cast<SessionRequest *>(exchange.requestSession.get());
}

} // namespace rt
