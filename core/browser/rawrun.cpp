// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/rawrun.h"

#include "browser/bodydecoder.h"
#include "browser/requestheaders.h"

namespace rt {

RawRun::RawRun(FetchServices &services, FetchRequest request, quint64 call, Finished finished,
               QObject *parent)
    : QObject(parent), m_services(services), m_request(std::move(request)),
      m_finished(std::move(finished))
{
    m_result.call = call;
    m_result.method = m_request.method;
}

void RawRun::start()
{
    const auto url = parseUrl(m_request.url);
    if (!url || !url->isHttpFamily()) {
        m_result.outcome = FetchResult::Outcome::Failed;
        m_result.reason = "request.InvalidUrl";
        m_result.sentence
            = QStringLiteral("%1 is no http address.").arg(QString::fromUtf8(m_request.url));
        finishLater();
        return;
    }
    TransportRequest message;
    message.url = *url;
    message.head.method = m_request.method;
    message.head.target = url->target();
    message.head.headers
        = rawHeaders(*url, m_request.headers, m_request.method, m_request.body, m_request.hasBody);
    message.body = m_request.body;
    message.call = m_result.call;
    message.kind = "raw";
    m_transportId = m_services.transport.send(
        message, [this](TransportResponse &response) { answered(response); });
}

void RawRun::answered(TransportResponse &response)
{
    m_transportId = 0;
    if (response.key)
        m_result.exchanges.push_back(*response.key);
    if (response.failure) {
        m_result.outcome = FetchResult::Outcome::Failed;
        m_result.reason = failureId(*response.failure);
        m_result.netError = response.netError;
        m_result.sentence = response.sentence;
        finishLater();
        return;
    }
    m_result.type = "basic";
    m_result.readable = true;
    m_result.status = response.head.status;
    m_result.statusText = response.head.reasonPhrase;
    m_result.url = m_request.url;
    m_result.headers = response.head.headers;
    const DecodedBody decoded = decodeContent(response.head.headers, response.body);
    const bool good = decoded.reason == DecodeReason::Decoded;
    m_result.body = good ? decoded.body : response.body;
    finishLater();
}

void RawRun::cancel()
{
    if (m_done)
        return;
    if (m_transportId)
        m_services.transport.cancel(m_transportId);
    m_result.outcome = FetchResult::Outcome::Aborted;
    m_result.reason = "fetch.Aborted";
    finishLater();
}

void RawRun::finishLater()
{
    if (std::exchange(m_done, true))
        return;
    QMetaObject::invokeMethod(
        this, [this] { m_finished(m_result, this); }, Qt::QueuedConnection);
}

} // namespace rt
