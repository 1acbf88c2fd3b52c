// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/cookiesession.h"

#include "base/buffercodec.h"
#include "base/jsobject.h"
#include "express/exchange.h"
#include "middleware/bodytext.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// Members of the class Session that cannot be assigned.
bool isGetter(const QString &name)
{
    return name == u"isChanged" || name == u"isNew" || name == u"isPopulated";
}

bool isInSession(const QString &name)
{
    return isGetter(name) || name == u"_ctx" || isObjectPrototypeName(name);
}

QString nameOf(const JsValue &options)
{
    return options[u"name"].isTruthy() ? options[u"name"].asText() : u"session"_s;
}

} // namespace

CookieSessionObject CookieSessionObject::create(const JsValue &source)
{
    CookieSessionObject object;
    for (const auto &[name, value] : enumerableMembers(source)) {
        if (!isInSession(name))
            object.members.insert(name, value);
    }
    return object;
}

OrThrown<void> CookieSessionObject::assign(const JsValue &source)
{
    for (const auto &[name, value] : enumerableMembers(source)) {
        if (name == u"_ctx")
            return typeError(
                u"Cannot assign to read only property '_ctx' of object '#<Session>'"_s);
        if (isGetter(name) && !prototype)
            return typeError(
                u"Cannot set property %1 of #<Session> which has only a getter"_s.arg(name));
        const bool isObject = value.isObject() || value.isArray() || value.isNull();
        if (name != u"__proto__")
            members.insert(name, value);
        else if (isObject)
            prototype = value;
    }
    return {};
}

JsValue CookieSessionObject::inherited(const QString &name) const
{
    return members.contains(name) ? members[name] : (*prototype)[name];
}

JsValue CookieSessionObject::isNew() const
{
    return prototype ? inherited(u"isNew"_s) : JsValue(fresh);
}

JsValue CookieSessionObject::isPopulated() const
{
    return prototype ? inherited(u"isPopulated"_s) : JsValue(members.size() > 0);
}

JsValue CookieSessionObject::isChanged() const
{
    return prototype ? inherited(u"isChanged"_s) : JsValue(fresh || received != serialized());
}

QString CookieSessionObject::serialized() const
{
    return QString::fromLatin1(toJson(members).toBase64());
}

CookieSessionRequest::CookieSessionRequest(Exchange &exchange, JsValue options, const JsValue &keys)
    : m_exchange(exchange), m_options(std::move(options)), m_cookies(exchange, keys)
{
}

JsValue CookieSessionRequest::read()
{
    const auto object = get();
    if (!object) {
        m_exchange.raise(object.error());
        return {};
    }
    return *object ? (*object)->members : JsValue(nullptr);
}

void CookieSessionRequest::assign(const QString &name, const JsValue &value)
{
    const auto object = get();
    if (!object)
        return m_exchange.raise(object.error());
    if (!*object)
        return;
    JsValue source = JsValue::object();
    source.insert(name, value);
    if (const auto assigned = (*object)->assign(source); !assigned)
        m_exchange.raise(assigned.error());
    changed();
}

OrThrown<CookieSessionObject *> CookieSessionRequest::get()
{
    if (m_state == State::Untouched) {
        if (const auto loaded = load(); !loaded)
            return tl::unexpected(loaded.error());
        m_state = State::Present;
        changed();
    }
    return m_state == State::Present ? &m_object : nullptr;
}

OrThrown<void> CookieSessionRequest::load()
{
    const JsValue name = m_options[u"name"].isTruthy() ? m_options[u"name"] : JsValue(u"session"_s);
    const auto read = m_cookies.get(name, effectiveOptions());
    if (!read)
        return tl::unexpected(read.error());
    m_object = {};
    if (read->value && !read->value->isEmpty()) {
        const QString text = decodeUtf8(base64Bytes(*read->value));
        const auto parsed = parseJson(QStringView(text));
        if (const auto *value = std::get_if<JsValue>(&parsed)) {
            m_object = CookieSessionObject::create(value->isTruthy() ? *value : JsValue());
            m_object.fresh = false;
            m_object.received = *read->value;
        }
    }
    decideReading(read->reading, !m_object.fresh);
    return {};
}

