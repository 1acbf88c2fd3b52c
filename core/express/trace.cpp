// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/trace.h"

#include "base/clock.h"
#include "server/serverresponse.h"

#include <array>

namespace rt {

namespace {

struct RequestMember
{
    const char *name;
    JsValue Exchange::*member;
};

constexpr std::array requestMembers {
    RequestMember {"query", &Exchange::query},
    RequestMember {"queryPolluted", &Exchange::queryPolluted},
    RequestMember {"body", &Exchange::body},
    RequestMember {"bodyPolluted", &Exchange::bodyPolluted},
    RequestMember {"cookies", &Exchange::cookies},
    RequestMember {"signedCookies", &Exchange::signedCookies},
    RequestMember {"session", &Exchange::session},
    RequestMember {"user", &Exchange::user},
};

bool seenBefore(const HeaderList &list, int index)
{
    for (int i = 0; i < index; ++i) {
        if (equalsIgnoringCase(list.at(i).name, list.at(index).name))
            return true;
    }
    return false;
}

} // namespace

std::vector<HeaderChange> headerChanges(const HeaderList &before, const HeaderList &after)
{
    std::vector<HeaderChange> changes;
    for (int i = 0; i < before.size(); ++i) {
        const QByteArray &name = before.at(i).name;
        if (seenBefore(before, i) || after.contains(name))
            continue;
        changes.push_back(
            {HeaderChange::Kind::Removed, name, before.all(name).join(", "), QByteArray()});
    }
    for (int i = 0; i < after.size(); ++i) {
        const QByteArray &name = after.at(i).name;
        if (seenBefore(after, i))
            continue;
        const QByteArrayList old = before.all(name);
        const QByteArrayList now = after.all(name);
        if (old == now)
            continue;
        const auto kind = old.isEmpty() ? HeaderChange::Kind::Added : HeaderChange::Kind::Changed;
        changes.push_back({kind, name, old.join(", "), now.join(", ")});
    }
    return changes;
}

Exchange::Trace::Trace(Exchange &exchange, qint64 startedNs)
    : m_exchange(exchange), m_startedNs(startedNs)
{
}

void Exchange::Trace::enter(const QByteArray &name, const QByteArray &mountPath)
{
    StageRecord record;
    record.name = name;
    record.mountPath = mountPath;
    record.enteredNs = m_exchange.clock().monotonicNs() - m_startedNs;
    record.statusBefore = m_exchange.m_response.statusCode;
    m_headersBefore = m_exchange.m_response.headers();
    snapshotRequest();
    m_stages.push_back(std::move(record));
    m_running = m_deciding = static_cast<int>(m_stages.size()) - 1;
}

void Exchange::Trace::leave(const QString &failure)
{
    if (m_running < 0)
        return;
    StageRecord &running = record(m_running);
    if (!m_headersClosed)
        running.headerChanges = headerChanges(m_headersBefore, m_exchange.m_response.headers());
    running.leftNs = m_exchange.clock().monotonicNs() - m_startedNs;
    running.statusAfter = m_exchange.m_response.statusCode;
    noteRequestChanges(running);
    running.error = failure;
    m_running = -1;
}

void Exchange::Trace::decide(Decision decision)
{
    if (m_deciding >= 0)
        record(m_deciding).decisions.push_back(std::move(decision));
}

std::function<void()> Exchange::Trace::wrapped(Exchange &owner, std::function<void()> callback)
{
    // The response drops its callbacks before the exchange can go: a plain reference will do.
    return [this, &owner, callback = std::move(callback), stage = m_running] {
        closeHeaders();
        const HeaderList before = owner.response().headers();
        const int deciding = std::exchange(m_deciding, stage);
        const size_t decided = stage < 0 ? 0 : record(stage).decisions.size();
        const qint64 startedNs = owner.clock().monotonicNs();
        callback();
        const qint64 tookNs = owner.clock().monotonicNs() - startedNs;
        m_deciding = deciding;
        if (stage < 0)
            return;
        StageRecord &late = record(stage);
        late.lateNs += tookNs;
        late.lateDecisions += static_cast<int>(late.decisions.size() - decided);
        for (HeaderChange &change : headerChanges(before, owner.response().headers()))
            late.lateHeaderChanges.push_back(std::move(change));
    };
}

void Exchange::Trace::closeHeaders()
{
    if (std::exchange(m_headersClosed, true) || m_running < 0)
        return;
    StageRecord &running = record(m_running);
    running.headerChanges = headerChanges(m_headersBefore, m_exchange.m_response.headers());
    running.ended = true;
}

void Exchange::Trace::snapshotRequest()
{
    m_requestBefore.clear();
    for (const RequestMember &member : requestMembers)
        m_requestBefore.push_back(m_exchange.*member.member);
}

void Exchange::Trace::noteRequestChanges(StageRecord &record) const
{
    for (size_t i = 0; i < requestMembers.size(); ++i) {
        const JsValue &now = m_exchange.*requestMembers[i].member;
        const JsValue &before = m_requestBefore[i];
        if (now == before)
            continue;
        const QString name = QString::fromLatin1(requestMembers[i].name);
        record.requestChanges.insert(name, now);
        if (!before.isUndefined())
            record.requestBefore.insert(name, before);
    }
}

JsValue Exchange::Trace::handlerView() const
{
    JsValue view = JsValue::object();
    for (const RequestMember &member : requestMembers) {
        const JsValue &value = m_exchange.*member.member;
        if (!value.isUndefined())
            view.insert(QString::fromLatin1(member.name), value);
    }
    if (!error.isEmpty())
        view.insert(QStringLiteral("error"), JsValue(error));
    return view;
}

void Exchange::Trace::fill(ServerReport &report)
{
    leave({});
    report.handler = handlerView();
    report.executed = m_exchange.executed();
    for (const StageRecord &stage : m_stages) {
        if (stage.ended)
            report.endedBy = stage.name;
    }
    report.stages = std::move(m_stages);
}

} // namespace rt
