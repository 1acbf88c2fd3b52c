// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/session.h"

#include "base/clock.h"
#include "base/jsobject.h"
#include "express/exchange.h"
#include "http/cookie.h"
#include "http/cookiesignature.h"
#include "server/immediate.h"
#include "server/serverresponse.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

const QStringList methods {u"touch"_s,  u"resetMaxAge"_s, u"save"_s,
                           u"reload"_s, u"destroy"_s,     u"regenerate"_s};

bool isInSession(const QString &name)
{
    return name == u"req" || name == u"id" || methods.contains(name) || isObjectPrototypeName(name);
}

QByteArray hashOf(const JsValue &members)
{
    return toJson(members);
}

std::optional<QString> unsignWith(const QString &signed_, const QList<JsValue> &secrets)
{
    for (const JsValue &secret : secrets) {
        if (const auto value = unsignCookieValue(signed_, secret.asText()))
            return value;
    }
    return std::nullopt;
}

} // namespace

QByteArray SessionRequest::Object::hash() const
{
    return hashOf(members);
}

QByteArray SessionRequest::Object::json() const
{
    JsValue all = JsValue::object();
    all.insert(u"cookie"_s, cookie.toValue());
    for (const auto &[name, value] : members.members())
        all.insert(name, value);
    return toJson(all);
}

SessionRequest::SessionRequest(Surroundings surroundings, QList<JsValue> secrets)
    : m_around(std::move(surroundings)), m_secrets(std::move(secrets))
{
}

double SessionRequest::now() const
{
    return static_cast<double>(m_around.exchange.clock().now());
}

void SessionRequest::decide(const char *id, const QString &sentence) const
{
    m_around.exchange.decide(QByteArray("session.") + id, sentence);
}

void SessionRequest::changed()
{
    if (!m_around.exchange.traced())
        return;
    JsValue all = m_session ? m_session->members : JsValue(nullptr);
    if (m_session && !m_session->cookie.toValue().isUndefined())
        all.insert(u"cookie"_s, m_session->cookie.toValue());
    m_around.exchange.session = all;
}

/// issecure()
bool SessionRequest::isSecure() const
{
    Exchange &exchange = m_around.exchange;
    const JsValue &proxy = m_around.settings->proxy;
    if (exchange.request().peer().encrypted)
        return true;
    if (proxy == JsValue(false))
        return false;
    if (proxy != JsValue(true))
        return exchange.secure();
    const QByteArray forwarded = exchange.header("X-Forwarded-Proto").value_or(QByteArray());
    return forwarded.split(',').first().toLower().trimmed() == "https";
}

/// getcookie()
QString SessionRequest::readId()
{
    Exchange &exchange = m_around.exchange;
    const QString &name = m_around.settings->name;
    const QString raw
        = parseCookieHeader(exchange.header("cookie").value_or(QByteArray()))[name].toString();
    std::optional<QString> id;
    if (raw.startsWith(u"s:"))
        id = unsignWith(raw.mid(2), m_secrets);
    if (id.value_or(QString()).isEmpty())
        id = exchange.signedCookies[name].toString();
    if (!id->isEmpty() || !exchange.traced())
        return *id;
    if (raw.isEmpty())
        decide("NoId", u"No cookie %1 came: a new session begins."_s.arg(name));
    else
        decide("BadSignature",
               u"No secret made the signature of %1: its id is not believed, and a new "
               "session begins."_s.arg(name));
    return *id;
}

void SessionRequest::begin(const Next &next)
{
    m_id = m_cookieId = readId();
    installHooks();
    if (m_id.isEmpty()) {
        const auto generated = generate();
        generated ? next() : next(generated.error());
        return;
    }
    // The store answers later, but it looks at once.
    const auto stored = m_around.store.get(m_id, now());
    setImmediate([this, exchange = m_around.exchange.shared_from_this(), stored, next] {
        restore(stored, next);
    });
}

void SessionRequest::restore(const std::optional<JsValue> &stored, const Next &next)
{
    if (!stored)
        decide("UnknownId",
               u"The store holds no session of this id (any more): a new one begins "
               "under a new id."_s);
    else
        decide("Found", u"The id is signed and the store holds its session."_s);
    const auto ready = stored ? inflate(*stored) : generate();
    ready ? next() : next(ready.error());
}

