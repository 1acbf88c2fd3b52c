// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

#include <QByteArray>
#include <QByteArrayList>

#include <array>
#include <limits>
#include <optional>
#include <vector>

namespace rt {

/// An address as npm ipaddr.js reads it: 4 or 16 bytes.
struct IpAddress
{
    std::array<quint8, 16> bytes {};
    bool isV6 = false;

    static std::optional<IpAddress> parse(QByteArrayView text);
    bool isV4Mapped() const;
    IpAddress toV4() const;
    IpAddress toV4Mapped() const;
    /// The first `bits` bits are those of `network`, an address of the same kind.
    bool matches(const IpAddress &network, int bits) const;
};

/// Express's `trust proxy` setting: which of the addresses a request came through are believed
/// (npm proxy-addr 2.0).
class TrustProxy
{
public:
    /// true, a hop count, a comma list or a list of addresses, subnets and the names loopback,
    /// linklocal, uniquelocal. The error is npm proxy-addr's: "invalid IP address: x".
    static Result<TrustProxy> fromValue(const JsValue &value);

    bool trusts(QByteArrayView address, int hop) const;
    /// The socket's address and X-Forwarded-For from right to left, up to the first untrusted one.
    QByteArrayList trustedChain(const QByteArray &socketAddress,
                                const std::optional<QByteArray> &forwardedFor) const;

private:
    struct Subnet
    {
        IpAddress address;
        int bits = 0;
    };
    static Result<Subnet> parseSubnet(const QString &note);

    bool m_all = false;
    double m_hops = -std::numeric_limits<double>::infinity();
    std::vector<Subnet> m_subnets;
};

} // namespace rt
