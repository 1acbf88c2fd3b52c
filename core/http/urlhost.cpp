// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/url.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>

namespace rt {

namespace {

bool isForbiddenHostByte(char c)
{
    return QByteArrayView("\0\t\n\r #/:<>?@[\\]^|", 17).contains(c);
}

bool isForbiddenDomainByte(char c)
{
    const auto byte = static_cast<uchar>(c);
    return isForbiddenHostByte(c) || byte <= 0x1F || c == '%' || byte == 0x7F;
}

/// One part of an IPv4 address: decimal, 0x hexadecimal or 0 octal. Nothing when it is no number.
std::optional<quint64> ipv4Number(QByteArrayView part)
{
    if (part.isEmpty())
        return std::nullopt;
    int base = 10;
    if (part.startsWith("0x") || part.startsWith("0X")) {
        part = part.sliced(2);
        base = 16;
    } else if (part.size() >= 2 && part.startsWith('0')) {
        part = part.sliced(1);
        base = 8;
    }
    if (part.isEmpty())
        return 0;
    if (part.startsWith('+') || part.startsWith('-'))
        return std::nullopt;
    bool valid = false;
    const quint64 value = part.toByteArray().toULongLong(&valid, base);
    return valid ? std::optional(value) : std::nullopt;
}

QByteArrayList domainLabels(const QByteArray &domain)
{
    QByteArrayList labels = domain.split('.');
    if (labels.size() > 1 && labels.constLast().isEmpty())
        labels.removeLast();
    return labels;
}

bool endsInNumber(const QByteArray &domain)
{
    const QByteArray last = domainLabels(domain).constLast();
    const bool digits = !last.isEmpty()
        && std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits || ((last.startsWith("0x") || last.startsWith("0X")) && ipv4Number(last));
}

/// https://url.spec.whatwg.org/#concept-ipv4-parser
std::optional<QByteArray> parseIpv4(const QByteArray &domain)
{
    const QByteArrayList parts = domainLabels(domain);
    if (parts.size() > 4)
        return std::nullopt;
    quint64 address = 0;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const auto number = ipv4Number(parts.at(i));
        const bool last = i + 1 == parts.size();
        const quint64 limit = last ? 1ULL << (8 * (5 - parts.size())) : 256;
        if (!number || *number >= limit)
            return std::nullopt;
        address += last ? *number : *number << (8 * (3 - i));
    }
    return QHostAddress(static_cast<quint32>(address)).toString().toLatin1();
}

std::optional<QByteArray> parseIpv6(QByteArrayView text)
{
    const QHostAddress address(QString::fromLatin1(text));
    if (text.contains('%') || address.protocol() != QAbstractSocket::IPv6Protocol)
        return std::nullopt;
    return '[' + address.toString().toLatin1() + ']';
}

std::optional<QByteArray> domainToAscii(const QByteArray &domain)
{
    const bool ascii = std::all_of(domain.begin(), domain.end(),
                                   [](char c) { return static_cast<uchar>(c) < 0x80; });
    if (ascii)
        return domain.toLower();
    const QByteArray ace = QUrl::toAce(QString::fromUtf8(domain));
    return ace.isEmpty() ? std::nullopt : std::optional(ace);
}

} // namespace

std::optional<QByteArray> parseHost(QByteArrayView text, bool special)
{
    if (text.startsWith('[')) {
        if (!text.endsWith(']'))
            return std::nullopt;
        return parseIpv6(text.sliced(1, text.size() - 2));
    }
    if (!special) {
        if (std::any_of(text.begin(), text.end(), isForbiddenHostByte))
            return std::nullopt;
        return percentEncode(text, PercentEncodeSet::C0Control);
    }
    const auto domain = domainToAscii(percentDecode(text));
    if (!domain || domain->isEmpty()
        || std::any_of(domain->begin(), domain->end(), isForbiddenDomainByte))
        return std::nullopt;
    return endsInNumber(*domain) ? parseIpv4(*domain) : domain;
}

} // namespace rt
