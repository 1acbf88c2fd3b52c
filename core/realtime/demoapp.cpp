// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/demoapp.h"

#include "realtime/demoappparts.h"

namespace rt {

using namespace Qt::StringLiterals;
using namespace demo;
using socketio::Ack;
using socketio::Arguments;
using socketio::ConnectError;
using socketio::Namespace;
using socketio::Socket;
using socketio::SocketPointer;

namespace {

const QString adminToken = QStringLiteral("lab-admin-token");

/// /lesson-1 ... /lesson-999
bool isLesson(const QString &name)
{
    const QString number = name.mid(8);
    return name.startsWith(u"/lesson-") && !number.isEmpty() && number.size() <= 3
        && std::all_of(number.begin(), number.end(),
                       [](QChar c) { return c >= u'0' && c <= u'9'; });
}

JsValue errorCode(int code)
{
    return objectOf({{u"code"_s, JsValue(code)}});
}

} // namespace

DemoApp::DemoApp(socketio::Server &server, std::function<qsizetype()> clientsCount)
    : m_server(server), m_clientsCount(std::move(clientsCount))
{
    setUpMain(server.of(u"/"_s));
    setUpCustom(server.of(u"/custom"_s));
    setUpChat(server.of(u"/chat"_s));
    setUpAdmin(server.of(u"/admin"_s));
    server.ofMatching(isLesson, [this](Namespace &nsp) { setUpCommon(nsp); });
}

void DemoApp::setUpCommon(Namespace &nsp)
{
    nsp.on(u"echo"_s, [](const SocketPointer &socket, const Arguments &args) {
        if (args.ack)
            args.ack(args.values);
        else
            socket->emitEvent(u"echo"_s, args.values);
    });
    nsp.on(u"whoami"_s, [](const SocketPointer &socket, const Arguments &args) {
        if (const Ack ack = args.ackAt(0))
            answer(ack, whoAmI(*socket));
    });
    nsp.on(u"chat-message"_s, [this, &nsp](const SocketPointer &socket, const Arguments &args) {
        const JsValue sequence(++m_chatSequence);
        nsp.emitEvent(u"chat-message"_s,
                      {objectOf({{u"seq"_s, sequence},
                                 {u"from"_s, JsValue(socket->id())},
                                 {u"text"_s, args.at(0)}})});
        answer(args.ackAt(1), objectOf({{u"ok"_s, JsValue(true)}, {u"seq"_s, sequence}}));
    });
    nsp.on(u"broadcast"_s, [](const SocketPointer &socket, const Arguments &args) {
        socket->broadcast().emitEvent(u"broadcast"_s, args.values);
        answer(args.ack, objectOf({{u"ok"_s, JsValue(true)}}));
    });
    setUpRooms(nsp);
}

void DemoApp::setUpCustom(Namespace &nsp)
{
    nsp.onConnection(
        [](const SocketPointer &socket) { socket->emitEvent(u"auth"_s, {socket->auth()}); });
    nsp.on(u"echo"_s, [](const SocketPointer &, const Arguments &args) {
        if (args.ack)
            args.ack(args.values);
    });
}

void DemoApp::setUpChat(Namespace &nsp)
{
    setUpCommon(nsp);
    nsp.onConnection([](const SocketPointer &socket) {
        const QString wanted = socket->auth()[u"nick"].toString();
        const QString nick = wanted.isEmpty() ? u"guest"_s : wanted.left(32);
        socket->data.insert(u"nick"_s, JsValue(nick));
        socket->broadcast().emitEvent(
            u"system"_s,
            {objectOf({{u"type"_s, JsValue(u"joined"_s)}, {u"nick"_s, JsValue(nick)}})});
    });
    nsp.onDisconnect([&nsp](const SocketPointer &socket, const QString &reason) {
        nsp.emitEvent(u"system"_s,
                      {objectOf({{u"type"_s, JsValue(u"left"_s)},
                                 {u"nick"_s, socket->data[u"nick"]},
                                 {u"reason"_s, JsValue(reason)}})});
    });
    nsp.on(u"typing"_s, [](const SocketPointer &socket, const Arguments &args) {
        const JsValue on(args.at(0) == JsValue(true));
        socket->broadcast().volatileOnly().emitEvent(
            u"typing"_s, {objectOf({{u"nick"_s, socket->data[u"nick"]}, {u"on"_s, on}})});
    });
    nsp.on(u"users"_s, [&nsp](const SocketPointer &, const Arguments &args) {
        const Ack ack = args.ackAt(0);
        if (!ack)
            return;
        nsp.everybody().fetchSockets([ack](const auto &sockets) {
            QStringList nicks;
            for (const auto &socket : sockets.value_or(std::vector<socketio::SocketDetails>()))
                nicks.append(socket.data[u"nick"].toString());
            if (sockets)
                answer(ack, sortedTexts(nicks));
        });
    });
}

void DemoApp::setUpAdmin(Namespace &nsp)
{
    setUpCommon(nsp);
    nsp.use([](Socket &socket) -> std::optional<ConnectError> {
        const JsValue token = socket.auth()[u"token"];
        if (token == JsValue(adminToken))
            return std::nullopt;
        return ConnectError {token.isTruthy() ? u"invalid token"_s : u"token required"_s,
                             errorCode(401)};
    });
    const auto count = [this](const QString &name) {
        return JsValue(static_cast<qint64>(m_server.of(name).socketCount()));
    };
    nsp.on(u"stats"_s, [this, count](const SocketPointer &, const Arguments &args) {
        answer(args.ackAt(0),
               objectOf({{u"clients"_s, JsValue(static_cast<qint64>(m_clientsCount()))},
                         {u"main"_s, count(u"/"_s)},
                         {u"chat"_s, count(u"/chat"_s)}}));
    });
    nsp.on(u"announce"_s, [this](const SocketPointer &, const Arguments &args) {
        m_server.of(u"/chat"_s)
            .emitEvent(u"system"_s,
                       {objectOf({{u"type"_s, JsValue(u"announce"_s)}, {u"text"_s, args.at(0)}})});
        answer(args.ackAt(1), objectOf({{u"ok"_s, JsValue(true)}}));
    });
    nsp.on(u"kick"_s, [this](const SocketPointer &, const Arguments &args) {
        m_server.of(u"/chat"_s).in(roomNames(args.at(0))).disconnectSockets(false);
        answer(args.ackAt(1), objectOf({{u"ok"_s, JsValue(true)}}));
    });
}

} // namespace rt
