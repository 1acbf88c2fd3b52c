// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/connection.h"

#include "http/requestfault.h"

namespace rt {

// What a connection tells the observer of the wire.

ExchangeKey Connection::key() const
{
    return {m_peer.port, m_peer.localPort, m_sequence};
}

/// The first request begins behind the handshake, for its times and its time-outs.
void Connection::secured()
{
    const qint64 now = m_server.m_clock.monotonicNs();
    if (m_server.m_observer) {
        if (auto handshake = m_transport->tls()) {
            handshake->startedNs = m_messageStartedNs;
            handshake->finishedNs = now;
            m_tls = std::make_shared<const TlsHandshake>(std::move(*handshake));
        }
    }
    m_messageStartedNs = now;
}

std::unique_ptr<ServerResponse::Capture> Connection::makeCapture(const RequestHead &head)
{
    auto capture = std::make_unique<ServerResponse::Capture>();
    capture->report.key = key();
    capture->report.end.startedNs = m_messageStartedNs;
    capture->report.end.request = head;
    capture->report.end.tls = m_tls;
    m_server.m_observer->serverStarted(capture->report.key, head);
    return capture;
}

void Connection::reportFault(RequestFault fault, const QByteArray &raw, bool answered)
{
    const Decision decision {faultId(fault), faultSentence(fault)};
    if (m_reading) {
        // The head was fine: the exchange is there already.
        if (auto *capture = m_reading->capture()) {
            capture->report.end.requestBytes += raw;
            capture->report.decisions.push_back(decision);
            if (answered) {
                capture->report.end.responseBytes = faultAnswer(fault);
                capture->report.end.response.status = faultStatus(fault);
            }
        }
        return;
    }
    const qint64 now = m_server.m_clock.monotonicNs();
    ServerReport report;
    report.key = key();
    report.end.startedNs = m_messageStartedNs ? m_messageStartedNs : now;
    report.end.requestBytes = raw;
    report.end.tls = m_tls;
    report.end.requestSentNs = report.end.firstByteNs = report.end.finishedNs = now;
    report.end.aborted = !answered;
    if (answered) {
        report.end.responseBytes = faultAnswer(fault);
        report.end.response.status = faultStatus(fault);
    }
    report.decisions.push_back(decision);
    m_server.m_observer->serverStarted(report.key, report.end.request);
    m_server.m_observer->serverFinished(std::move(report));
}

} // namespace rt
