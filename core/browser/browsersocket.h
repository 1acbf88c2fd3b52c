// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchresult.h"
#include "browser/fetchrun.h"
#include "browser/sockethandshake.h"
#include "browser/socketopening.h"
#include "browser/socketreader.h"

namespace rt {

class Random;

/// A WebSocket as script has it: handshake, events, messages. Every answer that is not taken has a
/// named reason and Chromium's console line. https://websockets.spec.whatwg.org/
class BrowserSocket : public QObject
{
    Q_OBJECT

public:
    enum class State { Connecting, Open, Closing, Closed };
    enum class Direction { Received, Sent };

    BrowserSocket(FetchServices &services, Random &random, SocketOpening opening, QObject *parent);
    ~BrowserSocket() override;

    /// Sends the handshake; all signals come later, never from inside this function.
    void open();
    void send(QByteArrayView data, bool binary);
    /// Begins the closing handshake; `reason` is at most 123 bytes of UTF-8.
    void close(std::optional<quint16> code = {}, QByteArrayView reason = {});

    State state() const { return m_state; }
    const Url &url() const { return m_opening.url; }
    const QByteArray &protocol() const { return m_handshake.protocol; }
    const QByteArray &extensions() const { return m_handshake.extensions; }
    /// Console, steps and cookie notes of the handshake; the outcome is its outcome.
    const FetchResult &result() const { return m_result; }

    using FrameObserver = std::function<void(Direction, const Frame &)>;
    void setFrameObserver(FrameObserver observer);

signals:
    void opened();
    void messageReceived(const QByteArray &data, bool binary);
    void errorOccurred();
    /// `code` is 1006 and `wasClean` false when the closing handshake was not complete.
    void closed(quint16 code, const QByteArray &reason, bool wasClean);

private:
    bool blockedByCsp();
    void sendHandshake();
    QByteArray selectCookies();
    void storeCookies(const ResponseHead &response);
    CookieAccess cookieAccess() const;
    void answered(TransportResponse &response);
    void takeConnection(TransportResponse &response);
    void failConnection(TransportResponse &response);
    void readEvents();
    void handle(const SocketEvent &event);
    void sendFrame(Opcode opcode, QByteArrayView payload, bool compressed = false);
    void addStep(const QByteArray &id, FetchStep::Outcome outcome, const QString &sentence);
    /// Events error and close; nothing more is read or sent.
    void fail(const QByteArray &reason, const QString &message);
    void finish(quint16 code, const QByteArray &reason, bool wasClean);

    FetchServices &m_services;
    Random &m_random;
    SocketOpening m_opening;
    QByteArray m_key;
    SocketHandshake m_handshake;
    FetchResult m_result;
    State m_state = State::Connecting;
    quint64 m_transportId = 0;
    std::unique_ptr<QTcpSocket> m_socket;
    std::unique_ptr<SocketReader> m_reader;
    std::unique_ptr<MessageDeflater> m_deflater;
    FrameObserver m_observer;
    bool m_closeSent = false;
    std::optional<SocketEvent> m_closeReceived;
};

} // namespace rt
