// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "socketio/adapter.h"

namespace rt::socketio {

/// Chooses whom an emit reaches: `nsp.in("room").except("other").emitEvent(…)`. A value.
class BroadcastOperator
{
public:
    explicit BroadcastOperator(Namespace &nsp, BroadcastOptions options = {})
        : m_namespace(nsp), m_options(std::move(options))
    {
    }

    BroadcastOperator in(const QStringList &rooms) const;
    BroadcastOperator except(const QStringList &rooms) const;
    BroadcastOperator volatileOnly() const;
    BroadcastOperator local() const;

    void emitEvent(const QString &event, const QList<JsValue> &args = {}) const;
    /// `done` is called once: with all answers, or after `timeout` milliseconds with those that
    /// came.
    using Answers = std::function<void(bool timedOut, const QList<JsValue> &answers)>;
    void emitWithAck(const QString &event, const QList<JsValue> &args, int timeout,
                     const Answers &done) const;
    void fetchSockets(const Adapter::Fetched &fetched) const;
    void socketsJoin(const QStringList &rooms) const;
    void socketsLeave(const QStringList &rooms) const;
    void disconnectSockets(bool close = false) const;

private:
    Namespace &m_namespace;
    BroadcastOptions m_options;
};

} // namespace rt::socketio
