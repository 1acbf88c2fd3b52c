// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/origin.h"

#include <QHostAddress>

#include <libpsl.h>

namespace rt {

namespace {

/// Hosts as the list has them: without the dot of a fully qualified name.
QByteArray withoutFinalDot(QByteArray host)
{
    if (host.endsWith('.'))
        host.chop(1);
    return host;
}

} // namespace

Origin Origin::of(const Url &url)
{
    Origin origin;
    if (!url.isSpecial() || url.scheme == "file")
        return origin;
    origin.scheme = url.scheme;
    origin.host = url.host;
    origin.port = url.effectivePort();
    return origin;
}

Origin Origin::parse(QByteArrayView text)
{
    const auto url = parseUrl(text);
    return url ? of(*url) : Origin();
}

QByteArray Origin::serialize() const
{
    if (isOpaque())
        return "null";
    const QByteArray base = scheme + "://" + host;
    return port == defaultPort(scheme) ? base : base + ':' + QByteArray::number(port);
}

bool Origin::sameOrigin(const Origin &other) const
{
    return !isOpaque() && *this == other;
}

bool isIpAddress(const QByteArray &host)
{
    if (host.startsWith('['))
        return true;
    return QHostAddress(QString::fromLatin1(host)).protocol() == QAbstractSocket::IPv4Protocol;
}

bool isPublicSuffix(const QByteArray &host)
{
    if (isIpAddress(host) || host.isEmpty())
        return false;
    // The list's last rule: a name it does not know has a suffix of one label.
    return psl_is_public_suffix2(psl_builtin(), withoutFinalDot(host).constData(), PSL_TYPE_ANY)
        != 0;
}

QByteArray registrableDomain(const QByteArray &host)
{
    if (isIpAddress(host) || !host.contains('.'))
        return {};
    const QByteArray name = withoutFinalDot(host);
    const char *domain = psl_registrable_domain(psl_builtin(), name.constData());
    return domain ? QByteArray(domain) : QByteArray();
}

QByteArray siteOf(const Origin &origin)
{
    if (origin.isOpaque())
        return "null";
    const QByteArray domain = registrableDomain(origin.host);
    return origin.scheme + "://" + (domain.isEmpty() ? origin.host : domain);
}

SiteRelation siteRelation(const Origin &a, const Origin &b)
{
    if (a.sameOrigin(b))
        return SiteRelation::SameOrigin;
    return isSameSite(a, b) ? SiteRelation::SameSite : SiteRelation::CrossSite;
}

bool isSameSite(const Origin &a, const Origin &b)
{
    return !a.isOpaque() && !b.isOpaque() && siteOf(a) == siteOf(b);
}

bool isLoopbackHost(const QByteArray &host)
{
    if (host == "localhost" || host.endsWith(".localhost") || host == "[::1]")
        return true;
    return isIpAddress(host) && QHostAddress(QString::fromLatin1(host)).isLoopback();
}

bool isPotentiallyTrustworthy(const Origin &origin)
{
    if (origin.isOpaque())
        return false;
    return origin.scheme == "https" || origin.scheme == "wss" || isLoopbackHost(origin.host);
}

} // namespace rt