/// store.generate()
OrThrown<void> SessionRequest::replaceSession()
{
    m_id = m_around.generateId();
    m_session.emplace();
    m_session->id = m_id;
    const JsValue &options = m_around.settings->cookie;
    auto cookie = SessionCookie::create(options, now());
    if (!cookie)
        return tl::unexpected(cookie.error());
    m_session->cookie = std::move(*cookie);
    const bool secure = isSecure();
    if (options[u"secure"] == JsValue(u"auto"_s))
        (void)m_session->cookie.set(u"secure"_s, JsValue(secure), now());
    if (options[u"sameSite"] == JsValue(u"auto"_s))
        (void)m_session->cookie.set(u"sameSite"_s, JsValue(secure ? u"none"_s : u"lax"_s), now());
    changed();
    return {};
}

OrThrown<void> SessionRequest::generate()
{
    const auto replaced = replaceSession();
    m_originalId = m_id;
    m_originalHash = m_session->hash();
    m_session->wrapped = true;
    return replaced;
}

OrThrown<void> SessionRequest::inflate(const JsValue &stored)
{
    auto cookie = SessionCookie::restore(stored[u"cookie"], now());
    if (!cookie)
        return tl::unexpected(cookie.error());
    JsValue raw = stored;
    raw.remove(u"cookie");
    m_session.emplace();
    m_session->id = m_id;
    m_session->cookie = std::move(*cookie);
    for (const auto &[name, value] : raw.members()) {
        if (!isInSession(name))
            m_session->members.insert(name, value);
    }
    m_originalId = m_id;
    m_originalHash = hashOf(raw);
    if (!m_around.settings->resave)
        m_savedHash = m_originalHash;
    m_session->wrapped = true;
    changed();
    return {};
}

bool SessionRequest::isModified() const
{
    return m_originalId != m_session->id || m_originalHash != m_session->hash();
}

bool SessionRequest::isSaved() const
{
    return m_originalId == m_session->id && m_savedHash == m_session->hash();
}

bool SessionRequest::shouldSave() const
{
    const bool unknown
        = !m_around.settings->saveUninitialized && m_savedHash.isEmpty() && m_cookieId != m_id;
    return unknown ? isModified() : !isSaved();
}

bool SessionRequest::shouldTouch() const
{
    return m_cookieId == m_id && !shouldSave();
}

OrThrown<bool> SessionRequest::shouldSetCookie() const
{
    if (m_cookieId != m_id)
        return m_around.settings->saveUninitialized || isModified();
    if (m_around.settings->rolling)
        return true;
    const auto expires = m_session->cookie.get(u"expires"_s);
    if (!expires)
        return tl::unexpected(expires.error());
    return !expires->isNullish() && isModified();
}

OrThrown<void> SessionRequest::checkMethod(const QString &name) const
{
    if (!m_session)
        return typeError(u"Cannot read properties of undefined (reading '%1')"_s.arg(name));
    if (m_session->broken.contains(name))
        return typeError(u"req.session.%1 is not a function"_s.arg(name));
    return {};
}

OrThrown<void> SessionRequest::touch()
{
    if (std::exchange(m_touched, true))
        return {};
    for (const QString &method : {u"touch"_s, u"resetMaxAge"_s}) {
        if (const auto callable = checkMethod(method); !callable)
            return callable;
    }
    const auto reset = m_session->cookie.resetMaxAge(now());
    changed();
    return reset;
}

void SessionRequest::installHooks()
{
    Exchange &exchange = m_around.exchange;
    exchange.onHeaders([this, &exchange] {
        if (const auto done = beforeHeaders(); !done)
            exchange.raise(done.error());
    });
    exchange.response().setEndGate([this, &exchange] {
        const auto held = beforeEnd();
        if (!held)
            exchange.raise(held.error());
        return !held ? EndGate::Broken : *held ? EndGate::Hold : EndGate::Open;
    });
}

OrThrown<void> SessionRequest::beforeHeaders()
{
    if (!m_session)
        return {};
    const auto wanted = shouldSetCookie();
    if (!wanted)
        return tl::unexpected(wanted.error());
    if (!*wanted) {
        if (m_cookieId == m_id)
            decide("CookieKept", u"The browser has the id already, so no cookie is set."_s);
        return {};
    }
    const auto secure = m_session->cookie.get(u"secure"_s);
    if (!secure)
        return tl::unexpected(secure.error());
    if (secure->isTruthy() && !isSecure()) {
        decide("NotSecure",
               u"cookie.secure is on and the connection is not HTTPS: no cookie is sent, and no "
               "error."_s);
        return {};
    }
    return touch().and_then([this] { return setCookie(); });
}

