// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/addressbook.h"

#include "browser/origin.h"

namespace rt {

void AddressTable::add(const QByteArray &host, int port, quint16 realPort)
{
    m_ports[{host, port}] = realPort;
}

void AddressTable::addHost(const QByteArray &host)
{
    m_ports[{host, 0}] = 0;
}

std::optional<Endpoint> AddressTable::resolve(const QByteArray &host, int port) const
{
    if (const auto found = m_ports.find({host, port}); found != m_ports.end())
        return Endpoint {QHostAddress(QHostAddress::LocalHost), found->second};
    if (m_ports.contains({host, 0}))
        return Endpoint {QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(port)};
    if (host == "[::1]")
        return Endpoint {QHostAddress(QHostAddress::LocalHostIPv6), static_cast<quint16>(port)};
    if (!isLoopbackHost(host))
        return std::nullopt;
    const QHostAddress literal(QString::fromLatin1(host));
    return Endpoint {literal.isNull() ? QHostAddress(QHostAddress::LocalHost) : literal,
                     static_cast<quint16>(port)};
}

} // namespace rt
