// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/pollingtransport.h"

#include "http/negotiation.h"

#include <algorithm>
#include <utility>

namespace rt::engineio {

PollingTransport::PollingTransport(const Options &options, TimerQueue &timers, Ticks &ticks)
    : m_options(options), m_ticks(ticks), m_closeTimer(timers, [this] {
          const Ticks::Scope scope(m_ticks);
          if (const auto closing = std::exchange(m_shouldClose, nullptr))
              closing();
      })
{
}

void PollingTransport::refuse(ServerResponse &response, int status)
{
    response.writeHead(status);
    response.end();
}

void PollingTransport::handle(const std::shared_ptr<ServerResponse> &response)
{
    const auto self = shared_from_this();
    const QByteArray &method = response->request().method();
    if (method == "GET")
        handlePoll(response);
    else if (method == "POST")
        handleData(response);
    else
        refuse(*response, 500);
}

void PollingTransport::handlePoll(const std::shared_ptr<ServerResponse> &response)
{
    if (m_poll) {
        fail("overlap from client");
        refuse(*response, 400);
        return;
    }
    m_poll = response;
    response->onClose([weak = weak_from_this(), held = response.get()] {
        const auto self = weak.lock();
        if (!self || self->m_poll.get() != held)
            return;
        const Ticks::Scope scope(self->m_ticks);
        self->m_writable = false;
        self->m_poll.reset();
        self->fail("poll connection closed prematurely");
    });
    m_writable = true;
    becomeReady();
    if (m_writable && m_shouldClose)
        send({{PacketType::Noop, {}, false, {}, false}});
}

void PollingTransport::handleData(const std::shared_ptr<ServerResponse> &response)
{
    if (m_data) {
        fail("data request overlap from client");
        refuse(*response, 400);
        return;
    }
    IncomingMessage &request = response->request();
    if (request.header("Content-Type") == "application/octet-stream") {
        fail("invalid content");
        refuse(*response, 400);
        return;
    }
    m_data = response;
    m_body.clear();
    const auto ifCurrent = [weak = weak_from_this(), held = response.get()](auto action) {
        const auto self = weak.lock();
        if (!self || self->m_data.get() != held)
            return;
        const Ticks::Scope scope(self->m_ticks);
        action(*self);
    };
    request.onData([ifCurrent](const QByteArray &data) {
        ifCurrent([&](PollingTransport &self) { self.receiveData(data); });
    });
    request.onEnd([ifCurrent] { ifCurrent([](PollingTransport &self) { self.receiveEnd(); }); });
    response->onClose([ifCurrent] {
        ifCurrent([](PollingTransport &self) {
            self.m_data.reset();
            self.fail("data request connection closed prematurely");
        });
    });
    request.resume();
}

void PollingTransport::receiveData(const QByteArray &data)
{
    m_body += data;
    if (m_body.size() <= m_options.maxHttpBufferSize)
        return;
    m_body.clear();
    refuse(*std::exchange(m_data, nullptr), 413);
}

void PollingTransport::receiveEnd()
{
    const auto self = shared_from_this();
    // It is answered even when what it brought ends the session.
    const auto response = std::exchange(m_data, nullptr);
    receivePayload(std::exchange(m_body, {}));
    response->writeHead(
        200,
        headers(response->request(), {{"Content-Type", "text/html"}, {"Content-Length", "2"}}));
    response->end("ok");
}

void PollingTransport::receivePayload(const QByteArray &payload)
{
    for (const DecodedPacket &packet : decodePayload(payload)) {
        if (packet.valid && packet.packet.type == PacketType::Close)
            end();
        else
            receive(packet);
    }
}

void PollingTransport::send(std::vector<Packet> packets)
{
    m_writable = false;
    if (m_shouldClose) {
        packets.push_back({PacketType::Close, {}, false, {}, false});
        m_closeTimer.stop();
        const auto closing = std::exchange(m_shouldClose, nullptr);
        closing();
    }
    const bool compress
        = std::any_of(packets.begin(), packets.end(), [](const Packet &p) { return p.compress; });
    write(encodePayload(packets), compress);
}

void PollingTransport::write(const QByteArray &payload, bool compress)
{
    if (!m_poll)
        return;
    HeaderList fields {{"Content-Type", "text/plain; charset=UTF-8"}};
    const auto &threshold = m_options.httpCompressionThreshold;
    if (compress && threshold && payload.size() >= *threshold && writeCompressed(payload, fields))
        return;
    const auto response = std::exchange(m_poll, nullptr);
    fields.append("Content-Length", QByteArray::number(payload.size()));
    response->writeHead(200, headers(response->request(), fields));
    response->end(payload);
}

bool PollingTransport::writeCompressed(const QByteArray &payload, HeaderList fields)
{
    const QByteArray accepted = m_poll->request().header("Accept-Encoding").value_or(QByteArray());
    const QByteArrayList encodings = acceptableEncodings(accepted, {"gzip", "deflate"});
    const auto coding = encodings.isEmpty() ? std::nullopt : codingNamed(encodings.first());
    if (!coding)
        return false;
    const auto response = std::exchange(m_poll, nullptr);
    fields.append("Content-Encoding", encodings.first());
    response->writeHead(200, headers(response->request(), fields));
    const auto encoder = makeEncoder(*coding);
    const QByteArray start = encoder->write(payload);
    response->write(start + encoder->finish());
    response->end();
    return true;
}

HeaderList PollingTransport::headers(const IncomingMessage &request, HeaderList fields) const
{
    const QByteArray agent = request.header("User-Agent").value_or(QByteArray());
    if (agent.contains(";MSIE") || agent.contains("Trident/"))
        fields.append("X-XSS-Protection", "0");
    fields.append("cache-control", "no-store");
    if (m_hook)
        m_hook(request, fields);
    return fields;
}

void PollingTransport::doClose(std::function<void()> closed)
{
    const auto self = shared_from_this();
    if (const auto data = std::exchange(m_data, nullptr))
        data->destroy();
    const auto closing = [self, closed = std::move(closed)] {
        closed();
        self->end();
    };
    if (m_writable) {
        send({{PacketType::Close, {}, false, {}, false}});
        closing();
    } else if (m_discarded) {
        closing();
    } else {
        m_shouldClose = closing;
        m_closeTimer.start(closeTimeout);
    }
}

/// onClose(): a poll that waits gets a noop.
void PollingTransport::end()
{
    if (m_writable)
        send({{PacketType::Noop, {}, false, {}, false}});
    becomeClosed();
}

} // namespace rt::engineio
