// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/proxysettings.h"

#include "http/contentcoding.h"
#include "http/negotiation.h"
#include "lab/labconfig.h"
#include "middleware/compressible.h"

#include <QCoreApplication>

#include <array>

namespace rt {

namespace {

/// RFC 9110 §7.6.3: protocol version and pseudonym.
const QByteArray viaEntry = "1.1 roundtrip";
/// nginx's gzip_min_length: below, gzip makes an answer longer.
constexpr qint64 shortestCompressed = 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("proxy", text);
}

QByteArrayList listed(const HeaderList &headers, QByteArrayView name)
{
    QByteArrayList tokens;
    for (const QByteArray &token : headers.get(name).value_or(QByteArray()).split(','))
        tokens.append(token.trimmed().toLower());
    return tokens;
}

/// The message's fields without those of this connection only and those to be stripped.
HeaderList endToEnd(const HeaderList &headers, const QByteArrayList &strip)
{
    static const QByteArrayList hopByHop {"connection", "keep-alive", "proxy-connection",
                                          "te",         "trailer",    "transfer-encoding",
                                          "upgrade",    "expect"};
    const QByteArrayList named = listed(headers, "Connection");
    HeaderList kept;
    for (const HeaderField &field : headers) {
        const QByteArray name = field.name.toLower();
        if (!hopByHop.contains(name) && !named.contains(name) && !strip.contains(name))
            kept.append(field.name, field.value);
    }
    return kept;
}

QByteArray extended(const HeaderList &headers, QByteArrayView name, const QByteArray &entry)
{
    const auto before = headers.get(name);
    return before ? *before + ", " + entry : entry;
}

bool hasContent(const RequestHead &request, const ResponseHead &response)
{
    return request.method != "HEAD" && response.status >= 200 && response.status != 204
        && response.status != 304 && response.headers.get("Content-Length") != "0";
}

bool acceptsGzip(const RequestHead &request)
{
    const auto accepted = request.headers.get("Accept-Encoding");
    return accepted && acceptableEncodings(*accepted, {"gzip"}).contains("gzip");
}

} // namespace

ProxySettings ProxySettings::fromConfig(const LabConfig &config)
{
    ProxySettings settings;
    const QString gzip = config.setting("server.proxy.gzip").toString();
    settings.gzip = gzip == u"on" ? Gzip::On : gzip == u"naive" ? Gzip::Naive : Gzip::Off;
    settings.addCors = config.setting("server.proxy.addCors").toBool();
    settings.readTimeout = std::chrono::seconds(
        static_cast<qint64>(config.setting("server.proxy.readTimeout").toNumber()));
    settings.websocket = config.setting("server.proxy.websocket").toBool();
    settings.buffering = config.setting("server.proxy.buffering").toBool();
    for (const JsValue &name : config.setting("server.proxy.strip").items())
        settings.strip.append(name.toString().toLatin1().toLower());
    return settings;
}

RequestHead forwardedRequest(const RequestHead &request, const IncomingMessage::Peer &client,
                             const ProxySettings &settings, bool upgrade)
{
    RequestHead forwarded = request;
    forwarded.version = {1, 1};
    forwarded.headers = endToEnd(request.headers, settings.strip);
    HeaderList &headers = forwarded.headers;
    headers.set("X-Forwarded-For", extended(headers, "X-Forwarded-For", client.address));
    if (const auto host = request.headers.first("Host"))
        headers.set("X-Forwarded-Host", *host);
    headers.set("X-Forwarded-Proto", client.encrypted ? "https" : "http");
    headers.set("Via", extended(headers, "Via", viaEntry));
    if (request.headers.contains("Transfer-Encoding"))
        headers.append("Transfer-Encoding", "chunked");
    if (upgrade)
        headers.append("Upgrade", request.headers.get("Upgrade").value_or(QByteArray()));
    headers.append("Connection", upgrade ? "Upgrade" : "close");
    return forwarded;
}

HeaderList forwardedResponse(const ResponseHead &response, const RequestHead &request,
                             const ProxySettings &settings)
{
    HeaderList headers = endToEnd(response.headers, settings.strip);
    headers.set("Via", extended(headers, "Via", viaEntry));
    // What is pasted into proxies: it knows nothing of what the application says itself.
    if (settings.addCors)
        headers.append("Access-Control-Allow-Origin",
                       request.headers.first("Origin").value_or(QByteArrayLiteral("*")));
    return headers;
}

