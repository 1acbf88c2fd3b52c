// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/proxyexchange.h"
#include "server/httpserver.h"

namespace rt {

/// A request for another protocol on its way through the proxy: once the server has switched, bytes
/// go both ways as they are. Deletes itself when either end is gone.
class ProxyTunnel : public QObject
{
    Q_OBJECT

public:
    ProxyTunnel(UpgradeRequest request, ProxyExchange::Setup setup, QObject *parent);

    void start();

private:
    void receiveHead(const ResponseHeadEvent &event);
    void receiveEnd();
    void refuse(ProxyFault fault);
    void answer(const ResponseHead &head, const QByteArray &body);
    void join(const ResponseHeadEvent &event);
    void passOn(QTcpSocket &from, QTcpSocket &to);
    static void pass(QTcpSocket &from, QTcpSocket &to);
    void release(std::unique_ptr<QTcpSocket> socket);
    void settle(const ResponseHead &head, const QByteArray &bytes);
    void closeBoth();

    UpgradeRequest m_request;
    ProxyExchange::Setup m_setup;
    UpstreamConnection *m_upstream;
    std::unique_ptr<QTcpSocket> m_client;
    std::unique_ptr<QTcpSocket> m_server;
    ResponseHead m_head;
    QByteArray m_body;
    std::vector<Decision> m_decisions;
};

} // namespace rt
