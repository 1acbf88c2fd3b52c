// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "socketio/packet.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rt::socketio {

class Namespace;
class Socket;
using SocketPointer = std::shared_ptr<Socket>;

/// Modifiers of one emit, names of the package; `timeout` in milliseconds.
struct EmitFlags
{
    bool isVolatile = false;
    /// Not to other servers.
    bool local = false;
    std::optional<int> timeout;
    /// As it travels between servers.
    JsValue toValue() const;
    static EmitFlags fromValue(const JsValue &value);
};

/// Whom a broadcast reaches: the union of the rooms (none: everybody) without the excepted rooms.
struct BroadcastOptions
{
    QStringList rooms;
    QStringList except;
    EmitFlags flags;
};

/// A socket of this server or another one.
struct SocketDetails
{
    QString id;
    QStringList rooms;
    JsValue data;
};

/// What connection state recovery keeps of a lost socket.
struct RecoverableSession
{
    QString sid;
    QString pid;
    QStringList rooms;
    JsValue data;
};
struct RestoredSession
{
    RecoverableSession session;
    /// Event arrays, oldest first.
    std::vector<JsValue> missedPackets;
};

/// The rooms of one namespace and who is in them (socket.io-adapter 2.5, in memory). A subclass
/// tells other servers too.
class Adapter
{
public:
    explicit Adapter(Namespace &nsp) : m_namespace(nsp) { }
    virtual ~Adapter() = default;
    Q_DISABLE_COPY_MOVE(Adapter)

    void addAll(const QString &sid, const QStringList &rooms);
    void del(const QString &sid, const QString &room);
    void delAll(const QString &sid);
    /// In order of joining.
    QStringList socketRooms(const QString &sid) const { return m_sids.value(sid); }
    bool hasRoom(const QString &room) const { return m_rooms.contains(room); }
    QStringList roomNames() const { return m_rooms.keys(); }

    virtual void broadcast(Packet packet, const BroadcastOptions &options);
    /// `clientCount` is called once per server, `ack` once per client that answers. Returns the
    /// packet's id.
    struct AckReceiver
    {
        std::function<void(int)> clientCount;
        std::function<void(const JsValue &)> ack;
    };
    virtual double broadcastWithAck(Packet packet, const BroadcastOptions &options,
                                    const AckReceiver &receiver);
    /// Nothing when not all servers answered.
    using Fetched = std::function<void(const std::optional<std::vector<SocketDetails>> &)>;
    virtual void fetchSockets(const BroadcastOptions &options, const Fetched &fetched);
    virtual void addSockets(const BroadcastOptions &options, const QStringList &rooms);
    virtual void delSockets(const BroadcastOptions &options, const QStringList &rooms);
    virtual void disconnectSockets(const BroadcastOptions &options, bool close);
    /// How many servers share the namespace; 0 when nobody knows.
    virtual void serverCount(const std::function<void(int)> &counted) { counted(1); }

    virtual void persistSession(const RecoverableSession &session) { Q_UNUSED(session) }
    virtual std::optional<RestoredSession> restoreSession(const QString &pid, const QString &offset)
    {
        Q_UNUSED(pid)
        Q_UNUSED(offset)
        return std::nullopt;
    }

protected:
    Namespace &nsp() const { return m_namespace; }
    std::vector<SocketPointer> matching(const BroadcastOptions &options) const;

private:
    Namespace &m_namespace;
    QHash<QString, std::vector<QString>> m_rooms;
    QHash<QString, QStringList> m_sids;
};

} // namespace rt::socketio
