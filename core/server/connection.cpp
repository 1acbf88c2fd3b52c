// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/connection.h"

#include "http/requestfault.h"
#include "server/responsehead.h"

#include <QMetaObject>

#include <algorithm>
#include <utility>

namespace rt {

namespace {

/// A client that sends requests and reads no answers is not read from either beyond this.
constexpr qint64 outputLimit = 65536;
constexpr size_t pipelineLimit = 256;
/// Body bytes that may wait for a handler that does not read (Node: 16 KiB per stream and socket).
constexpr qsizetype bodyLimit = 65536;

} // namespace

Connection::Connection(std::unique_ptr<PeerTransport> transport, HttpServer &server)
    : QObject(&server), m_server(server), m_transport(std::move(transport)),
      m_peer(m_transport->peer()), m_messageStartedNs(server.m_clock.monotonicNs())
{
    m_transport->start(*this);
}

Connection::~Connection() = default;

void Connection::received(QByteArrayView bytes)
{
    if (m_gone || m_closing)
        return;
    if (m_messageStartedNs == 0)
        m_messageStartedNs = m_server.m_clock.monotonicNs();
    m_idleSinceNs = 0;
    m_inBatch = true;
    if (m_reading)
        m_reading->request().hold();
    process(m_parser.feed(bytes));
    runTick();
    m_inBatch = false;
}

/// What Node leaves to process.nextTick: handlers get their bodies, corked output leaves, finished
/// answers make room. A fault in the same bytes comes before that.
void Connection::runTick()
{
    auto waiting = std::vector(m_queue.begin(), m_queue.end());
    if (m_reading && std::find(waiting.begin(), waiting.end(), m_reading) == waiting.end())
        waiting.push_back(m_reading);
    for (const auto &response : waiting) {
        if (m_gone || m_closing)
            return;
        response->request().release();
    }
    // What handlers write from here on leaves with a later turn.
    m_inBatch = false;
    flush();
    m_inBatch = true;
    if (m_reading && !m_gone)
        m_reading->request().hold();
}

void Connection::process(const std::vector<RequestEvent> &events)
{
    for (const RequestEvent &event : events) {
        if (m_gone || m_closing)
            return;
        std::visit([this](const auto &e) { handle(e); }, event);
    }
}

void Connection::handle(const RequestHeadEvent &event)
{
    if (!event.upgrade) {
        begin(event);
        return;
    }
    const bool isConnect = event.head.method == "CONNECT";
    if (isConnect || !m_server.m_upgradeListeners.empty()) {
        upgrade(event);
        return;
    }
    begin(event);
    process(m_parser.declineUpgrade());
}

/// lib/_http_server.js, parserOnIncoming()
void Connection::begin(const RequestHeadEvent &event)
{
    const auto &timeouts = m_server.m_timeouts;
    const int seconds = static_cast<int>(timeouts.keepAlive.count() / 1000);
    auto response = std::make_shared<ServerResponse>(
        event.head, m_peer, ServerResponse::Persistence {event.keepAlive, seconds}, *this);
    if (m_server.m_observer) {
        response->observe(makeCapture(event.head));
        response->capture()->report.end.requestBytes = event.raw;
    }
    ++m_sequence;
    response->request().setDrained([this] { updateFlow(); });
    response->request().hold();
    if (m_server.isStopping())
        response->dropKeepAlive();
    m_queue.push_back(response);
    m_reading = response;
    if (m_queue.size() == 1)
        response->takeTurn();
    if (event.missingHost) {
        response->writeHead(400, {{"Connection", "close"}});
        response->end();
        return;
    }
    if (answerExpectation(*response))
        offer(*response);
}

bool Connection::answerExpectation(ServerResponse &response)
{
    if (response.request().head().version != HttpVersion {1, 1})
        return true;
    const auto expect = response.request().header("Expect");
    if (!expect)
        return true;
    if (containsWord(*expect, "100-continue")) {
        const bool corked = m_uncorked < m_output.size();
        response.expectContinue();
        response.writeContinue();
        if (!corked)
            m_uncorked = m_output.size();
        return true;
    }
    response.writeHead(417);
    response.end();
    return false;
}

void Connection::offer(ServerResponse &response)
{
    if (m_server.dispatch(response))
        return;
    // Nobody listens: Node leaves such a request open; an answer is kinder than a hanging client.
    response.statusCode = 404;
    response.end();
}

void Connection::handle(const BodyEvent &event)
{
    if (!m_reading)
        return;
    if (auto *capture = m_reading->capture()) {
        capture->report.end.requestBytes += event.raw;
        capture->report.end.requestBody += event.data;
    }
    m_reading->request().push(event.data);
    // Node's parser calls back from outside of JavaScript here, so a tick follows; TLS data comes
    // to it through JavaScript.
    if (!m_peer.encrypted)
        runTick();
}

void Connection::handle(const MessageEndEvent &event)
{
    m_messageStartedNs = 0;
    const auto response = std::exchange(m_reading, nullptr);
    if (!response)
        return;
    if (auto *capture = response->capture()) {
        capture->report.end.requestBytes += event.raw;
        capture->report.end.requestSentNs = m_server.m_clock.monotonicNs();
    }
    response->request().pushEnd(event.trailers);
    settle(response);
}

void Connection::handle(const RequestFaultEvent &event)
{
    refuse(event.fault, event.raw);
}

/// lib/_http_server.js, socketOnError(): an answer only if none has begun on the wire.
void Connection::refuse(RequestFault fault, const QByteArray &raw)
{
    const bool answers = m_queue.empty() || !m_queue.front()->headersSent();
    if (m_server.m_observer)
        reportFault(fault, raw, answers);
    m_output.truncate(m_uncorked);
    sendOutput();
    if (m_gone)
        return;
    if (answers)
        m_transport->write(faultAnswer(fault));
    closeAfterOutput();
}

void Connection::ended()
{
    if (m_gone || m_closing)
        return;
    // The tick after the last bytes comes before their end.
    flush();
    process(m_parser.finish());
    if (!m_gone && !m_closing) {
        sendOutput();
        closeAfterOutput();
    }
}

void Connection::upgrade(const RequestHeadEvent &event)
{
    flush();
    UpgradeRequest request {event.head,          m_peer,  nullptr,
                            m_parser.takeRest(), nullptr, m_server.m_observer};
    if (m_server.m_observer) {
        auto capture = makeCapture(event.head);
        capture->report.event = "upgrade";
        capture->report.end.requestBytes = event.raw;
        request.report = std::make_unique<ServerReport>(std::move(capture->report));
    }
    request.transport = std::move(m_transport);
    m_gone = true;
    const bool taken = m_server.dispatchUpgrade(request);
    // Its notifiers may be what brought us here: what is left of it goes with this connection,
    // later.
    if (request.transport)
        m_transport = std::move(request.transport);
    if (!taken)
        m_transport->abort();
    finishTeardown();
}

void Connection::write(ServerResponse &response, const QByteArray &bytes)
{
    if (m_gone || m_closing)
        return;
    if (auto *capture = response.capture()) {
        EndReport &end = capture->report.end;
        if (end.firstByteNs == 0)
            end.firstByteNs = m_server.m_clock.monotonicNs();
        end.responseBytes += bytes;
    }
    if (m_output.isEmpty())
        m_output = bytes;
    else
        m_output += bytes;
    scheduleFlush();
}

qint64 Connection::bytesWaiting() const
{
    return m_output.size() + (m_transport ? m_transport->bytesToWrite() : 0);
}

void Connection::responseEnded(ServerResponse &response)
{
    Q_UNUSED(response)
    m_uncorked = m_output.size();
    scheduleFlush();
}

QByteArray Connection::date()
{
    return m_server.date();
}

void Connection::scheduleFlush()
{
    if (m_inBatch || m_gone || std::exchange(m_flushScheduled, true))
        return;
    // As Node corks its socket until the next tick: writes of one turn leave together.
    QMetaObject::invokeMethod(this, &Connection::flush, Qt::QueuedConnection);
}

void Connection::sendOutput()
{
    m_uncorked = 0;
    if (!m_output.isEmpty())
        m_transport->write(std::exchange(m_output, {}));
}

void Connection::flush()
{
    m_flushScheduled = false;
    while (!m_gone && !m_closing) {
        sendOutput();
        if (!completeFront())
            break;
    }
    if (m_gone || m_closing)
        return;
    if (!m_queue.empty() && bytesWaiting() == 0)
        m_queue.front()->drained();
    updateFlow();
}

/// lib/_http_server.js, resOnFinish(). False when there is nothing more to write now.
bool Connection::completeFront()
{
    if (m_queue.empty() || !m_queue.front()->ended())
        return false;
    const auto response = m_queue.front();
    m_queue.pop_front();
    IncomingMessage &request = response->request();
    response->finished();
    if (m_gone)
        return false;
    settle(response);
    if (response->isLast() || (m_stopWhenIdle && m_queue.empty() && !m_reading)) {
        closeAfterOutput();
        return false;
    }
    // What the handler did not read must not stand before the next request.
    if (!request.ended())
        request.resume();
    if (!m_queue.empty()) {
        m_queue.front()->takeTurn();
        return true;
    }
    m_idleSinceNs = m_server.m_clock.monotonicNs();
    return !m_output.isEmpty();
}

/// Hands out the report once the answer is out and the request is in.
void Connection::settle(const std::shared_ptr<ServerResponse> &response)
{
    const bool requestOver = response->request().complete() || response->request().aborted();
    if (!response->closed() || !(requestOver || m_gone || response->isLast()))
        return;
    if (auto *capture = response->capture(); capture && m_server.m_observer) {
        capture->report.end.finishedNs = m_server.m_clock.monotonicNs();
        capture->report.end.aborted = response->aborted();
        response->report(capture->report);
        m_server.m_observer->serverFinished(std::move(capture->report));
        response->observe(nullptr);
    }
    response->request().setDrained(nullptr);
}

void Connection::updateFlow()
{
    if (m_gone || m_closing)
        return;
    const bool bodyWaits = m_reading && m_reading->request().buffered() > bodyLimit;
    const bool paused = bodyWaits || bytesWaiting() > outputLimit || m_queue.size() > pipelineLimit;
    if (std::exchange(m_paused, paused) != paused)
        m_transport->setReading(!paused);
}

void Connection::checkTimeouts(qint64 nowNs, const ServerTimeouts &timeouts)
{
    if (m_gone || m_closing)
        return;
    const auto passed = [nowNs](qint64 since, std::chrono::milliseconds limit) {
        return limit.count() > 0 && nowNs - since > limit.count() * 1000000;
    };
    if (m_idleSinceNs != 0 && m_queue.empty() && !m_reading && m_parser.isIdle()) {
        if (passed(m_idleSinceNs, timeouts.keepAlive + timeouts.keepAliveGrace))
            closeAfterOutput();
        return;
    }
    if (m_messageStartedNs == 0)
        return;
    const bool inHead = !m_reading;
    if (inHead && passed(m_messageStartedNs, timeouts.headers))
        refuse(RequestFault::HeadTimeout, {});
    else if (passed(m_messageStartedNs, timeouts.request))
        refuse(RequestFault::RequestTimeout, {});
}

void Connection::closeWhenIdle()
{
    m_stopWhenIdle = true;
    for (const auto &response : m_queue)
        response->dropKeepAlive();
    if (m_queue.empty() && !m_reading)
        closeAfterOutput();
}

/// socket.destroySoon(): what is written still goes out.
void Connection::closeAfterOutput()
{
    if (std::exchange(m_closing, true) || m_gone)
        return;
    sendOutput();
    m_transport->closeSoon();
}

void Connection::destroy()
{
    if (std::exchange(m_gone, true))
        return;
    m_closing = true;
    m_transport->abort();
    finishTeardown();
}

void Connection::finishTeardown()
{
    const auto queue = std::exchange(m_queue, {});
    const auto reading = std::exchange(m_reading, nullptr);
    for (const auto &response : queue) {
        response->connectionClosed();
        settle(response);
        response->request().releaseCallbacks();
    }
    if (reading) {
        reading->request().abort();
        settle(reading);
        reading->request().releaseCallbacks();
    }
    m_server.forget(this);
    deleteLater();
}

} // namespace rt
