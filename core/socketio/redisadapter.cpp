// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/redisadapter.h"

#include "socketio/msgpack.h"
#include "socketio/server.h"
#include "socketio/socket.h"

namespace rt::socketio {

using namespace Qt::StringLiterals;

namespace {

enum RequestType {
    Sockets = 0,
    AllRooms = 1,
    RemoteJoin = 2,
    RemoteLeave = 3,
    RemoteDisconnect = 4,
    RemoteFetch = 5,
    ServerSideEmit = 6,
    Broadcast = 7,
    BroadcastClientCount = 8,
    BroadcastAck = 9,
};

JsValue objectOf(const std::vector<std::pair<QString, JsValue>> &members)
{
    JsValue value = JsValue::object();
    for (const auto &[name, member] : members)
        value.insert(name, member);
    return value;
}

JsValue roomsValue(const BroadcastOptions &options)
{
    return objectOf({{u"rooms"_s, JsValue::stringArray(options.rooms)},
                     {u"except"_s, JsValue::stringArray(options.except)}});
}

/// With the flags, as broadcasts carry it.
JsValue optionsValue(const BroadcastOptions &options)
{
    JsValue value = roomsValue(options);
    value.insert(u"flags"_s, options.flags.toValue());
    return value;
}

QStringList textsOf(const JsValue &list)
{
    QStringList texts;
    for (const JsValue &item : list.items())
        texts.append(item.asText());
    return texts;
}

BroadcastOptions optionsFrom(const JsValue &value)
{
    return {textsOf(value[u"rooms"]), textsOf(value[u"except"]),
            EmitFlags::fromValue(value[u"flags"])};
}

JsValue packetValue(const Packet &packet)
{
    JsValue value = objectOf({{u"type"_s, JsValue(static_cast<int>(packet.type))},
                              {u"data"_s, packet.data},
                              {u"nsp"_s, JsValue(packet.nsp)}});
    if (packet.id)
        value.insert(u"id"_s, JsValue(*packet.id));
    return value;
}

/// JSON or MessagePack, told apart by the first octet; undefined for neither.
JsValue parseMessage(const QByteArray &message)
{
    if (!message.startsWith('{'))
        return parseMessagePack(message).value_or(JsValue());
    const auto parsed = parseJson(message);
    const auto *value = std::get_if<JsValue>(&parsed);
    return value ? *value : JsValue();
}

} // namespace

RedisAdapter::RedisAdapter(Namespace &nsp, PubSub &pubSub)
    : Adapter(nsp), m_pubSub(pubSub), m_uid([&nsp] {
          static constexpr char characters[]
              = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
          QString uid;
          for (const char byte : nsp.server().random().bytes(6))
              uid += QLatin1Char(characters[static_cast<quint8>(byte) % 64]);
          return uid;
      }()),
      m_channel("socket.io#" + nsp.name().toUtf8() + '#'),
      m_requestChannel("socket.io-request#" + nsp.name().toUtf8() + '#'),
      m_responseChannel("socket.io-response#" + nsp.name().toUtf8() + '#')
{
    const auto broadcasts = [this](const QByteArray &channel, const QByteArray &message) {
        receiveBroadcast(channel, message);
    };
    const auto others = [this](const QByteArray &channel, const QByteArray &message) {
        if (channel.startsWith(m_responseChannel))
            receiveResponse(message);
        else
            receiveRequest(message);
    };
    m_subscription = m_pubSub.subscribe(
        {m_channel,
         broadcasts,
         {m_requestChannel, m_responseChannel, m_responseChannel + m_uid.toLatin1() + '#'},
         others});
}

RedisAdapter::~RedisAdapter()
{
    m_pubSub.unsubscribe(m_subscription);
}

QString RedisAdapter::generateUid() const
{
    return nsp().server().generateId().left(6);
}

void RedisAdapter::broadcast(Packet packet, const BroadcastOptions &options)
{
    packet.nsp = nsp().name();
    if (!options.flags.local) {
        const JsValue message
            = JsValue::array({JsValue(m_uid), packetValue(packet), optionsValue(options)});
        QByteArray channel = m_channel;
        if (options.rooms.size() == 1)
            channel += options.rooms.first().toUtf8() + '#';
        m_pubSub.publish(channel, toMessagePack(message));
    }
    Adapter::broadcast(std::move(packet), options);
}

void RedisAdapter::receiveBroadcast(const QByteArray &channel, const QByteArray &message)
{
    const Ticks::Scope scope(nsp().server().ticks());
    const QByteArray room
        = channel.mid(m_channel.size()).chopped(channel.size() > m_channel.size() ? 1 : 0);
    if (!room.isEmpty() && !hasRoom(QString::fromUtf8(room)))
        return;
    const auto parsed = parseMessagePack(message);
    if (!parsed || parsed->size() < 3 || parsed->items().at(0) == JsValue(m_uid))
        return;
    const JsValue packet = parsed->items().at(1);
    const JsValue nspName = packet[u"nsp"].isUndefined() ? JsValue(u"/"_s) : packet[u"nsp"];
    if (!packet.isObject() || nspName != JsValue(nsp().name()) || !packet[u"data"].isArray())
        return;
    Adapter::broadcast({PacketType::Event, nsp().name(), packet[u"data"], {}},
                       optionsFrom(parsed->items().at(2)));
}

double RedisAdapter::broadcastWithAck(Packet packet, const BroadcastOptions &options,
                                      const AckReceiver &receiver)
{
    packet.nsp = nsp().name();
    if (!options.flags.local) {
        const QString requestId = generateUid();
        const JsValue message = objectOf({{u"uid"_s, JsValue(m_uid)},
                                          {u"requestId"_s, JsValue(requestId)},
                                          {u"type"_s, JsValue(static_cast<int>(Broadcast))},
                                          {u"packet"_s, packetValue(packet)},
                                          {u"opts"_s, optionsValue(options)}});
        auto timeout = std::make_unique<TimerQueue::Timer>(
            nsp().server().timers(), [this, requestId] { m_ackRequests.erase(requestId); });
        timeout->start(options.flags.timeout.value_or(1));
        // Before publishing: a bus inside the process delivers at once, and this marks our own.
        m_ackRequests[requestId] = {receiver, std::move(timeout)};
        m_pubSub.publish(m_requestChannel, toMessagePack(message));
    }
    return Adapter::broadcastWithAck(std::move(packet), options, receiver);
}

void RedisAdapter::serverCount(const std::function<void(int)> &counted)
{
    m_pubSub.countSubscribers(m_requestChannel, [this, counted](std::optional<int> count) {
        const Ticks::Scope scope(nsp().server().ticks());
        counted(count.value_or(1));
    });
}

void RedisAdapter::fetchSockets(const BroadcastOptions &options, const Fetched &fetched)
{
    Adapter::fetchSockets(options, [this, options, fetched](const auto &local) {
        if (options.flags.local) {
            fetched(local);
            return;
        }
        serverCount([this, options, fetched, local](int servers) {
            if (servers <= 1)
                fetched(local);
            else
                startFetch(options, *local, servers, fetched);
        });
    });
}

void RedisAdapter::startFetch(const BroadcastOptions &options, std::vector<SocketDetails> local,
                              int servers, const Fetched &fetched)
{
    const QString requestId = generateUid();
    auto timeout = std::make_unique<TimerQueue::Timer>(nsp().server().timers(), [this, requestId] {
        const Ticks::Scope scope(nsp().server().ticks());
        const auto fetch = m_fetches.extract(requestId);
        if (!fetch.empty())
            fetch.mapped().fetched(std::nullopt);
    });
    timeout->start(requestsTimeout);
    m_fetches[requestId] = {std::move(local), servers, 1, fetched, std::move(timeout)};
    const JsValue message = objectOf({{u"uid"_s, JsValue(m_uid)},
                                      {u"requestId"_s, JsValue(requestId)},
                                      {u"type"_s, JsValue(static_cast<int>(RemoteFetch))},
                                      {u"opts"_s, roomsValue(options)}});
    m_pubSub.publish(m_requestChannel, toJson(message));
}

void RedisAdapter::request(int type, const BroadcastOptions &options,
                           const std::vector<std::pair<QString, JsValue>> &more)
{
    JsValue message = objectOf(
        {{u"uid"_s, JsValue(m_uid)}, {u"type"_s, JsValue(type)}, {u"opts"_s, roomsValue(options)}});
    for (const auto &[name, value] : more)
        message.insert(name, value);
    m_pubSub.publish(m_requestChannel, toJson(message));
}

void RedisAdapter::addSockets(const BroadcastOptions &options, const QStringList &rooms)
{
    if (options.flags.local)
        Adapter::addSockets(options, rooms);
    else
        request(RemoteJoin, options, {{u"rooms"_s, JsValue::stringArray(rooms)}});
}

void RedisAdapter::delSockets(const BroadcastOptions &options, const QStringList &rooms)
{
    if (options.flags.local)
        Adapter::delSockets(options, rooms);
    else
        request(RemoteLeave, options, {{u"rooms"_s, JsValue::stringArray(rooms)}});
}

void RedisAdapter::disconnectSockets(const BroadcastOptions &options, bool close)
{
    if (options.flags.local)
        Adapter::disconnectSockets(options, close);
    else
        request(RemoteDisconnect, options, {{u"close"_s, JsValue(close)}});
}

void RedisAdapter::receiveRequest(const QByteArray &message)
{
    const Ticks::Scope scope(nsp().server().ticks());
    const JsValue request = parseMessage(message);
    const JsValue type = request[u"type"];
    if (!request.isObject() || !type.isNumber())
        return;
    switch (static_cast<int>(type.toNumber())) {
    case Sockets:
        answerSockets(request);
        return;
    case AllRooms:
        answerRooms(request);
        return;
    case RemoteJoin:
    case RemoteLeave:
    case RemoteDisconnect:
        executeRemote(static_cast<int>(type.toNumber()), request);
        return;
    case RemoteFetch:
        if (!m_fetches.contains(request[u"requestId"].toString()))
            answerFetch(request);
        return;
    case Broadcast:
        if (!m_ackRequests.contains(request[u"requestId"].toString()))
            answerBroadcast(request);
        return;
    default: // serverSideEmit: nobody here listens to other servers
        return;
    }
}

void RedisAdapter::executeRemote(int type, const JsValue &request)
{
    const JsValue target = request[u"opts"];
    const bool single = !target.isObject();
    const BroadcastOptions options
        = single ? BroadcastOptions {{request[u"sid"].asText()}, {}, {}} : optionsFrom(target);
    const QStringList rooms
        = single ? QStringList {request[u"room"].asText()} : textsOf(request[u"rooms"]);
    if (single && !nsp().socket(request[u"sid"].toString()))
        return;
    if (type == RemoteJoin)
        Adapter::addSockets(options, rooms);
    else if (type == RemoteLeave)
        Adapter::delSockets(options, rooms);
    else
        Adapter::disconnectSockets(options, request[u"close"].isTruthy());
    if (single)
        m_pubSub.publish(m_responseChannel,
                         toJson(objectOf({{u"requestId"_s, request[u"requestId"]}})));
}

void RedisAdapter::answerSockets(const JsValue &request)
{
    const BroadcastOptions options {textsOf(request[u"rooms"]), {}, {}};
    QStringList ids;
    for (const SocketPointer &socket : matching(options))
        ids.append(socket->id());
    m_pubSub.publish(m_responseChannel,
                     toJson(objectOf({{u"requestId"_s, request[u"requestId"]},
                                      {u"sockets"_s, JsValue::stringArray(ids)}})));
}

void RedisAdapter::answerRooms(const JsValue &request)
{
    m_pubSub.publish(m_responseChannel,
                     toJson(objectOf({{u"requestId"_s, request[u"requestId"]},
                                      {u"rooms"_s, JsValue::stringArray(roomNames())}})));
}

void RedisAdapter::answerFetch(const JsValue &request)
{
    JsValue sockets = JsValue::array();
    for (const SocketPointer &socket : matching(optionsFrom(request[u"opts"])))
        sockets.append(objectOf({{u"id"_s, JsValue(socket->id())},
                                 {u"handshake"_s, socket->handshake()},
                                 {u"rooms"_s, JsValue::stringArray(socket->rooms())},
                                 {u"data"_s, socket->data}}));
    m_pubSub.publish(
        m_responseChannel,
        toJson(objectOf({{u"requestId"_s, request[u"requestId"]}, {u"sockets"_s, sockets}})));
}

void RedisAdapter::answerBroadcast(const JsValue &request)
{
    const JsValue requestId = request[u"requestId"];
    const JsValue packet = request[u"packet"];
    if (!packet[u"data"].isArray())
        return;
    const auto counted = [this, requestId](int clients) {
        m_pubSub.publish(
            m_responseChannel,
            toJson(objectOf({{u"type"_s, JsValue(static_cast<int>(BroadcastClientCount))},
                             {u"requestId"_s, requestId},
                             {u"clientCount"_s, JsValue(clients)}})));
    };
    const auto answered = [this, requestId](const JsValue &argument) {
        m_pubSub.publish(
            m_responseChannel,
            toMessagePack(objectOf({{u"type"_s, JsValue(static_cast<int>(BroadcastAck))},
                                    {u"requestId"_s, requestId},
                                    {u"packet"_s, argument}})));
    };
    Adapter::broadcastWithAck({PacketType::Event, nsp().name(), packet[u"data"], {}},
                              optionsFrom(request[u"opts"]), {counted, answered});
}

void RedisAdapter::receiveResponse(const QByteArray &message)
{
    const Ticks::Scope scope(nsp().server().ticks());
    const JsValue response = parseMessage(message);
    const QString requestId = response[u"requestId"].toString();
    if (const auto acks = m_ackRequests.find(requestId); acks != m_ackRequests.end()) {
        // The last answer may end the request and take the receiver with it.
        const AckReceiver receiver = acks->second.receiver;
        const int type = static_cast<int>(response[u"type"].toNumber(-1));
        if (type == BroadcastClientCount)
            receiver.clientCount(static_cast<int>(response[u"clientCount"].toNumber()));
        else if (type == BroadcastAck)
            receiver.ack(response[u"packet"]);
        return;
    }
    if (const auto fetch = m_fetches.find(requestId); fetch != m_fetches.end())
        receiveFetched(fetch, response);
}

void RedisAdapter::receiveFetched(std::map<QString, Fetch>::iterator fetch, const JsValue &response)
{
    Fetch &pending = fetch->second;
    ++pending.answers;
    if (!response[u"sockets"].isArray())
        return;
    for (const JsValue &socket : response[u"sockets"].items())
        pending.sockets.push_back(
            {socket[u"id"].toString(), textsOf(socket[u"rooms"]), socket[u"data"]});
    if (pending.answers != pending.servers)
        return;
    const auto done = m_fetches.extract(fetch);
    done.mapped().fetched(done.mapped().sockets);
}

} // namespace rt::socketio
