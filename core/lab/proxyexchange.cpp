// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/proxyexchange.h"

#include "http/messagewriter.h"

#include <QCoreApplication>
#include <QPointer>

namespace rt {

ProxyExchange::ProxyExchange(ServerResponse &response, Setup setup, QObject *parent)
    : QObject(parent), m_response(response.shared_from_this()), m_setup(std::move(setup)),
      m_upstream(new UpstreamConnection(m_setup.context, this)),
      m_decisions(std::make_shared<std::vector<Decision>>())
{
    connect(m_upstream, &UpstreamConnection::headArrived, this, &ProxyExchange::receiveHead);
    connect(m_upstream, &UpstreamConnection::bodyArrived, this, &ProxyExchange::receiveBody);
    connect(m_upstream, &UpstreamConnection::ended, this, &ProxyExchange::receiveEnd);
    connect(m_upstream, &UpstreamConnection::failed, this, &ProxyExchange::refuse);
    m_response->onDrain([this] { m_upstream->setReading(true); });
    m_response->onClose([this] { close(); });
    m_response->onReport(
        [decisions = m_decisions, settings = m_setup.recordedSettings](ServerReport &report) {
            report.endedBy = "proxy";
            report.settings = settings;
            report.decisions.insert(report.decisions.end(), decisions->begin(), decisions->end());
        });
}

void ProxyExchange::start()
{
    const IncomingMessage &request = m_response->request();
    if (request.head().headers.contains("Upgrade"))
        decide({"proxy.UpgradeDropped",
                QCoreApplication::translate("proxy",
                                            "The proxy does not pass Upgrade on: the server sees "
                                            "an ordinary request (proxy.websocket).")});
    m_chunkedRequest = request.head().headers.contains("Transfer-Encoding");
    const auto *capture = m_response->capture();
    m_upstream->start(m_setup.upstream,
                      forwardedRequest(request.head(), request.peer(), m_setup.settings, false),
                      capture ? std::optional(capture->report.key) : std::nullopt);
    sendBody();
}

void ProxyExchange::sendBody()
{
    IncomingMessage &request = m_response->request();
    request.onData([this](const QByteArray &data) {
        m_upstream->write(m_chunkedRequest ? writeChunk(data) : data, data);
        if (!m_upstream->wantsMore())
            m_response->request().pause();
    });
    // The client may go on sending after its answer is out and this is gone.
    request.onEnd([self = QPointer(this)] {
        if (self && self->m_chunkedRequest)
            self->m_upstream->write(lastChunk(), {});
    });
    connect(m_upstream, &UpstreamConnection::drained, this,
            [this] { m_response->request().resume(); });
    request.resume();
}

void ProxyExchange::receiveHead(const ResponseHeadEvent &event)
{
    const RequestHead &request = m_response->request().head();
    const ProxyCoding coding = decideProxyCoding(request, event.head, m_setup.settings);
    HeaderList headers = forwardedResponse(event.head, request, m_setup.settings);
    decide(describe(coding, event.head));
    if (m_setup.settings.addCors)
        decide({"proxy.AddedCors",
                QCoreApplication::translate(
                    "proxy", "The proxy added an Access-Control-Allow-Origin of its own.")});
    if (compresses(coding)) {
        m_encoder = makeEncoder(ContentCoding::Gzip);
        markCompressed(headers);
    }
    if (m_setup.settings.buffering && request.method != "HEAD")
        headers.remove("Content-Length"); // known when all is gathered
    m_response->statusCode = event.head.status;
    m_response->statusMessage = event.head.reasonPhrase;
    for (const HeaderField &field : headers)
        m_response->appendHeader(field.name, field.value);
    // The head need not wait for the first byte of a slow body.
    if (!m_setup.settings.buffering && event.framing != BodyFraming::None)
        m_response->write({});
    if (m_response->takeError())
        refuse(ProxyFault::BadResponse);
}

void ProxyExchange::receiveBody(const QByteArray &data)
{
    if (!m_encoder) {
        respond(data);
        return;
    }
    QByteArray coded = m_encoder->write(data);
    if (!m_setup.settings.buffering)
        coded += m_encoder->flush(); // as nginx without proxy_buffering: nothing is held back
    respond(coded);
}

void ProxyExchange::respond(const QByteArray &data)
{
    if (m_setup.settings.buffering)
        m_gathered += data;
    else if (!data.isEmpty() && !m_response->write(data))
        m_upstream->setReading(false);
}

void ProxyExchange::receiveEnd()
{
    if (m_encoder)
        respond(m_encoder->finish());
    m_response->end(m_gathered);
}

void ProxyExchange::refuse(ProxyFault fault)
{
    decide(describe(fault, m_setup.settings));
    m_upstream->abort();
    if (m_response->headersSent()) {
        m_response->destroy();
        return;
    }
    for (const HeaderField &field : HeaderList(m_response->headers()))
        m_response->removeHeader(field.name);
    const int status = statusOf(fault);
    m_response->statusCode = status;
    m_response->statusMessage = reasonPhrase(status);
    m_response->setHeader("Content-Type", "text/plain; charset=utf-8");
    m_response->setHeader("Via", "1.1 roundtrip");
    // An unread body must not stand before the next request.
    m_response->request().onData(nullptr);
    m_response->request().resume();
    m_response->end(QByteArray::number(status) + ' ' + reasonPhrase(status) + '\n');
}

void ProxyExchange::close()
{
    m_upstream->abort();
    m_response->request().onData(nullptr);
    deleteLater();
}

} // namespace rt
