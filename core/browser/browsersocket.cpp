// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/browsersocket.h"

#include "base/random.h"
#include "browser/consolemessages.h"
#include "websocket/closecode.h"

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace rt {

namespace {

/// Chromium's words for a handshake that got no answer.
QString connectionMessage(NetFailure failure, const QByteArray &netError)
{
    if (failure == NetFailure::EmptyResponse || failure == NetFailure::Closed)
        return QStringLiteral("Connection closed before receiving a handshake response");
    if (failure == NetFailure::BadResponse)
        return QStringLiteral("Error during WebSocket handshake: ") + QString::fromLatin1(netError);
    return QStringLiteral("Error in connection establishment: ") + QString::fromLatin1(netError);
}

} // namespace

BrowserSocket::BrowserSocket(FetchServices &services, Random &random, SocketOpening opening,
                             QObject *parent)
    : QObject(parent), m_services(services), m_random(random), m_opening(std::move(opening)),
      m_key(random.bytes(16).toBase64())
{
    m_result.method = "GET";
    m_result.crossOrigin = !m_opening.request.isSameOrigin();
    m_result.crossSite
        = !isSameSite(m_opening.request.client.origin, Origin::of(m_opening.request.url));
}

BrowserSocket::~BrowserSocket()
{
    if (m_transportId)
        m_services.transport.cancel(m_transportId);
    if (m_socket)
        m_socket->disconnect(this);
}

void BrowserSocket::open()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_state == State::Connecting && !blockedByCsp())
                sendHandshake();
        },
        Qt::QueuedConnection);
}

void BrowserSocket::addStep(const QByteArray &id, FetchStep::Outcome outcome,
                            const QString &sentence)
{
    m_result.steps.push_back({id, outcome, sentence, {}, u"RFC 6455 §4.1"_s, {}});
}

/// Chromium differs: the page hears an error and no close.
bool BrowserSocket::blockedByCsp()
{
    CspSubject subject;
    subject.use = CspUse::Connect;
    subject.url = m_opening.url;
    subject.self = m_opening.request.client.origin;
    const auto violations = cspViolations(m_opening.request.client.policies, subject);
    for (const CspViolation &violation : violations)
        m_result.console.append(console::cspViolation(violation, subject));
    if (!isBlockedByCsp(violations))
        return false;
    m_state = State::Closed;
    m_result.outcome = FetchResult::Outcome::Blocked;
    m_result.reason = "csp.Blocked";
    addStep("csp.Blocked", FetchStep::Outcome::Failed,
            QStringLiteral("The page's Content-Security-Policy does not allow %1.")
                .arg(QString::fromLatin1(m_opening.url.href())));
    emit errorOccurred();
    return true;
}

CookieAccess BrowserSocket::cookieAccess() const
{
    const Request &request = m_opening.request;
    CookieAccess access;
    access.url = request.url;
    access.context = isSameSite(request.client.origin, Origin::of(request.url))
        ? SameSiteContext::Strict
        : SameSiteContext::CrossSite;
    access.topLevelSite = request.client.topLevelSite();
    return access;
}

QByteArray BrowserSocket::selectCookies()
{
    const auto selection = m_services.cookies.select(cookieAccess());
    for (const auto &withheld : selection.withheld) {
        CookieNote note;
        note.name = withheld.cookie.name;
        note.domain = withheld.cookie.domain;
        note.path = withheld.cookie.path;
        note.reason = cookieReasonWord(withheld.reasons.front());
        note.sentence = cookieReasonSentence(withheld.reasons.front(), withheld.cookie);
        m_result.withheld.push_back(std::move(note));
    }
    return selection.header();
}

void BrowserSocket::storeCookies(const ResponseHead &response)
{
    for (const QByteArray &line : response.headers.all("Set-Cookie")) {
        const auto outcome = m_services.cookies.set(line, cookieAccess());
        if (outcome.reasons.empty())
            continue;
        CookieNote note;
        note.name = outcome.cookie.name;
        note.line = line;
        note.reason = cookieReasonWord(outcome.reasons.front());
        note.sentence = cookieReasonSentence(outcome.reasons.front(), outcome.cookie);
        m_result.rejected.push_back(std::move(note));
    }
}

void BrowserSocket::sendHandshake()
{
    TransportRequest message;
    message.url = m_opening.request.url;
    message.head.method = "GET";
    message.head.target = m_opening.url.target();
    message.head.headers = socketHeaders(m_opening, m_key, selectCookies());
    message.kind = "upgrade";
    m_transportId = m_services.transport.send(
        message, [this](TransportResponse &response) { answered(response); });
}

void BrowserSocket::answered(TransportResponse &response)
{
    m_transportId = 0;
    if (response.key)
        m_result.exchanges.push_back(*response.key);
    if (response.failure) {
        failConnection(response);
        return;
    }
    m_result.status = response.head.status;
    m_handshake = checkSocketHandshake(response.head, m_key, m_opening.protocols);
    const QByteArray id = socketHandshakeId(m_handshake.reason);
    response.decisions.push_back({id, m_handshake.message});
    // A refused handshake sets no cookies.
    if (response.head.status == 101)
        storeCookies(response.head);
    if (m_handshake.reason != SocketHandshakeReason::Passed || !response.socket) {
        addStep(id, FetchStep::Outcome::Failed, m_handshake.message);
        fail(id, m_handshake.message);
        return;
    }
    addStep(id, FetchStep::Outcome::Passed,
            QStringLiteral("The server's answer makes the connection a WebSocket."));
    takeConnection(response);
}

