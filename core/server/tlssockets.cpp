// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/tlssockets.h"

#include <QDateTime>
#include <QSslSocket>

#include <utility>

namespace rt {

TlsSockets::TlsSockets(QByteArrayList names, QObject *parent)
    : QObject(parent), m_names(std::move(names))
{
    setFolder({});
}

void TlsSockets::setFolder(const QString &folder)
{
    m_store = std::make_unique<TlsIdentityStore>(folder, m_names);
}

Result<void> TlsSockets::prepare()
{
    return m_configuration ? Result<void>() : take();
}

Result<void> TlsSockets::reload()
{
    return take();
}

/// Not by the lab's clock: TLS compares with the system's, whatever a lesson skips.
Result<void> TlsSockets::take()
{
    const auto identity = m_store->identity(QDateTime::currentMSecsSinceEpoch());
    if (!identity)
        return tl::unexpected(identity.error());
    m_configuration = serverConfiguration(*identity);
    m_renewAt = identity->expiresAt - std::chrono::milliseconds(renewalMargin).count();
    if (std::exchange(m_authorityPem, identity->authorityPem) != identity->authorityPem)
        emit authorityChanged();
    return {};
}

HttpServer::SocketFactory TlsSockets::factory()
{
    return [this](qintptr descriptor) { return makeSocket(descriptor); };
}

std::unique_ptr<QTcpSocket> TlsSockets::makeSocket(qintptr descriptor)
{
    // A lab may stay open for days. The old certificate serves on where no new one can be had.
    if (QDateTime::currentMSecsSinceEpoch() >= m_renewAt)
        std::ignore = take();
    auto socket = std::make_unique<QSslSocket>();
    if (!m_configuration || !socket->setSocketDescriptor(descriptor))
        return nullptr;
    socket->setSslConfiguration(*m_configuration);
    socket->startServerEncryption();
    return socket;
}

} // namespace rt
