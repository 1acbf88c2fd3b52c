// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

struct redisAsyncContext;
struct redisReply;

namespace rt {

/// Where a Redis server is: redis://[user:password@]host[:port][/database]
struct RedisAddress
{
    QString host;
    quint16 port = 6379;
    QByteArray user;
    QByteArray password;
    int database = 0;
    static Result<RedisAddress> parse(const QString &url);
};

/// One connection to Redis (hiredis) on the thread's event loop. Comes back by itself after it was
/// lost.
class RedisConnection final : public QObject
{
    Q_OBJECT

public:
    explicit RedisConnection(RedisAddress address, QObject *parent = nullptr);
    ~RedisConnection() override;

    void open();
    bool isOpen() const { return m_open; }
    /// nullptr when the connection was lost.
    using Reply = std::function<void(const redisReply *)>;
    /// What is sent while there is no connection is dropped. `reply` is called once.
    void send(const QByteArrayList &command, Reply reply = {});
    /// SUBSCRIBE or PSUBSCRIBE: `reply` is called again and again.
    void subscribe(const QByteArrayList &command, Reply reply);

signals:
    void opened();
    /// `reason` in hiredis's words.
    void lost(const QString &reason);

private:
    struct Handlers;
    friend struct Handlers;
    class Events;

    void connected();
    void retry(const QString &reason);
    void write(const QByteArrayList &command, void (*handler)(redisAsyncContext *, void *, void *),
               Reply *reply);

    const RedisAddress m_address;
    redisAsyncContext *m_context = nullptr;
    std::vector<std::unique_ptr<Reply>> m_subscriptions;
    QTimer m_retryTimer;
    bool m_open = false;
};

} // namespace rt
