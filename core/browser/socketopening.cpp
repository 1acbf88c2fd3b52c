// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/socketopening.h"

#include "browser/consolemessages.h"
#include "browser/mixedcontent.h"
#include "browser/requestheaders.h"

namespace rt {

namespace {

SocketRefusal refuse(SocketFault fault, const QString &text)
{
    const QString name = fault == SocketFault::InsecureFromSecurePage
        ? QStringLiteral("SecurityError")
        : QStringLiteral("SyntaxError");
    return {fault, name + QStringLiteral(": Failed to construct 'WebSocket': ") + text, {}};
}

/// RFC 6455 §4.1: the token of RFC 2616, which knows more separators than RFC 9110.
bool isSubprotocol(const QByteArray &name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        return c > 0x20 && c < 0x7f && !QByteArrayView("()<>@,;:\\\"/[]?={}").contains(c);
    });
}

/// As Chromium shows what is no ASCII.
QString escaped(const QByteArray &utf8)
{
    QString out;
    for (const QChar c : QString::fromUtf8(utf8))
        out += c.unicode() < 0x80
            ? QString(c)
            : QStringLiteral("\\u%1").arg(
                QString::number(c.unicode(), 16).toUpper().rightJustified(4, QLatin1Char('0')));
    return out;
}

std::optional<SocketRefusal> checkUrl(const QByteArray &given, const std::optional<Url> &url)
{
    if (!url)
        return refuse(SocketFault::InvalidUrl,
                      QStringLiteral("The URL '%1' is invalid.").arg(QString::fromUtf8(given)));
    if (url->scheme != "ws" && url->scheme != "wss")
        return refuse(SocketFault::SchemeNotAllowed,
                      QStringLiteral("The URL's scheme must be either 'http', 'https', 'ws', or "
                                     "'wss'. '%1' is not allowed.")
                          .arg(QString::fromLatin1(url->scheme)));
    if (url->fragment)
        return refuse(SocketFault::FragmentInUrl,
                      QStringLiteral("The URL contains a fragment identifier ('%1'). Fragment "
                                     "identifiers are not allowed in WebSocket URLs.")
                          .arg(QString::fromLatin1(*url->fragment)));
    return std::nullopt;
}

std::optional<SocketRefusal> checkProtocols(const QByteArrayList &protocols)
{
    for (const QByteArray &protocol : protocols) {
        if (!isSubprotocol(protocol))
            return refuse(
                SocketFault::InvalidProtocol,
                QStringLiteral("The subprotocol '%1' is invalid.").arg(escaped(protocol)));
    }
    for (qsizetype i = 0; i < protocols.size(); ++i) {
        if (protocols.indexOf(protocols.at(i)) < i)
            return refuse(SocketFault::DuplicateProtocol,
                          QStringLiteral("The subprotocol '%1' is duplicated.")
                              .arg(escaped(protocols.at(i))));
    }
    return std::nullopt;
}

std::optional<Url> socketUrl(const QByteArray &given, const Document &client)
{
    auto url = parseUrl(given, client.url.scheme.isEmpty() ? nullptr : &client.url);
    if (!url)
        return std::nullopt;
    if (url->isHttpFamily())
        url->scheme = url->scheme == "http" ? "ws" : "wss";
    if (client.upgradeInsecureRequests && url->scheme == "ws")
        url->scheme = "wss";
    if (url->port == defaultPort(url->scheme))
        url->port = -1;
    return url;
}

Request handshakeRequest(const Url &url, const Document &client)
{
    Request request;
    request.url = url;
    request.url.scheme = url.scheme == "wss" ? "https" : "http";
    request.url.username.clear();
    request.url.password.clear();
    request.firstUrl = request.url;
    request.client = client;
    request.destination = Destination::WebSocket;
    request.credentials = CredentialsMode::Include;
    request.farthest = siteRelation(client.origin, Origin::of(request.url));
    return request;
}

} // namespace

std::variant<SocketOpening, SocketRefusal>
prepareSocket(const QByteArray &given, const QByteArrayList &protocols, const Document &client)
{
    const auto url = socketUrl(given, client);
    if (const auto refusal = checkUrl(given, url))
        return *refusal;
    if (const auto refusal = checkProtocols(protocols))
        return *refusal;
    SocketOpening opening {*url, protocols, handshakeRequest(*url, client)};
    Request seen = opening.request;
    seen.url = *url;
    if (checkMixedContent(seen) == MixedContentReason::Blocked) {
        SocketRefusal refusal
            = refuse(SocketFault::InsecureFromSecurePage,
                     QStringLiteral("An insecure WebSocket connection may not be initiated from a "
                                    "page loaded over HTTPS."));
        refusal.console.append(console::mixedContent(client.url, *url, Destination::WebSocket));
        return refusal;
    }
    return opening;
}

QByteArray socketFaultId(SocketFault fault)
{
    switch (fault) {
    case SocketFault::InvalidUrl:
        return "ws.InvalidUrl";
    case SocketFault::SchemeNotAllowed:
        return "ws.SchemeNotAllowed";
    case SocketFault::FragmentInUrl:
        return "ws.FragmentInUrl";
    case SocketFault::InvalidProtocol:
        return "ws.InvalidProtocol";
    case SocketFault::DuplicateProtocol:
        return "ws.DuplicateProtocol";
    case SocketFault::InsecureFromSecurePage:
        return "mixed.Blocked";
    }
    return {};
}

HeaderList socketHeaders(const SocketOpening &opening, const QByteArray &key,
                         const QByteArray &cookies)
{
    const bool trustworthy = isPotentiallyTrustworthy(Origin::of(opening.request.url));
    HeaderList headers {
        {"Host", opening.request.url.authority()},
        {"Connection", "Upgrade"},
        {"Pragma", "no-cache"},
        {"Cache-Control", "no-cache"},
        {"User-Agent", userAgent()},
        {"Upgrade", "websocket"},
        {"Origin", opening.request.client.origin.serialize()},
        {"Sec-WebSocket-Version", "13"},
        {"Accept-Encoding", trustworthy ? "gzip, deflate, br, zstd" : "gzip, deflate"},
        {"Accept-Language", "en-US,en;q=0.9"},
    };
    if (!cookies.isEmpty())
        headers.append("Cookie", cookies);
    headers.append("Sec-WebSocket-Key", key);
    headers.append("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    if (!opening.protocols.isEmpty())
        headers.append("Sec-WebSocket-Protocol", opening.protocols.join(", "));
    return headers;
}

} // namespace rt
