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

/// https://w3c.github.io/webappsec-csp/#scheme-part-match; Chromium differs: ws does not stand for
/// http, nor http for ws.
bool schemeMatches(const QByteArray &source, const QByteArray &scheme)
{
    return source == scheme || (source == "http" && scheme == "https")
        || (source == "ws" && scheme == "wss");
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

bool portMatches(const HostSource &source, const Url &url)
{
    if (source.port == "*")
        return true;
    const int port = url.effectivePort();
    if (source.port.isEmpty())
        return port == defaultPort(url.scheme);
    const int wanted = source.port.toInt();
    // An upgrade from http to https takes its default port along.
    const bool upgraded = wanted == 80 && port == 443
        && (source.scheme.isEmpty() || source.scheme == "http" || source.scheme == "ws");
    return wanted == port || upgraded;
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
        return schemeMatches(text.chopped(1).toLower(), url.scheme);
    const auto source = parseHostSource(text);
    if (!source)
        return false;
    // Without a scheme the page's own counts, or its secure twin.
    const QByteArray scheme = source->scheme.isEmpty() ? subject.self.scheme : source->scheme;
    const bool schemeFits = schemeMatches(scheme, url.scheme)
        || (source->scheme.isEmpty() && scheme == "http"
            && (url.scheme == "ws" || url.scheme == "wss"))
        || (source->scheme.isEmpty() && scheme == "https" && url.scheme == "wss");
    return schemeFits && hostMatches(*source, url.host) && portMatches(*source, url)
        && pathMatches(*source, subject);
}

} // namespace rt
