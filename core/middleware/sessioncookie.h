// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/thrown.h"

namespace rt {

/// Date.parse() of text that JSON.stringify made of a Date; NaN for other text.
double parseJsDate(const QString &text);

/// req.session.cookie of npm express-session 1.19: an object of its class Cookie, or whatever a
/// program put in its place.
class SessionCookie
{
public:
    /// new Cookie(options). `now`: milliseconds since the epoch.
    static OrThrown<SessionCookie> create(const JsValue &options, double now);
    /// The cookie of a stored session, as Store.createSession() builds it anew.
    static OrThrown<SessionCookie> restore(const JsValue &stored, double now);
    /// req.session.cookie = value
    static SessionCookie replaced(const JsValue &value);
    /// No cookie at all, as after new Cookie() has thrown.
    SessionCookie() = default;

    /// cookie[name] = value, with the setters of the class.
    OrThrown<void> set(const QString &name, const JsValue &value, double now);
    /// Object.assign(cookie, source)
    OrThrown<void> assign(const JsValue &source, double now);
    /// cookie.maxAge = cookie.originalMaxAge
    OrThrown<void> resetMaxAge(double now);

    /// Reads one member. Throws where JavaScript does: on null and undefined.
    OrThrown<JsValue> get(const QString &name) const;
    /// What Set-Cookie is made from; undefined when the class was replaced.
    JsValue data() const;
    /// As JSON.stringify sees it.
    JsValue toValue() const;

private:
    JsValue maxAge(double now) const;
    void setExpires(const JsValue &value, double now);

    /// Own members; `expires` of the class is the member `_expires`.
    JsValue m_own;
    /// Still of the class, so that setters and getters work.
    bool m_ofClass = false;
};

} // namespace rt
