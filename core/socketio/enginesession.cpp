// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/enginesession.h"

#include <algorithm>

namespace rt::engineio {

namespace {

/// How often a client that still polls is woken while it upgrades.
constexpr int checkIntervalMs = 100;
constexpr int pauseMs = 5;

} // namespace

Session::UpgradeTimers::UpgradeTimers(Session &session)
    : timeout(session.m_timers, [&session] { session.abandonUpgrade(); }),
      check(session.m_timers, [&session] { session.pushPolling(); })
{
}

Session::Session(QByteArray id, HandshakeRequest request, const Options &options,
                 TimerQueue &timers)
    : m_id(std::move(id)), m_request(std::move(request)), m_options(options),
      m_pingInterval(timers, [this] { sendPing(); }),
      m_pingTimeout(timers, [this] { end("ping timeout"); }), m_pause(timers, [this] { flush(); }),
      m_timers(timers)
{
}

Session::~Session()
{
    if (m_transport)
        m_transport->setListener(nullptr);
    if (m_upgrading)
        m_upgrading->setListener(nullptr);
}

void Session::open(std::shared_ptr<Transport> transport)
{
    setTransport(std::move(transport));
    send({PacketType::Open, openData()});
    m_pingInterval.start(m_options.pingInterval);
}

QByteArray Session::openData() const
{
    const bool upgradable = m_options.allowUpgrades && m_transport->name() == "polling"
        && m_options.transports.contains("websocket");
    JsValue data = JsValue::object();
    data.insert(QStringLiteral("sid"), JsValue::latin1(m_id));
    data.insert(QStringLiteral("upgrades"),
                JsValue::stringArray(upgradable ? QStringList {QStringLiteral("websocket")}
                                                : QStringList {}));
    data.insert(QStringLiteral("pingInterval"), JsValue(m_options.pingInterval));
    data.insert(QStringLiteral("pingTimeout"), JsValue(m_options.pingTimeout));
    data.insert(QStringLiteral("maxPayload"), JsValue(m_options.maxHttpBufferSize));
    return toJson(data);
}

void Session::setTransport(std::shared_ptr<Transport> transport)
{
    m_transport = std::move(transport);
    m_transport->setListener(this);
}

void Session::transportPacket(Transport &transport, const DecodedPacket &packet)
{
    const auto self = shared_from_this();
    if (&transport == m_upgrading.get())
        probe(packet);
    else
        handle(packet);
}

void Session::handle(const DecodedPacket &decoded)
{
    if (m_state != State::Open)
        return;
    const Packet &packet = decoded.packet;
    const bool pong = decoded.valid && packet.type == PacketType::Pong;
    // 6.6.12: another packet proves that the client lives, once per ping.
    if (m_pingTimeout.isActive() && !m_refreshedTimeout && !pong) {
        m_pingTimeout.start(m_options.pingTimeout);
        m_refreshedTimeout = true;
    }
    if (!decoded.valid) {
        end("parse error");
    } else if (pong) {
        m_pingTimeout.stop();
        m_pingInterval.start(m_options.pingInterval);
    } else if (packet.type == PacketType::Ping) {
        end("transport error");
    } else if (packet.type == PacketType::Message && m_message) {
        // The receiver may take itself out while it runs.
        const auto message = m_message;
        message(packet);
    }
}

void Session::sendPing()
{
    const auto self = shared_from_this();
    m_refreshedTimeout = false;
    send({PacketType::Ping, {}});
    m_pingTimeout.start(m_options.pingTimeout);
}

void Session::transportReady(Transport &transport)
{
    if (&transport == m_transport.get())
        flush();
}

void Session::transportFailed(Transport &transport, const QByteArray &message)
{
    Q_UNUSED(message)
    const auto self = shared_from_this();
    if (&transport == m_upgrading.get())
        abandonUpgrade();
    else
        end("transport error");
}

void Session::transportClosed(Transport &transport)
{
    const auto self = shared_from_this();
    if (&transport == m_upgrading.get())
        abandonUpgrade();
    else
        end("transport close");
}

void Session::tryUpgrade(std::shared_ptr<Transport> transport)
{
    m_upgrading = std::move(transport);
    m_upgrading->setListener(this);
    m_upgradeTimers = std::make_unique<UpgradeTimers>(*this);
    m_upgradeTimers->timeout.start(m_options.upgradeTimeout);
}

void Session::probe(const DecodedPacket &decoded)
{
    const Packet &packet = decoded.packet;
    if (decoded.valid && packet.type == PacketType::Ping && packet.data == "probe") {
        m_upgrading->send({{PacketType::Pong, "probe"}});
        m_upgradeTimers->check.start(checkIntervalMs);
    } else if (decoded.valid && packet.type == PacketType::Upgrade && m_state != State::Closed) {
        finishUpgrade();
    } else {
        abandonUpgrade();
    }
}

/// A poll that is held would keep the client from upgrading.
void Session::pushPolling()
{
    const auto self = shared_from_this();
    if (m_transport->name() == "polling" && m_transport->isWritable())
        m_transport->send({{PacketType::Noop, {}, false, {}, false}});
    if (m_upgradeTimers)
        m_upgradeTimers->check.start(checkIntervalMs);
}

void Session::finishUpgrade()
{
    m_upgradeTimers.reset();
    m_transport->discard();
    m_upgraded = true;
    clearTransport();
    setTransport(std::exchange(m_upgrading, nullptr));
    flush();
    if (m_state == State::Closing)
        m_transport->close([this] { end("forced close"); });
}

void Session::abandonUpgrade()
{
    m_upgradeTimers.reset();
    const auto transport = std::exchange(m_upgrading, nullptr);
    transport->setListener(nullptr);
    transport->close();
}

void Session::send(Packet packet)
{
    if (m_state != State::Open)
        return;
    m_buffer.push_back(std::move(packet));
    flush();
}

void Session::flush()
{
    if (m_state == State::Closed || m_buffer.empty() || !m_transport->isWritable()
        || m_pause.isActive())
        return;
    const auto self = shared_from_this();
    auto packets = std::exchange(m_buffer, {});
    const auto pause = std::find_if(packets.begin(), packets.end(),
                                    [](const Packet &packet) { return packet.pauseAfter; });
    if (pause != packets.end() && m_transport->name() == "websocket") {
        m_pause.start(pauseMs);
        m_buffer.assign(pause + 1, packets.end());
        packets.erase(pause + 1, packets.end());
    }
    m_transport->send(std::move(packets));
    if (!m_buffer.empty())
        return;
    if (m_closeOnDrain)
        closeTransport(*std::exchange(m_closeOnDrain, std::nullopt));
}

void Session::close(bool discard)
{
    if (discard && m_state != State::Closed) {
        closeTransport(true);
        return;
    }
    if (m_state != State::Open)
        return;
    m_state = State::Closing;
    if (m_buffer.empty())
        closeTransport(false);
    else
        m_closeOnDrain = false;
}

void Session::closeTransport(bool discard)
{
    if (discard)
        m_transport->discard();
    m_transport->close([weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->end("forced close");
    });
}

void Session::clearTransport()
{
    m_transport->setListener(nullptr);
    m_transport->close();
    m_pingTimeout.stop();
}

void Session::end(const QByteArray &reason)
{
    if (m_state == State::Closed)
        return;
    const auto self = shared_from_this();
    m_state = State::Closed;
    m_pingInterval.stop();
    m_pingTimeout.stop();
    m_pause.stop();
    m_buffer.clear();
    clearTransport();
    if (m_upgrading)
        abandonUpgrade();
    const auto callbacks = std::exchange(m_closeCallbacks, {});
    for (const auto &callback : callbacks)
        callback(reason);
    m_message = nullptr;
}

} // namespace rt::engineio