/// setcookie()
OrThrown<void> SessionRequest::setCookie()
{
    const QString value = u"s:"_s + signCookieValue(m_id, m_secrets.first().asText());
    const auto line = serializeCookie(m_around.settings->name, value, m_session->cookie.data());
    Exchange &exchange = m_around.exchange;
    if (line) {
        exchange.appendCookie(*line);
        decide("CookieSet", u"The signed id goes out in %1."_s.arg(m_around.settings->name));
        return {};
    }
    decide("CookieInvalid",
           u"The cookie cannot be written (%1). The package notices too late for an error "
           "page: the connection is closed."_s.arg(faultSentence(line.error())));
    // The package passes the error on later; by then the final handler can only hang up, after what
    // was written has left.
    setImmediate([keep = exchange.shared_from_this()] {
        setImmediate([keep] { keep->response().destroy(); });
    });
    return {};
}

/// The package's res.end(): true when the answer has to wait for the store.
OrThrown<bool> SessionRequest::beforeEnd()
{
    MemoryStore &store = m_around.store;
    if (!m_session && m_around.settings->unsetDestroys && !m_id.isEmpty()) {
        store.destroy(m_id);
        return holdEnd("Destroyed", u"The session was unset, and unset says destroy."_s);
    }
    if (!m_session)
        return false;
    if (const auto touched = touch(); !touched)
        return tl::unexpected(touched.error());
    if (shouldSave()) {
        if (const auto callable = checkMethod(u"save"_s); !callable)
            return tl::unexpected(callable.error());
        store.set(m_session->id, m_session->json());
        return holdEnd("Saved", u"The session is written to the store before the answer ends."_s);
    }
    if (shouldTouch()) {
        store.touch(m_id, m_session->cookie.toValue(), now());
        return holdEnd("Touched", u"Nothing changed: only the expiry in the store starts anew."_s);
    }
    decide("NotSaved", u"A new session nobody wrote to is forgotten again."_s);
    return false;
}

bool SessionRequest::holdEnd(const char *id, const QString &sentence)
{
    decide(id, sentence);
    setImmediate(
        [exchange = m_around.exchange.shared_from_this()] { exchange->response().releaseEnd(); });
    return true;
}

JsValue SessionRequest::read()
{
    return m_session ? m_session->members : JsValue(nullptr);
}

JsValue SessionRequest::members() const
{
    return m_session ? m_session->members : JsValue::object();
}

void SessionRequest::assign(const QString &name, const JsValue &value)
{
    if (!m_session)
        return;
    JsValue source = JsValue::object();
    source.insert(name, value);
    if (const auto assigned = assignAll(source); !assigned)
        m_around.exchange.raise(assigned.error());
}

OrThrown<void> SessionRequest::assignAll(const JsValue &source)
{
    if (!m_session)
        return typeError(u"Cannot convert undefined or null to object"_s);
    OrThrown<void> result;
    for (const auto &[name, value] : enumerableMembers(source)) {
        const bool isWrapped = m_session->wrapped && (name == u"save" || name == u"reload");
        if (name == u"id" || name == u"req") {
            result = typeError(
                u"Cannot assign to read only property '%1' of object '#<Session>'"_s.arg(name));
            break;
        }
        if (name == u"__proto__") {
            if (value.isObject() || value.isArray() || value.isNull())
                m_session->broken = methods;
            continue;
        }
        if (methods.contains(name))
            m_session->broken.append(name);
        if (name == u"cookie")
            m_session->cookie = SessionCookie::replaced(value);
        else if (!isWrapped)
            m_session->members.insert(name, value);
    }
    changed();
    return result;
}

OrThrown<void> SessionRequest::assignCookie(const JsValue &source)
{
    if (!m_session)
        return typeError(u"Cannot read properties of undefined (reading 'cookie')"_s);
    const auto assigned = m_session->cookie.assign(source, now());
    changed();
    return assigned;
}

void SessionRequest::unset()
{
    m_session.reset();
    decide("Unset", u"req.session was set to null."_s);
    changed();
}

OrThrown<void> SessionRequest::regenerate(std::function<void()> done)
{
    if (const auto callable = checkMethod(u"regenerate"_s); !callable)
        return callable;
    m_around.store.destroy(m_id);
    setImmediate([this, exchange = m_around.exchange.shared_from_this(), done = std::move(done)] {
        if (const auto replaced = replaceSession(); !replaced)
            return exchange->raise(replaced.error());
        decide("Regenerated",
               u"The session has a new id: whoever planted the old one has nothing."_s);
        done();
    });
    return {};
}

OrThrown<void> SessionRequest::destroy(std::function<void()> done)
{
    if (const auto callable = checkMethod(u"destroy"_s); !callable)
        return callable;
    m_session.reset();
    m_around.store.destroy(m_id);
    decide("Destroyed", u"The session is gone from the store: its id opens nothing any more."_s);
    changed();
    setImmediate(std::move(done));
    return {};
}

} // namespace rt
