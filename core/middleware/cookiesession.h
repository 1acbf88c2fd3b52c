// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "express/requestsession.h"
#include "express/thrown.h"
#include "middleware/npmcookies.h"

#include <memory>
#include <optional>

namespace rt {

/// The object req.session of npm cookie-session: members of its own, and what the package keeps
/// beside them.
struct CookieSessionObject
{
    /// new Session(context, source): members that the class has already are left out.
    static CookieSessionObject create(const JsValue &source);

    /// Object.assign(req.session, source); members assigned before an error stay.
    OrThrown<void> assign(const JsValue &source);
    JsValue isNew() const;
    JsValue isPopulated() const;
    JsValue isChanged() const;
    /// Base64 of the members as JSON.
    QString serialized() const;

    JsValue members = JsValue::object();
    /// False once it came out of a cookie.
    bool fresh = true;
    /// The cookie's value it was read from.
    QString received;
    /// Set by assigning `__proto__`: the getters of the class are gone then.
    std::optional<JsValue> prototype;

private:
    JsValue inherited(const QString &name) const;
};

/// req.session and req.sessionOptions of one request under npm cookie-session 2.1.
class CookieSessionRequest final : public RequestSession
{
public:
    /// `exchange` must outlive this, which is why it owns it.
    CookieSessionRequest(Exchange &exchange, JsValue options, const JsValue &keys);

    JsValue read() override;
    void assign(const QString &name, const JsValue &value) override;

    /// The getter: nullptr when the session was unset. Reads the cookie on first use, which may
    /// throw and may set cookies.
    OrThrown<CookieSessionObject *> get();
    /// The setter: null or undefined unsets, an object or a list replaces, all else throws.
    OrThrown<void> set(const JsValue &value);
    /// To be called after changing the object: lets the record follow.
    void changed();
    /// Object.assign(req.sessionOptions, source)
    void assignOptions(const JsValue &source);
    /// Just before the head is written: saves or removes the cookie.
    void write();

private:
    enum class State { Untouched, Unset, Present };
    JsValue effectiveOptions() const;
    OrThrown<void> load();
    void decideReading(CookieReading reading, bool readable) const;
    OrThrown<void> save();

    Exchange &m_exchange;
    JsValue m_options;
    JsValue m_ownOptions = JsValue::object();
    Cookies m_cookies;
    State m_state = State::Untouched;
    CookieSessionObject m_object;
};

/// npm cookie-session 2.1: the whole session lives in a cookie, signed but not encrypted. Faults
/// while saving are swallowed, as the package does: then there is no cookie and no error.
class CookieSession final : public Middleware
{
public:
    /// The error is what the package throws at start: ".keys required."
    static Result<std::shared_ptr<const Middleware>> create(const JsValue &options);
    CookieSession(JsValue options, JsValue keys);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

    /// The session of a request that went through this middleware; nullptr without.
    static CookieSessionRequest *of(Exchange &exchange);

private:
    JsValue m_options;
    JsValue m_keys;
};

} // namespace rt
