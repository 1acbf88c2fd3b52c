// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/demoapp.h"
#include "realtime/demoappparts.h"

namespace rt {

using namespace Qt::StringLiterals;
using namespace demo;
using socketio::Ack;
using socketio::Arguments;
using socketio::Namespace;
using socketio::SocketPointer;

namespace {

constexpr qsizetype longestRoom = 64;

void joinRoom(const SocketPointer &socket, const Arguments &args)
{
    const JsValue room = args.at(0);
    const QString name = room.toString();
    if (name.isEmpty() || name.size() > longestRoom) {
        answer(args.ackAt(1), failure(u"invalid room"_s));
        return;
    }
    socket->join({name});
    socket->to(name).emitEvent(u"room-joined"_s,
                               {objectOf({{u"room"_s, room}, {u"id"_s, JsValue(socket->id())}})});
    answer(args.ackAt(1),
           objectOf({{u"ok"_s, JsValue(true)}, {u"room"_s, room}, {u"rooms"_s, roomsOf(*socket)}}));
}

void leaveRoom(const SocketPointer &socket, const Arguments &args)
{
    const JsValue room = args.at(0);
    const bool was = room.isString() && socket->isIn(room.toString());
    if (was) {
        socket->leave(room.toString());
        socket->to(room.toString())
            .emitEvent(u"room-left"_s,
                       {objectOf({{u"room"_s, room}, {u"id"_s, JsValue(socket->id())}})});
    }
    JsValue result
        = objectOf({{u"ok"_s, JsValue(was)}, {u"room"_s, room}, {u"rooms"_s, roomsOf(*socket)}});
    if (!was)
        result.insert(u"error"_s, JsValue(u"not in room"_s));
    answer(args.ackAt(1), result);
}

void roomMessage(Namespace &nsp, const SocketPointer &socket, const Arguments &args)
{
    const JsValue message = args.at(0);
    const JsValue room = message[u"room"];
    if (!room.isString() || !socket->isIn(room.toString())) {
        answer(args.ackAt(1), failure(u"not in room"_s));
        return;
    }
    nsp.in({room.toString()})
        .emitEvent(u"room-message"_s,
                   {objectOf({{u"room"_s, room},
                              {u"from"_s, JsValue(socket->id())},
                              {u"text"_s, message[u"text"]}})});
    answer(args.ackAt(1), objectOf({{u"ok"_s, JsValue(true)}}));
}

void roomMembers(Namespace &nsp, const Arguments &args)
{
    const Ack ack = args.ackAt(1);
    if (!ack)
        return;
    nsp.in(roomNames(args.at(0))).fetchSockets([ack](const auto &sockets) {
        if (!sockets)
            return;
        QStringList ids;
        for (const auto &socket : *sockets)
            ids.append(socket.id);
        answer(ack, sortedTexts(ids));
    });
}

} // namespace

void DemoApp::setUpRooms(Namespace &nsp)
{
    nsp.on(u"join-room"_s, joinRoom);
    nsp.on(u"leave-room"_s, leaveRoom);
    nsp.on(u"room-message"_s, [&nsp](const SocketPointer &socket, const Arguments &args) {
        roomMessage(nsp, socket, args);
    });
    nsp.on(u"room-members"_s,
           [&nsp](const SocketPointer &, const Arguments &args) { roomMembers(nsp, args); });
}

} // namespace rt
