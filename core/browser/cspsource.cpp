// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/csp.h"

#include "browser/fieldvalue.h"

namespace rt {

namespace {

/// A host source taken apart; empty parts were not given.
struct HostSource
{
    QByteArray scheme;
    QByteArray host;
    bool wildcardHost = false;
    QByteArray port;
    QByteArray path;
};

bool isHttpOrWs(const QByteArray &scheme)
{
    return scheme == "http" || scheme == "https" || scheme == "ws" || scheme == "wss";
}

/// How a part of a source fits: as it is, because the source leaves it open, or as the secure twin.
enum class Fit { None, Exact, Open, Upgrade };

/// https://w3c.github.io/webappsec-csp/#scheme-part-match; Chromium differs: ws does not stand for
/// http, nor http for ws.
Fit schemeFit(const QByteArray &source, const QByteArray &scheme)
{
    if (source == scheme)
        return Fit::Exact;
    const bool twin
        = (source == "http" && scheme == "https") || (source == "ws" && scheme == "wss");
    return twin ? Fit::Upgrade : Fit::None;
}

/// A source without a scheme takes the page's, and the sockets that go with it.
Fit ownSchemeFit(const QByteArray &page, const QByteArray &scheme)
{
    const bool socket = (page == "http" && scheme == "ws") || (page == "https" && scheme == "wss");
    if (socket)
        return Fit::Exact;
    return page == "http" && scheme == "wss" ? Fit::Upgrade : schemeFit(page, scheme);
}

bool isSchemeSource(const QByteArray &source)
{
    return source.endsWith(':') && !source.contains('/')
        && source.indexOf(':') == source.size() - 1;
}

std::optional<HostSource> parseHostSource(QByteArray text)
{
    HostSource source;
    const qsizetype schemeEnd = text.indexOf("://");
    if (schemeEnd >= 0) {
        source.scheme = text.left(schemeEnd).toLower();
        text = text.mid(schemeEnd + 3);
    }
    const qsizetype slash = text.indexOf('/');
    if (slash >= 0) {
        source.path = percentDecode(text.mid(slash));
        text.truncate(slash);
    }
    const qsizetype colon = text.lastIndexOf(':');
    if (colon >= 0) {
        source.port = text.mid(colon + 1);
        text.truncate(colon);
    }
    if (text.isEmpty())
        return std::nullopt;
    source.wildcardHost = text == "*" || text.startsWith("*.");
    source.host = text == "*" ? QByteArray() : text.mid(source.wildcardHost ? 2 : 0).toLower();
    return source;
}

bool hostMatches(const HostSource &source, const QByteArray &host)
{
    if (!source.wildcardHost)
        return host == source.host;
    return source.host.isEmpty() || host.endsWith('.' + source.host);
}

Fit portFit(const HostSource &source, const Url &url)
{
    if (source.port == "*")
        return Fit::Open;
    const int port = url.effectivePort();
    if (source.port.isEmpty())
        return port == defaultPort(url.scheme) ? Fit::Open : Fit::None;
    const int wanted = source.port.toInt();
    if (wanted == port)
        return Fit::Exact;
    return wanted == 80 && port == 443 ? Fit::Upgrade : Fit::None;
}

/// An upgrade takes both along: from http to https on the same odd port is another place.
bool fitTogether(Fit scheme, Fit port)
{
    if (scheme == Fit::None || port == Fit::None)
        return false;
    const bool upgrade = scheme == Fit::Upgrade || port == Fit::Upgrade;
    return !upgrade || (scheme != Fit::Exact && port != Fit::Exact);
}

bool pathMatches(const HostSource &source, const CspSubject &subject)
{
    if (source.path.isEmpty() || source.path == "/" || subject.redirected)
        return true;
    const QByteArray path = percentDecode(subject.url.path);
    return source.path.endsWith('/') ? path.startsWith(source.path) : path == source.path;
}

/// 'self': the page's host and port, with the scheme as it is or its secure twin, and their
/// sockets.
bool selfMatches(const CspSubject &subject)
{
    const Origin &self = subject.self;
    const Url &url = subject.url;
    if (self.isOpaque() || url.host != self.host)
        return false;
    const int port = url.effectivePort();
    const bool bothDefault
        = self.port == defaultPort(self.scheme) && port == defaultPort(url.scheme);
    if (port != self.port && !bothDefault)
        return false;
    if (url.scheme == self.scheme || url.scheme == "https" || url.scheme == "wss")
        return true;
    return self.scheme == "http" && url.scheme == "ws";
}

} // namespace

QByteArray cspSourceText(QByteArrayView source)
{
    const QByteArray text = source.toByteArray();
    const qsizetype authority = text.contains("://") ? text.indexOf("://") + 3 : 0;
    const qsizetype slash = text.indexOf('/', authority);
    return slash < 0 ? text.toLower() : text.left(slash).toLower() + text.mid(slash);
}

bool cspSourceMatches(QByteArrayView expression, const CspSubject &subject)
{
    const QByteArray text = expression.toByteArray();
    const Url &url = subject.url;
    if (text == "*")
        return isHttpOrWs(url.scheme) || url.scheme == subject.self.scheme;
    if (text.startsWith('\''))
        return equalsIgnoringCase(text, "'self'") && selfMatches(subject);
    if (isSchemeSource(text))
        return schemeFit(text.chopped(1).toLower(), url.scheme) != Fit::None;
    const auto source = parseHostSource(text);
    if (!source)
        return false;
    const Fit scheme = source->scheme.isEmpty() ? ownSchemeFit(subject.self.scheme, url.scheme)
                                                : schemeFit(source->scheme, url.scheme);
    return fitTogether(scheme, portFit(*source, url)) && hostMatches(*source, url.host)
        && pathMatches(*source, subject);
}

} // namespace rt
