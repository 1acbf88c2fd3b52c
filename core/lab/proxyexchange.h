// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/contentcoding.h"
#include "lab/upstreamconnection.h"
#include "server/serverresponse.h"

#include <QObject>

#include <memory>

namespace rt {

/// One request on its way through the proxy and its answer on the way back. Deletes itself when the
/// client's end is over.
class ProxyExchange : public QObject
{
    Q_OBJECT

public:
    struct Setup
    {
        ProxySettings settings;
        Upstream upstream;
        UpstreamConnection::Context context;
        /// As they are recorded with the first hop.
        std::shared_ptr<const JsValue> recordedSettings;
    };

    ProxyExchange(ServerResponse &response, Setup setup, QObject *parent);

    void start();

private:
    void sendBody();
    void receiveHead(const ResponseHeadEvent &event);
    void receiveBody(const QByteArray &data);
    void receiveEnd();
    void refuse(ProxyFault fault);
    void respond(const QByteArray &data);
    void decide(Decision decision) { m_decisions->push_back(std::move(decision)); }
    void close();

    std::shared_ptr<ServerResponse> m_response;
    Setup m_setup;
    UpstreamConnection *m_upstream;
    std::unique_ptr<ContentEncoder> m_encoder;
    /// Shared with the report, which may be handed out later than this goes.
    std::shared_ptr<std::vector<Decision>> m_decisions;
    QByteArray m_gathered;
    bool m_chunkedRequest = false;
};

} // namespace rt
