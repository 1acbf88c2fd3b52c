// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "express/exchange.h"

#include <vector>

namespace rt {

struct Stage;

/// What the stages of one exchange did, written while it runs: header differences around each stage
/// and around its callback before the head is written. Exists only while somebody watches.
struct Exchange::Trace
{
    Trace(Exchange &exchange, qint64 startedNs);

    void enter(const QByteArray &name, const QByteArray &mountPath);
    /// The running stage passed on; `failure` is the error it passed, or empty.
    void leave(const QString &failure);
    void decide(Decision decision);
    /// `callback` (npm on-headers) with its changes booked on the stage that runs now.
    std::function<void()> wrapped(Exchange &owner, std::function<void()> callback);
    /// The head is about to be written: what follows is no longer the running stage's doing.
    void closeHeaders();
    void fill(ServerReport &report);

    QString error;

private:
    struct RequestView;
    StageRecord &record(int stage) { return m_stages[static_cast<size_t>(stage)]; }
    /// Members of req that stages change, by name.
    void noteRequestChanges(StageRecord &record) const;
    void snapshotRequest();
    JsValue handlerView() const;

    Exchange &m_exchange;
    qint64 m_startedNs = 0;
    std::vector<StageRecord> m_stages;
    int m_running = -1;
    /// Stage that decisions belong to; differs from m_running in callbacks.
    int m_deciding = -1;
    bool m_headersClosed = false;
    HeaderList m_headersBefore;
    std::vector<JsValue> m_requestBefore;
};

/// What turned the first list into the second; fields of one name are compared together.
std::vector<HeaderChange> headerChanges(const HeaderList &before, const HeaderList &after);

} // namespace rt