void CookieSessionRequest::decideReading(CookieReading reading, bool readable) const
{
    if (!m_exchange.traced())
        return;
    const QString name = nameOf(m_options);
    const auto decide = [this](const char *id, const QString &sentence) {
        m_exchange.decide(QByteArray("cookieSession.") + id, sentence);
    };
    switch (reading) {
    case CookieReading::Absent:
        return decide("New", u"No cookie %1 came, so the session starts empty."_s.arg(name));
    case CookieReading::NoSignature:
        return decide("NoSignature",
                      u"%1.sig is missing: without its signature the cookie counts for "
                      "nothing, and the session starts empty."_s.arg(name));
    case CookieReading::BadSignature:
        return decide(
            "BadSignature",
            u"No key made this signature: %1 was changed, or its key is gone. The session "
            "starts empty and %1.sig is expired."_s.arg(name));
    case CookieReading::Unsigned:
        decide("Unsigned", u"Signing is off, so %1 is believed as it came."_s.arg(name));
        break;
    case CookieReading::Verified:
        decide("Verified", u"The first key made this signature: %1 is as it was sent."_s.arg(name));
        break;
    case CookieReading::Resigned:
        decide("Resigned",
               u"An older key made this signature: it is accepted, and %1.sig is made "
               "anew with the first key."_s.arg(name));
        break;
    }
    if (!readable)
        decide("Unreadable",
               u"The content of %1 is no JSON in base64, so the session starts empty."_s.arg(name));
}

OrThrown<void> CookieSessionRequest::set(const JsValue &value)
{
    if (value.isNullish()) {
        m_state = State::Unset;
    } else if (value.isString() || value.isNumber() || value.isBoolean()) {
        return thrown(u"req.session can only be set as null or an object."_s);
    } else {
        m_object = CookieSessionObject::create(value);
        m_state = State::Present;
    }
    changed();
    return {};
}

void CookieSessionRequest::changed()
{
    if (m_exchange.traced())
        m_exchange.session = m_state == State::Present ? m_object.members : JsValue(nullptr);
}

void CookieSessionRequest::assignOptions(const JsValue &source)
{
    for (const auto &[name, value] : enumerableMembers(source))
        m_ownOptions.insert(name, value);
}

/// Object.create(options) as `for … in` goes through it: own members first.
JsValue CookieSessionRequest::effectiveOptions() const
{
    JsValue all = m_ownOptions;
    for (const auto &[name, value] : m_options.members()) {
        if (!m_ownOptions.contains(name))
            all.insert(name, value);
    }
    return all;
}

void CookieSessionRequest::write()
{
    const auto decide = [this](const char *id, const QString &sentence) {
        m_exchange.decide(QByteArray("cookieSession.") + id, sentence);
    };
    if (m_state == State::Untouched)
        return;
    if (m_state == State::Present) {
        if (m_object.isNew().isTruthy() && !m_object.isPopulated().isTruthy())
            return decide("NotSavedEmpty", u"A new session without content is not saved."_s);
        if (!m_object.isChanged().isTruthy())
            return decide(
                "Unchanged",
                u"The session is as it came, so no cookie is set: its lifetime goes on."_s);
    }
    const auto saved = save();
    if (!m_exchange.traced())
        return;
    if (!saved && saved.error().message.contains(u"over unencrypted connection"))
        decide("NotSavedInsecure",
               u"secure is on and the connection is not HTTPS: no cookie is sent, and no error."_s);
    else if (!saved)
        decide("NotSaved",
               u"The cookie could not be written (%1). The package keeps silent about it."_s.arg(
                   saved.error().message));
    else if (m_state == State::Unset)
        decide("Removed", u"The session was set to null: both cookies are expired."_s);
    else
        decide("Saved", u"The session changed, so the whole of it goes into the cookie again."_s);
}

OrThrown<void> CookieSessionRequest::save()
{
    const QString value = m_state == State::Unset ? QString() : m_object.serialized();
    return m_cookies.set(nameOf(m_options), value, effectiveOptions());
}

Result<std::shared_ptr<const Middleware>> CookieSession::create(const JsValue &options)
{
    JsValue all = options.isObject() ? options : JsValue::object();
    JsValue keys = all[u"keys"];
    if (!keys.isTruthy() && all[u"secret"].isTruthy())
        keys = JsValue::array({all[u"secret"]});
    for (const char16_t *key : {u"overwrite", u"httpOnly", u"signed"}) {
        const QString name = QString::fromUtf16(key);
        if (all[name].isNullish())
            all.insert(name, JsValue(true));
    }
    if (!keys.isTruthy() && all[u"signed"].isTruthy())
        return failure(u".keys required."_s);
    return std::make_shared<CookieSession>(all, keys);
}

CookieSession::CookieSession(JsValue options, JsValue keys)
    : m_options(std::move(options)), m_keys(std::move(keys))
{
}

void CookieSession::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    if (m_keys.isArray() && m_keys.items().isEmpty()) {
        ExpressError error;
        error.message = u"Keys must be provided."_s;
        return next(error);
    }
    const auto session = std::make_shared<CookieSessionRequest>(*exchange, m_options, m_keys);
    exchange->requestSession = session;
    exchange->onHeaders([request = session.get()] { request->write(); });
    next();
}

CookieSessionRequest *CookieSession::of(Exchange &exchange)
{
    return dynamic_cast<CookieSessionRequest *>(exchange.requestSession.get());
}

} // namespace rt
