// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "server/httpserver.h"
#include "server/tlsidentity.h"

#include <QObject>

#include <memory>
#include <optional>

namespace rt {

/// What makes an HttpServer an HTTPS one: sockets that prove the lab's identity, which is made when
/// the first server needs it and renewed while they run. Lives on their thread.
class TlsSockets : public QObject
{
    Q_OBJECT

public:
    explicit TlsSockets(QByteArrayList names, QObject *parent = nullptr);

    /// Where the identity is kept; empty, as at first, keeps it in memory. Before prepare().
    void setFolder(const QString &folder);
    /// Loads or makes the identity unless it is there. The error says which file is in the way.
    Result<void> prepare();
    /// Takes up what the folder now holds, or a new one: after the files were replaced or deleted.
    Result<void> reload();
    /// Of the authority to be trusted; empty before prepare().
    const QByteArray &authorityPem() const { return m_authorityPem; }
    /// For HttpServer::setSocketFactory(); this must outlive the server.
    HttpServer::SocketFactory factory();

signals:
    /// Another authority is to be trusted from now on.
    void authorityChanged();

private:
    std::unique_ptr<QTcpSocket> makeSocket(qintptr descriptor);
    Result<void> take();

    QByteArrayList m_names;
    std::unique_ptr<TlsIdentityStore> m_store;
    std::optional<QSslConfiguration> m_configuration;
    QByteArray m_authorityPem;
    qint64 m_renewAt = 0;
};

} // namespace rt