ProxyCoding decideProxyCoding(const RequestHead &request, const ResponseHead &response,
                              const ProxySettings &settings)
{
    const bool naive = settings.gzip == ProxySettings::Gzip::Naive;
    const auto encoding = response.headers.get("Content-Encoding");
    const bool encoded = encoding && !equalsIgnoringCase(*encoding, "identity");
    if (settings.gzip == ProxySettings::Gzip::Off)
        return ProxyCoding::Off;
    if (!hasContent(request, response))
        return ProxyCoding::NoContent;
    if (!acceptsGzip(request))
        return ProxyCoding::NotAcceptable;
    if (naive)
        return encoded ? ProxyCoding::CompressAgain : ProxyCoding::Compress;
    if (encoded)
        return ProxyCoding::AlreadyEncoded;
    if (listed(response.headers, "Cache-Control").contains("no-transform"))
        return ProxyCoding::NoTransform;
    if (!isCompressible(response.headers.get("Content-Type").value_or(QByteArray())))
        return ProxyCoding::FilteredType;
    const auto length = response.headers.get("Content-Length");
    if (length && length->toLongLong() < shortestCompressed)
        return ProxyCoding::TooShort;
    return ProxyCoding::Compress;
}

bool compresses(ProxyCoding coding)
{
    return coding == ProxyCoding::Compress || coding == ProxyCoding::CompressAgain;
}

Decision describe(ProxyCoding coding, const ResponseHead &response)
{
    const auto value = [&response](QByteArrayView name) {
        return QString::fromLatin1(response.headers.get(name).value_or(QByteArray()));
    };
    switch (coding) {
    case ProxyCoding::Off:
        return {"proxy.CompressionOff", tr("The proxy passes the content on as it is.")};
    case ProxyCoding::NoContent:
        return {"proxy.NoContent", tr("There is no content to compress.")};
    case ProxyCoding::NotAcceptable:
        return {"proxy.NotAcceptable", tr("The client does not accept gzip.")};
    case ProxyCoding::AlreadyEncoded:
        return {"proxy.AlreadyEncoded",
                tr("The server has compressed already (%1): the proxy leaves it alone.")
                    .arg(value("Content-Encoding"))};
    case ProxyCoding::NoTransform:
        return {"proxy.NoTransform", tr("Cache-Control: no-transform forbids it.")};
    case ProxyCoding::FilteredType:
        return {"proxy.FilteredType", tr("%1 hardly gets smaller.").arg(value("Content-Type"))};
    case ProxyCoding::TooShort:
        return {"proxy.TooShort",
                tr("%1 bytes are fewer than gzip itself adds.").arg(value("Content-Length"))};
    case ProxyCoding::Compress:
        return {"proxy.Compressed", tr("The proxy compressed the content with gzip.")};
    case ProxyCoding::CompressAgain:
        return {"proxy.CompressedAgain",
                tr("The content came compressed (%1) and was compressed once more; "
                   "Content-Encoding names only the last of the two.")
                    .arg(value("Content-Encoding"))};
    }
    Q_UNREACHABLE();
}

void markCompressed(HeaderList &headers)
{
    headers.set("Content-Encoding", "gzip");
    headers.remove("Content-Length");
    headers.remove("Accept-Ranges");
    // Other bytes than those the server vouched for, hence weak (nginx does the same).
    if (const auto tag = headers.first("ETag"); tag && !tag->startsWith("W/"))
        headers.set("ETag", "W/" + *tag);
    const QByteArrayList vary = listed(headers, "Vary");
    if (!vary.contains("accept-encoding") && !vary.contains("*"))
        headers.set("Vary", extended(headers, "Vary", "Accept-Encoding"));
}

Decision describe(ProxyFault fault, const ProxySettings &settings)
{
    switch (fault) {
    case ProxyFault::UpstreamRefused:
        return {"proxy.UpstreamRefused", tr("Nobody listens where the proxy sends requests.")};
    case ProxyFault::UpstreamClosed:
        return {"proxy.UpstreamClosed",
                tr("The server closed the connection before its answer was whole.")};
    case ProxyFault::BadResponse:
        return {"proxy.BadResponse", tr("What the server sent is no HTTP answer.")};
    case ProxyFault::ReadTimeout:
        return {"proxy.ReadTimeout",
                tr("The server sent nothing for %1 s, longer than the proxy "
                   "waits (proxy.readTimeout).")
                    .arg(settings.readTimeout.count())};
    case ProxyFault::TlsFailed:
        return {"proxy.TlsFailed", tr("The TLS handshake with the server failed.")};
    }
    Q_UNREACHABLE();
}

int statusOf(ProxyFault fault)
{
    return fault == ProxyFault::ReadTimeout ? 504 : 502;
}

} // namespace rt
