// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "express/requestsession.h"
#include "express/thrown.h"
#include "middleware/memorystore.h"
#include "middleware/sessioncookie.h"

#include <functional>
#include <memory>
#include <optional>

namespace rt {

class Exchange;

/// Options of npm express-session 1.19 as the middleware uses them.
struct SessionSettings
{
    /// The errors are those the package throws at start.
    static Result<SessionSettings> fromOptions(const JsValue &options);

    QString name;
    /// The option `cookie` as it is.
    JsValue cookie;
    /// Empty: cookie-parser's secret is used.
    QList<JsValue> secrets;
    /// The option `proxy`: true trusts X-Forwarded-Proto, false never, undefined asks Express.
    JsValue proxy;
    bool resave = true;
    bool saveUninitialized = true;
    bool rolling = false;
    bool unsetDestroys = false;
};

/// req.session of one request under npm express-session 1.19: reads the id, fetches the session,
/// decides on saving and on Set-Cookie. The pure decisions are those of the package's inner
/// functions, by name.
class SessionRequest final : public RequestSession
{
public:
    using GenerateId = std::function<QString()>;
    struct Surroundings
    {
        /// Both must outlive the request.
        Exchange &exchange;
        MemoryStore &store;
        std::shared_ptr<const SessionSettings> settings;
        GenerateId generateId;
    };
    SessionRequest(Surroundings surroundings, QList<JsValue> secrets);

    /// Finds or begins the session, then calls `next`, later where the package does.
    void begin(const Next &next);

    JsValue read() override;
    void assign(const QString &name, const JsValue &value) override;

    bool exists() const { return m_session.has_value(); }
    /// req.sessionID; empty when there is none.
    QString id() const { return m_id; }
    /// Members without `cookie`.
    JsValue members() const;
    const SessionCookie &cookie() const { return m_session->cookie; }
    /// Object.assign(req.session, source) and Object.assign(req.session.cookie, source). Throw
    /// without a session.
    OrThrown<void> assignAll(const JsValue &source);
    OrThrown<void> assignCookie(const JsValue &source);
    /// req.session = null
    void unset();
    /// req.session.regenerate(): a new id and an empty session; `done` runs later.
    OrThrown<void> regenerate(std::function<void()> done);
    /// req.session.destroy(): gone from the store; `done` runs later.
    OrThrown<void> destroy(std::function<void()> done);

private:
    struct Object
    {
        QString id;
        JsValue members = JsValue::object();
        SessionCookie cookie;
        /// Methods that were overwritten by something that cannot be called.
        QStringList broken;
        /// The middleware has put its own save() and reload() over those of the class.
        bool wrapped = false;
        QByteArray hash() const;
        QByteArray json() const;
    };

    double now() const;
    bool isSecure() const;
    void decide(const char *id, const QString &sentence) const;
    void changed();
    OrThrown<void> checkMethod(const QString &name) const;
    QString readId();
    OrThrown<void> replaceSession();
    OrThrown<void> generate();
    void restore(const std::optional<JsValue> &stored, const Next &next);
    OrThrown<void> inflate(const JsValue &stored);
    bool isModified() const;
    bool isSaved() const;
    bool shouldSave() const;
    bool shouldTouch() const;
    OrThrown<bool> shouldSetCookie() const;
    OrThrown<void> touch();
    OrThrown<void> beforeHeaders();
    OrThrown<bool> beforeEnd();
    bool holdEnd(const char *id, const QString &sentence);
    OrThrown<void> setCookie();
    void installHooks();

    Surroundings m_around;
    QList<JsValue> m_secrets;
    QString m_id;
    /// The id the request's cookie brought; empty when none did.
    QString m_cookieId;
    std::optional<Object> m_session;
    QString m_originalId;
    QByteArray m_originalHash;
    /// Empty where the package has none.
    QByteArray m_savedHash;
    bool m_touched = false;
};

/// npm express-session 1.19 with its MemoryStore: the session stays at the server, a signed id
/// travels in a cookie.
class Session final : public Middleware
{
public:
    /// `store` must outlive the middleware; `generateId` is the option genid.
    static Result<std::shared_ptr<const Middleware>>
    create(const JsValue &options, MemoryStore &store, SessionRequest::GenerateId generateId);
    Session(SessionSettings settings, MemoryStore &store, SessionRequest::GenerateId generateId);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

    /// The session of a request that went through this middleware; nullptr where it stood aside.
    static SessionRequest *of(Exchange &exchange);

private:
    std::shared_ptr<const SessionSettings> m_settings;
    MemoryStore &m_store;
    SessionRequest::GenerateId m_generateId;
};

} // namespace rt
