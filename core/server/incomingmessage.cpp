// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/incomingmessage.h"

#include <array>
#include <utility>

namespace rt {

namespace {

/// Fields of which Node keeps the first (lib/_http_incoming.js, matchKnownFields).
bool firstCounts(QByteArrayView name)
{
    static constexpr std::array names {QByteArrayView("age"),
                                       QByteArrayView("authorization"),
                                       QByteArrayView("content-length"),
                                       QByteArrayView("content-type"),
                                       QByteArrayView("etag"),
                                       QByteArrayView("expires"),
                                       QByteArrayView("from"),
                                       QByteArrayView("host"),
                                       QByteArrayView("if-modified-since"),
                                       QByteArrayView("if-unmodified-since"),
                                       QByteArrayView("last-modified"),
                                       QByteArrayView("location"),
                                       QByteArrayView("max-forwards"),
                                       QByteArrayView("proxy-authorization"),
                                       QByteArrayView("referer"),
                                       QByteArrayView("retry-after"),
                                       QByteArrayView("server"),
                                       QByteArrayView("user-agent")};
    for (const QByteArrayView known : names) {
        if (equalsIgnoringCase(known, name))
            return true;
    }
    return false;
}

} // namespace

IncomingMessage::IncomingMessage(RequestHead head, Peer peer)
    : m_head(std::move(head)), m_peer(std::move(peer))
{
}

std::optional<QByteArray> IncomingMessage::header(QByteArrayView name) const
{
    std::optional<QByteArray> value;
    for (const HeaderField &field : m_head.headers) {
        if (!equalsIgnoringCase(field.name, name))
            continue;
        if (!value)
            value = field.value;
        else if (equalsIgnoringCase(name, "cookie"))
            *value += "; " + field.value;
        else if (!firstCounts(name))
            *value += ", " + field.value;
    }
    return value;
}

void IncomingMessage::resume()
{
    m_flowing = true;
    deliver();
}

void IncomingMessage::push(const QByteArray &data)
{
    if (m_aborted || data.isEmpty())
        return;
    m_buffer.push_back(data);
    m_bufferedBytes += data.size();
    if (m_flowing && !m_held)
        deliver();
}

void IncomingMessage::pushEnd(HeaderList trailers)
{
    m_trailers = std::move(trailers);
    m_complete = true;
    if (m_flowing && !m_held)
        deliver();
}

void IncomingMessage::release()
{
    m_held = false;
    if (m_flowing)
        deliver();
}

void IncomingMessage::deliver()
{
    if (m_delivering || m_ended || m_aborted)
        return;
    m_delivering = true;
    const bool hadBytes = m_bufferedBytes > 0;
    while (m_flowing && !m_buffer.empty()) {
        const auto pieces = std::exchange(m_buffer, {});
        for (size_t i = 0; i < pieces.size(); ++i) {
            if (!m_flowing) {
                m_buffer.insert(m_buffer.begin(), pieces.begin() + static_cast<qsizetype>(i),
                                pieces.end());
                break;
            }
            m_bufferedBytes -= pieces[i].size();
            // A copy: the receiver may set another receiver.
            if (const DataCallback data = m_data)
                data(pieces[i]);
        }
    }
    m_delivering = false;
    if (hadBytes && m_buffer.empty() && m_drained)
        m_drained();
    if (!m_flowing || !m_complete || !m_buffer.empty() || m_aborted || m_ended)
        return;
    m_ended = true;
    for (const Callback &callback : std::exchange(m_end, {}))
        callback();
}

void IncomingMessage::abort()
{
    if (m_aborted || m_ended)
        return;
    // Node: a request that came in whole is not aborted by the end of its connection.
    if (m_complete)
        return;
    m_aborted = true;
    m_buffer.clear();
    m_bufferedBytes = 0;
    for (const Callback &callback : std::exchange(m_abortedCallbacks, {}))
        callback();
}

void IncomingMessage::releaseCallbacks()
{
    m_data = nullptr;
    m_drained = nullptr;
    m_end.clear();
    m_abortedCallbacks.clear();
}

} // namespace rt
