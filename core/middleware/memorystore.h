// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <QHash>

#include <optional>

namespace rt {

/// MemoryStore of npm express-session 1.19: sessions as JSON text by their id. An expired session
/// is dropped when somebody asks for it.
class MemoryStore
{
public:
    /// The session with its member `cookie`, or nothing. `now`: milliseconds since the epoch.
    std::optional<JsValue> get(const QString &id, double now);
    void set(const QString &id, const QByteArray &json);
    void destroy(const QString &id);
    /// Replaces `cookie` of a stored session.
    void touch(const QString &id, const JsValue &cookie, double now);
    void clear() { m_sessions.clear(); }
    /// Ids of what is stored, expired or not.
    QStringList ids() const { return m_sessions.keys(); }

private:
    QHash<QString, QByteArray> m_sessions;
};

} // namespace rt
