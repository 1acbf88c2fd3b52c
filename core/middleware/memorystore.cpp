// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/memorystore.h"

#include "middleware/sessioncookie.h"

namespace rt {

using namespace Qt::StringLiterals;

std::optional<JsValue> MemoryStore::get(const QString &id, double now)
{
    const auto found = m_sessions.constFind(id);
    if (found == m_sessions.constEnd())
        return std::nullopt;
    const auto parsed = parseJson(*found);
    const JsValue session
        = std::holds_alternative<JsValue>(parsed) ? std::get<JsValue>(parsed) : JsValue::object();
    const JsValue expires = session[u"cookie"][u"expires"];
    // new Date(text) <= now; a number compares as it is, and NaN is never less
    const double at = expires.isString()
        ? parseJsDate(expires.toString())
        : expires.toNumber(std::numeric_limits<double>::quiet_NaN());
    if ((expires.isString() || expires.isTruthy()) && at <= now) {
        m_sessions.remove(id);
        return std::nullopt;
    }
    return session;
}

void MemoryStore::set(const QString &id, const QByteArray &json)
{
    m_sessions.insert(id, json);
}

void MemoryStore::destroy(const QString &id)
{
    m_sessions.remove(id);
}

void MemoryStore::touch(const QString &id, const JsValue &cookie, double now)
{
    auto session = get(id, now);
    if (!session)
        return;
    session->insert(u"cookie"_s, cookie);
    set(id, toJson(*session));
}

} // namespace rt