void BrowserSocket::failConnection(TransportResponse &response)
{
    const QByteArray id = failureId(*response.failure);
    m_result.netError = response.netError;
    addStep(id, FetchStep::Outcome::Failed, response.sentence);
    fail(id, connectionMessage(*response.failure, response.netError));
}

void BrowserSocket::takeConnection(TransportResponse &response)
{
    m_state = State::Open;
    m_socket = std::move(response.socket);
    m_reader = std::make_unique<SocketReader>(m_handshake.deflate);
    if (m_handshake.deflate)
        m_deflater = std::make_unique<MessageDeflater>(
            m_handshake.deflate->clientMaxWindowBits, m_handshake.deflate->clientNoContextTakeover);
    setFrameObserver(std::move(m_observer));
    m_reader->feed(response.rest);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &BrowserSocket::readEvents);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, [this] {
        readEvents();
        if (m_state == State::Closed)
            return;
        const bool clean = m_closeSent && m_closeReceived;
        finish(clean ? m_closeReceived->code : quint16(CloseCode::Abnormal),
               clean ? m_closeReceived->data : QByteArray(), clean);
    });
    emit opened();
    QMetaObject::invokeMethod(this, &BrowserSocket::readEvents, Qt::QueuedConnection);
}

void BrowserSocket::setFrameObserver(FrameObserver observer)
{
    m_observer = std::move(observer);
    if (m_reader && m_observer)
        m_reader->setFrameObserver(
            [this](const Frame &frame) { m_observer(Direction::Received, frame); });
}

void BrowserSocket::readEvents()
{
    if (m_state == State::Closed)
        return;
    m_reader->feed(m_socket->readAll());
    while (m_state != State::Closed) {
        const auto event = m_reader->next();
        if (!event)
            return;
        handle(*event);
    }
}

void BrowserSocket::handle(const SocketEvent &event)
{
    switch (event.kind) {
    case SocketEvent::Kind::Text:
    case SocketEvent::Kind::Binary:
        if (m_state == State::Open)
            emit messageReceived(event.data, event.kind == SocketEvent::Kind::Binary);
        return;
    case SocketEvent::Kind::Ping:
        sendFrame(Opcode::Pong, event.data);
        return;
    case SocketEvent::Kind::Pong:
        return;
    case SocketEvent::Kind::Close: {
        m_closeReceived = event;
        m_state = State::Closing;
        if (!std::exchange(m_closeSent, true)) {
            QByteArray payload(2, 0);
            qToBigEndian(event.code, payload.data());
            const bool empty = event.code == CloseCode::NoStatus;
            sendFrame(Opcode::Close, empty ? QByteArray() : payload + event.data);
        }
        // The server ends the connection (RFC 6455 §7.1.1).
        return;
    }
    case SocketEvent::Kind::Fault:
        fail("ws.BrokenFrame", event.message);
        return;
    }
}

void BrowserSocket::send(QByteArrayView data, bool binary)
{
    if (m_state != State::Open)
        return;
    const Opcode opcode = binary ? Opcode::Binary : Opcode::Text;
    if (m_deflater)
        sendFrame(opcode, m_deflater->compress(data), true);
    else
        sendFrame(opcode, data);
}

void BrowserSocket::close(std::optional<quint16> code, QByteArrayView reason)
{
    if (m_state == State::Connecting) {
        fail("ws.ClosedBeforeOpen",
             QStringLiteral("WebSocket is closed before the connection is established."));
        return;
    }
    if (m_state != State::Open || std::exchange(m_closeSent, true))
        return;
    m_state = State::Closing;
    QByteArray payload;
    if (code) {
        payload.resize(2);
        qToBigEndian(*code, payload.data());
        payload += reason;
    }
    sendFrame(Opcode::Close, payload);
}

void BrowserSocket::sendFrame(Opcode opcode, QByteArrayView payload, bool compressed)
{
    const QByteArray random = m_random.bytes(4);
    MaskingKey key;
    std::copy(random.begin(), random.end(), key.begin());
    Frame frame;
    frame.payload = payload.toByteArray();
    frame.header.opcode = static_cast<quint8>(opcode);
    frame.header.rsv1 = compressed;
    frame.header.maskingKey = key;
    frame.header.length = static_cast<quint64>(payload.size());
    frame.header.lengthForm = lengthFormFor(frame.header.length);
    if (m_observer)
        m_observer(Direction::Sent, frame);
    m_socket->write(writeFrame(frame));
}

void BrowserSocket::fail(const QByteArray &reason, const QString &message)
{
    m_result.outcome = FetchResult::Outcome::Failed;
    m_result.reason = reason;
    m_result.sentence = message;
    m_result.console.append(QStringLiteral("WebSocket connection to '%1' failed: %2")
                                .arg(QString::fromLatin1(m_opening.url.href()), message));
    emit errorOccurred();
    finish(CloseCode::Abnormal, {}, false);
}

void BrowserSocket::finish(quint16 code, const QByteArray &reason, bool wasClean)
{
    if (m_transportId)
        m_services.transport.cancel(std::exchange(m_transportId, 0));
    m_state = State::Closed;
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->disconnectFromHost();
    }
    emit closed(code, reason, wasClean);
}

} // namespace rt
