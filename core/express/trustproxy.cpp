// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/trustproxy.h"

#include <QHostAddress>

#include <algorithm>

namespace rt {

namespace {

/// ipaddr.js 1.9: decimal, 0octal or 0xhex.
std::optional<qint64> autoNumber(QByteArrayView text)
{
    bool ok = false;
    const QByteArray digits = text.toByteArray().toLower();
    if (digits.startsWith("0x"))
        return digits.mid(2).toLongLong(&ok, 16) >= 0 && ok
            ? std::optional(digits.mid(2).toLongLong(nullptr, 16))
            : std::nullopt;
    if (digits.isEmpty()
        || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    const qint64 number
        = digits.toLongLong(&ok, digits.size() > 1 && digits.startsWith('0') ? 8 : 10);
    return ok ? std::optional(number) : std::nullopt;
}

std::optional<IpAddress> parseV4(QByteArrayView text)
{
    IpAddress address;
    const QByteArrayList parts = text.toByteArray().split('.');
    if (parts.size() == 1) {
        const auto number = autoNumber(text);
        if (!number || *number > 0xffffffffll)
            return std::nullopt;
        for (size_t i = 0; i < 4; ++i)
            address.bytes[i] = static_cast<quint8>(*number >> (24 - 8 * i));
        return address;
    }
    if (parts.size() != 4)
        return std::nullopt;
    for (size_t i = 0; i < 4; ++i) {
        const auto number = autoNumber(parts.at(static_cast<qsizetype>(i)));
        if (!number || *number > 255)
            return std::nullopt;
        address.bytes[i] = static_cast<quint8>(*number);
    }
    return address;
}

int netmaskBits(const IpAddress &mask)
{
    int bits = 0;
    bool ended = false;
    for (int i = 0; i < 32; ++i) {
        const bool set = mask.bytes[static_cast<size_t>(i / 8)] & (0x80 >> (i % 8));
        if (set && ended)
            return 0;
        ended = ended || !set;
        bits += set ? 1 : 0;
    }
    return bits;
}

QStringList namedRange(const QString &name)
{
    if (name == u"loopback")
        return {QStringLiteral("127.0.0.1/8"), QStringLiteral("::1/128")};
    if (name == u"linklocal")
        return {QStringLiteral("169.254.0.0/16"), QStringLiteral("fe80::/10")};
    if (name == u"uniquelocal")
        return {QStringLiteral("10.0.0.0/8"), QStringLiteral("172.16.0.0/12"),
                QStringLiteral("192.168.0.0/16"), QStringLiteral("fc00::/7")};
    return {name};
}

/// proxy-addr works on texts and lets JavaScript complain about anything else.
Result<void> refuseNote(const JsValue &note)
{
    if (note.isString() || note.isArray()) // lists have lastIndexOf() too
        return {};
    if (note.isNullish())
        return failure(QStringLiteral("Cannot read properties of %1 (reading 'lastIndexOf')")
                           .arg(note.asText()));
    return failure(QStringLiteral("note.lastIndexOf is not a function"));
}

/// npm forwarded: from right to left, blanks around entries and empty entries dropped.
QByteArrayList forwardedAddresses(const QByteArray &header)
{
    QByteArrayList addresses;
    const QByteArrayList parts = header.split(',');
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        if (const QByteArray address = part->trimmed(); !address.isEmpty())
            addresses.append(address);
    }
    return addresses;
}

} // namespace

std::optional<IpAddress> IpAddress::parse(QByteArrayView text)
{
    if (!text.contains(':'))
        return parseV4(text);
    QHostAddress host;
    if (!host.setAddress(QString::fromLatin1(text))
        || host.protocol() != QAbstractSocket::IPv6Protocol)
        return std::nullopt;
    IpAddress address;
    address.isV6 = true;
    const Q_IPV6ADDR raw = host.toIPv6Address();
    std::copy(std::begin(raw.c), std::end(raw.c), address.bytes.begin());
    return address;
}

bool IpAddress::isV4Mapped() const
{
    return isV6 && std::all_of(bytes.begin(), bytes.begin() + 10, [](quint8 b) { return b == 0; })
        && bytes[10] == 0xff && bytes[11] == 0xff;
}

IpAddress IpAddress::toV4() const
{
    IpAddress address;
    std::copy(bytes.begin() + 12, bytes.end(), address.bytes.begin());
    return address;
}

IpAddress IpAddress::toV4Mapped() const
{
    IpAddress address;
    address.isV6 = true;
    address.bytes[10] = address.bytes[11] = 0xff;
    std::copy(bytes.begin(), bytes.begin() + 4, address.bytes.begin() + 12);
    return address;
}

bool IpAddress::matches(const IpAddress &network, int bits) const
{
    for (size_t i = 0; bits > 0; ++i, bits -= 8) {
        const int mask = bits >= 8 ? 0xff : (0xff << (8 - bits)) & 0xff;
        if ((bytes[i] & mask) != (network.bytes[i] & mask))
            return false;
    }
    return true;
}

Result<TrustProxy::Subnet> TrustProxy::parseSubnet(const QString &note)
{
    const qsizetype slash = note.lastIndexOf(u'/');
    const QString text = slash < 0 ? note : note.left(slash);
    auto address = IpAddress::parse(text.toLatin1());
    if (!address)
        return failure(QStringLiteral("invalid IP address: ") + text);
    if (slash < 0 && address->isV4Mapped())
        address = address->toV4();
    const int most = address->isV6 ? 128 : 32;
    if (slash < 0)
        return Subnet {*address, most};
    const QString range = note.mid(slash + 1);
    bool isNumber = !range.isEmpty();
    for (const QChar c : range)
        isNumber = isNumber && c >= u'0' && c <= u'9';
    int bits = isNumber ? range.toInt() : 0;
    if (!isNumber && !address->isV6) {
        if (const auto mask = IpAddress::parse(range.toLatin1()); mask && !mask->isV6)
            bits = netmaskBits(*mask);
    }
    if (bits <= 0 || bits > most)
        return failure(QStringLiteral("invalid range on address: ") + note);
    return Subnet {*address, bits};
}

Result<TrustProxy> TrustProxy::fromValue(const JsValue &value)
{
    TrustProxy trust;
    if (value.isBoolean() && value.toBool()) {
        trust.m_all = true;
        return trust;
    }
    if (value.isNumber()) {
        trust.m_hops = value.toNumber();
        return trust;
    }
    if (!value.isString() && !value.isArray() && value.isTruthy())
        return failure(QStringLiteral("unsupported trust argument"));
    QList<JsValue> notes = value.items();
    if (value.isString()) {
        for (const QString &part : value.toString().split(u','))
            notes.append(JsValue(part.trimmed()));
    }
    for (const JsValue &note : notes) {
        if (const auto refused = refuseNote(note); !refused)
            return tl::unexpected(refused.error());
        for (const QString &range : namedRange(note.asText())) {
            const auto subnet = parseSubnet(range);
            if (!subnet)
                return tl::unexpected(subnet.error());
            trust.m_subnets.push_back(*subnet);
        }
    }
    return trust;
}

bool TrustProxy::trusts(QByteArrayView address, int hop) const
{
    if (m_all || hop < m_hops)
        return true;
    if (m_subnets.empty())
        return false;
    auto ip = IpAddress::parse(address);
    if (!ip)
        return false;
    if (ip->isV4Mapped())
        ip = ip->toV4();
    for (const Subnet &subnet : m_subnets) {
        const bool mapped = subnet.address.isV4Mapped();
        IpAddress candidate = *ip;
        if (ip->isV6 != subnet.address.isV6) {
            // A mapped subnet speaks of IPv4 only when its prefix covers the marker.
            if (ip->isV6 || !mapped || subnet.bits < 96)
                continue;
            candidate = ip->toV4Mapped();
        } else if (ip->isV6 && mapped) {
            continue;
        }
        if (candidate.matches(subnet.address, subnet.bits))
            return true;
    }
    return false;
}

QByteArrayList TrustProxy::trustedChain(const QByteArray &socketAddress,
                                        const std::optional<QByteArray> &forwardedFor) const
{
    QByteArrayList addresses {socketAddress};
    if (forwardedFor)
        addresses += forwardedAddresses(*forwardedFor);
    for (int i = 0; i < addresses.size() - 1; ++i) {
        if (!trusts(addresses.at(i), i))
            return addresses.first(i + 1);
    }
    return addresses;
}

} // namespace rt
