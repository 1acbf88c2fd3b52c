// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"
#include "capture/exchangerecord.h"

namespace rt::fixtures {

/// A clock that only moves when told.
class ManualClock final : public Clock
{
public:
    qint64 now() const override { return 1'700'000'000'000 + skippedMs + ns / 1'000'000; }
    qint64 monotonicNs() const override { return ns; }
    void pass(qint64 milliseconds) { ns += milliseconds * 1'000'000; }
    void skip(qint64 milliseconds) { skippedMs += milliseconds; }

    qint64 ns = 1'000'000'000;
    qint64 skippedMs = 0;
};

inline QByteArray wire(const RequestHead &head, const QByteArray &body = {})
{
    QByteArray bytes = head.method + ' ' + head.target + " HTTP/1.1\r\n";
    for (const HeaderField &field : head.headers)
        bytes += field.name + ": " + field.value + "\r\n";
    return bytes + "\r\n" + body;
}

inline QByteArray wire(const ResponseHead &head, const QByteArray &body = {})
{
    QByteArray bytes
        = "HTTP/1.1 " + QByteArray::number(head.status) + ' ' + head.reasonPhrase + "\r\n";
    for (const HeaderField &field : head.headers)
        bytes += field.name + ": " + field.value + "\r\n";
    return bytes + "\r\n" + body;
}

inline RequestHead request(const QByteArray &method, const QByteArray &target,
                           HeaderList headers = {})
{
    RequestHead head;
    head.method = method;
    head.target = target;
    head.headers = std::move(headers);
    return head;
}

inline ResponseHead response(int status, HeaderList headers = {}, const QByteArray &phrase = "OK")
{
    ResponseHead head;
    head.status = status;
    head.reasonPhrase = phrase;
    head.headers = std::move(headers);
    return head;
}

inline EndReport end(const RequestHead &asked, const ResponseHead &answered,
                     const QByteArray &body = {})
{
    EndReport report;
    report.startedNs = 1'000'000;
    report.requestSentNs = 1'100'000;
    report.firstByteNs = 2'000'000;
    report.finishedNs = 3'500'000;
    report.request = asked;
    report.response = answered;
    report.responseBody = body;
    report.requestBytes = wire(asked);
    report.responseBytes = wire(answered, body);
    return report;
}

inline ClientReport clientReport(const ExchangeKey &key, const EndReport &end, quint64 call = 0,
                                 const QByteArray &kind = "actual")
{
    ClientReport report;
    report.key = key;
    report.end = end;
    report.call = call;
    report.kind = kind;
    report.targetOrigin = "http://api.shop.test:8000";
    return report;
}

inline ServerReport serverReport(const ExchangeKey &key, const EndReport &end)
{
    ServerReport report;
    report.key = key;
    report.end = end;
    report.endedBy = "routes";
    report.executed = true;
    return report;
}

/// A whole exchange as both ends saw it.
inline ExchangeRecord exchange(quint64 id, const RequestHead &asked, const ResponseHead &answered,
                               const QByteArray &body = {})
{
    ExchangeRecord record;
    record.id = id;
    record.targetOrigin = "http://api.shop.test:8000";
    record.startedAt = 1'700'000'000'000 + qint64(id);
    record.t = double(id);
    const ExchangeKey key {40000, 8000, quint32(id)};
    record.client = clientReport(key, end(asked, answered, body));
    record.server = serverReport(key, end(asked, answered, body));
    return record;
}

} // namespace rt::fixtures
