// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/service.h"

#include "http/messagewriter.h"
#include "realtime/demoapp.h"
#include "realtime/farewell.h"
#include "realtime/requestpath.h"
#include "realtime/upgradereport.h"
#include "socketio/redisadapter.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

engineio::Options bareEngine(engineio::Options options)
{
    options.path = "/engine.io/";
    return options;
}

void answerHealth(ServerResponse &response, const QByteArray &profile)
{
    const QByteArray text = "{\"ok\":true,\"profile\":\"" + profile + "\"}";
    response.writeHead(200,
                       {{"Content-Type", "application/json; charset=utf-8"},
                        {"Content-Length", QByteArray::number(text.size())},
                        {"Cache-Control", "no-store"},
                        {"Access-Control-Allow-Origin", "*"}});
    response.end(text);
}

} // namespace

RealtimeOptions RealtimeOptions::forProfile(const QByteArray &profile)
{
    RealtimeOptions options;
    options.profile = profile;
    options.engine.path = "/socket.io/";
    options.engine.cors = JsValue::object();
    options.engine.cors.insert(u"origin"_s, JsValue(u"*"_s));
    options.answerUnknownUpgrades = true;
    if (profile == "suite") {
        options.engine.pingInterval = 300;
        options.engine.pingTimeout = 200;
        options.sockets.connectTimeout = 1000;
    } else if (profile == "recovery") {
        options.sockets.recovery = socketio::RecoveryOptions {};
    }
    return options;
}

RealtimeService::RealtimeService(RealtimeOptions options, const Clock &clock, Random &random)
    : m_options(std::move(options)), m_clock(clock), m_random(random), m_timers(clock),
      m_updates(clock, m_timers, m_options.updates),
      m_sockets({clock, m_timers, m_ticks, random}, m_options.sockets),
      m_app(std::make_unique<DemoApp>(m_sockets,
                                      [this] { return m_engines.socketIo->clientsCount(); })),
      m_echo(m_options.echo, {clock, m_timers, m_ticks})
{
}

RealtimeService::~RealtimeService() = default;

Result<std::unique_ptr<RealtimeService>> RealtimeService::create(RealtimeOptions options,
                                                                 const Clock &clock, Random &random)
{
    std::unique_ptr<RealtimeService> service(
        new RealtimeService(std::move(options), clock, random));
    if (const auto started = service->start(); !started)
        return tl::unexpected(started.error());
    return service;
}

Result<void> RealtimeService::start()
{
    const engineio::Server::Context context {m_clock, m_timers, m_ticks, m_random};
    auto socketIo = engineio::Server::create(m_options.engine, context);
    if (!socketIo)
        return tl::unexpected(socketIo.error());
    auto bare = engineio::Server::create(bareEngine(m_options.engine), context);
    if (!bare)
        return tl::unexpected(bare.error());
    m_engines = {std::move(*socketIo), std::move(*bare)};
    m_engines.socketIo->onConnection([this](const auto &session) { m_sockets.accept(session); });
    m_engines.bare->onConnection([](const std::shared_ptr<engineio::Session> &session) {
        session->onMessage([weak = std::weak_ptr(session)](const engineio::Packet &message) {
            if (const auto echo = weak.lock())
                echo->send(message);
        });
    });
    return {};
}

void RealtimeService::shareOver(socketio::PubSub &pubSub)
{
    m_sockets.setAdapter([&pubSub](socketio::Namespace &nsp) {
        return std::make_unique<socketio::RedisAdapter>(nsp, pubSub);
    });
}

bool RealtimeService::handleRequest(ServerResponse &response)
{
    m_timers.catchUp();
    if (m_options.attached
        && (m_engines.socketIo->handleRequest(response) || m_engines.bare->handleRequest(response)))
        return true;
    if (m_updates.handle(response))
        return true;
    if (requestPath(response.request().head()) != "/healthz")
        return false;
    answerHealth(response, m_options.profile);
    return true;
}

bool RealtimeService::handleUpgrade(UpgradeRequest &request)
{
    m_timers.catchUp();
    if (m_options.attached
        && (m_engines.socketIo->handleUpgrade(request) || m_engines.bare->handleUpgrade(request)))
        return true;
    if (m_echo.handleUpgrade(request))
        return true;
    if (!m_options.answerUnknownUpgrades)
        return false;
    ResponseHead head;
    head.status = 404;
    head.reasonPhrase = reasonPhrase(404);
    head.headers
        = {{"Connection", "close"}, {"Content-Type", "text/plain"}, {"Content-Length", "9"}};
    const QByteArray body = "Not Found";
    reportUpgrade(request, {head, body, "notFound", {}}, m_clock);
    new Farewell(std::move(request.transport), writeResponseHead(head) + body, &m_echo);
    return true;
}

void RealtimeService::shutDown()
{
    const Ticks::Scope scope(m_ticks);
    m_updates.shutDown();
    m_sockets.close();
    m_engines.socketIo->close();
    m_engines.bare->close();
    m_echo.close();
}

} // namespace rt
