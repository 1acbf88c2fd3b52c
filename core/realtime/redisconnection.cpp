// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/redisconnection.h"

#include <hiredis/async.h>
#include <hiredis/hiredis.h>

#include <vector>

namespace rt {

namespace {

constexpr int retryMs = 1000;

} // namespace

Result<RedisAddress> RedisAddress::parse(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    bool numeric = true;
    const QString path = url.path().mid(1);
    const int database = path.isEmpty() ? 0 : path.toInt(&numeric);
    if (url.scheme() != QStringLiteral("redis") || url.host().isEmpty() || !numeric)
        return failure(QStringLiteral("\"%1\" is no address of a Redis server; write "
                                      "redis://127.0.0.1:6379.")
                           .arg(text));
    return RedisAddress {url.host(), static_cast<quint16>(url.port(6379)), url.userName().toUtf8(),
                         url.password().toUtf8(), database};
}

/// hiredis's wishes to be told of the descriptor, as socket notifiers.
class RedisConnection::Events final : public QObject
{
public:
    Events(redisAsyncContext *context, QObject *parent)
        : QObject(parent), m_read(context->c.fd, QSocketNotifier::Read),
          m_write(context->c.fd, QSocketNotifier::Write)
    {
        m_read.setEnabled(false);
        m_write.setEnabled(false);
        connect(&m_read, &QSocketNotifier::activated, this,
                [context] { redisAsyncHandleRead(context); });
        connect(&m_write, &QSocketNotifier::activated, this,
                [context] { redisAsyncHandleWrite(context); });
        context->ev.data = this;
        context->ev.addRead = [](void *self) { of(self).m_read.setEnabled(true); };
        context->ev.delRead = [](void *self) { of(self).m_read.setEnabled(false); };
        context->ev.addWrite = [](void *self) { of(self).m_write.setEnabled(true); };
        context->ev.delWrite = [](void *self) { of(self).m_write.setEnabled(false); };
        context->ev.cleanup = [](void *self) {
            of(self).m_read.setEnabled(false);
            of(self).m_write.setEnabled(false);
            // One of the notifiers may be calling.
            of(self).deleteLater();
        };
    }

private:
    static Events &of(void *self) { return *static_cast<Events *>(self); }
    QSocketNotifier m_read;
    QSocketNotifier m_write;
};

/// The functions hiredis calls.
struct RedisConnection::Handlers
{
    static RedisConnection *of(const redisAsyncContext *context)
    {
        return static_cast<RedisConnection *>(context->data);
    }
    static void connected(const redisAsyncContext *context, int status)
    {
        RedisConnection *self = of(context);
        if (!self)
            return;
        if (status == REDIS_OK) {
            self->connected();
            return;
        }
        // hiredis frees the context itself after this.
        self->m_context = nullptr;
        self->retry(QString::fromUtf8(context->errstr));
    }
    static void disconnected(const redisAsyncContext *context, int)
    {
        RedisConnection *self = of(context);
        if (!self)
            return;
        self->m_context = nullptr;
        self->retry(QString::fromUtf8(context->errstr));
    }
    static void repliedOnce(redisAsyncContext *, void *reply, void *data)
    {
        const std::unique_ptr<Reply> receiver(static_cast<Reply *>(data));
        if (receiver)
            (*receiver)(static_cast<const redisReply *>(reply));
    }
    static void repliedAgain(redisAsyncContext *, void *reply, void *data)
    {
        (*static_cast<Reply *>(data))(static_cast<const redisReply *>(reply));
    }
};

RedisConnection::RedisConnection(RedisAddress address, QObject *parent)
    : QObject(parent), m_address(std::move(address))
{
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &RedisConnection::open);
}

RedisConnection::~RedisConnection()
{
    if (!m_context)
        return;
    m_context->data = nullptr;
    redisAsyncFree(m_context);
}

void RedisConnection::open()
{
    m_context = redisAsyncConnect(m_address.host.toUtf8().constData(), m_address.port);
    if (!m_context || m_context->err) {
        const QString reason
            = m_context ? QString::fromUtf8(m_context->errstr) : QStringLiteral("out of memory");
        if (m_context)
            redisAsyncFree(m_context);
        m_context = nullptr;
        retry(reason);
        return;
    }
    m_context->data = this;
    m_subscriptions.clear();
    new Events(m_context, this);
    redisAsyncSetConnectCallback(m_context, Handlers::connected);
    redisAsyncSetDisconnectCallback(m_context, Handlers::disconnected);
}

void RedisConnection::connected()
{
    m_open = true;
    if (!m_address.password.isEmpty() && !m_address.user.isEmpty())
        send({"AUTH", m_address.user, m_address.password});
    else if (!m_address.password.isEmpty())
        send({"AUTH", m_address.password});
    if (m_address.database != 0)
        send({"SELECT", QByteArray::number(m_address.database)});
    emit opened();
}

void RedisConnection::retry(const QString &reason)
{
    m_open = false;
    m_retryTimer.start(retryMs);
    emit lost(reason);
}

void RedisConnection::send(const QByteArrayList &command, Reply reply)
{
    if (!m_open) {
        if (reply)
            reply(nullptr);
        return;
    }
    // hiredis calls every command's function once, at the latest when it frees the connection.
    auto receiver = reply ? std::make_unique<Reply>(std::move(reply)) : nullptr;
    write(command, Handlers::repliedOnce, receiver.release());
}

void RedisConnection::subscribe(const QByteArrayList &command, Reply reply)
{
    if (!m_open)
        return;
    m_subscriptions.push_back(std::make_unique<Reply>(std::move(reply)));
    write(command, Handlers::repliedAgain, m_subscriptions.back().get());
}

void RedisConnection::write(const QByteArrayList &command,
                            void (*handler)(redisAsyncContext *, void *, void *), Reply *reply)
{
    std::vector<const char *> words;
    std::vector<size_t> sizes;
    for (const QByteArray &word : command) {
        words.push_back(word.constData());
        sizes.push_back(static_cast<size_t>(word.size()));
    }
    redisAsyncCommandArgv(m_context, handler, reply, static_cast<int>(words.size()), words.data(),
                          sizes.data());
}

} // namespace rt
