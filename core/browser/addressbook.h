// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QHostAddress>

#include <map>
#include <optional>

namespace rt {

/// Where a host and port of a URL really listen. The lab's virtual origins all live on loopback,
/// on whatever ports were free.
struct Endpoint
{
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0;
};

/// Name resolution of the built-in browser, injected: it never asks the system's resolver.
class AddressBook
{
public:
    virtual ~AddressBook() = default;
    /// Nothing means that the name does not exist.
    virtual std::optional<Endpoint> resolve(const QByteArray &host, int port) const = 0;
};

/// A table of host:port. Loopback names go to loopback as they are; other names must be listed.
class AddressTable final : public AddressBook
{
public:
    void add(const QByteArray &host, int port, quint16 realPort);
    void clear() { m_ports.clear(); }
    /// Every port of `host` goes to the same port of loopback (for servers that listen where the
    /// URL says).
    void addHost(const QByteArray &host);
    std::optional<Endpoint> resolve(const QByteArray &host, int port) const override;

private:
    /// Port 0 stands for every port.
    std::map<std::pair<QByteArray, int>, quint16> m_ports;
};

} // namespace rt
