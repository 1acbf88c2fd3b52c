// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "exporters/har.h"
#include "exporters/secrets.h"
#include "http/contentcoding.h"
#include "http/httpdate.h"

#include <QDateTime>
#include <QStringDecoder>

#include <algorithm>
#include <cmath>

namespace rt {

namespace {

/// Bodies in an archive that people open in a browser; larger ones stay out, as in Chromium.
constexpr qint64 decodedLimit = 64LL * 1024 * 1024;

JsValue text(QByteArrayView bytes)
{
    return JsValue(QString::fromUtf8(bytes));
}

JsValue number(double value)
{
    return JsValue(std::isfinite(value) ? value : -1.0);
}

JsValue isoDate(qint64 milliseconds)
{
    const auto moment = QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
    return JsValue(moment.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzzZ")));
}

JsValue nameValue(const QString &name, const QString &value)
{
    JsValue pair = JsValue::object();
    pair.insert(QStringLiteral("name"), JsValue(name));
    pair.insert(QStringLiteral("value"), JsValue(value));
    return pair;
}

JsValue headerList(const HeaderList &headers)
{
    JsValue list = JsValue::array();
    for (const HeaderField &field : headers)
        list.append(nameValue(QString::fromUtf8(field.name), QString::fromUtf8(field.value)));
    return list;
}

JsValue requestCookies(const HeaderList &headers)
{
    JsValue list = JsValue::array();
    for (const QByteArray &line : headers.all("Cookie")) {
        for (const QByteArray &pair : line.split(';')) {
            const qsizetype equals = pair.indexOf('=');
            if (equals > 0)
                list.append(nameValue(QString::fromUtf8(pair.left(equals).trimmed()),
                                      QString::fromUtf8(pair.mid(equals + 1).trimmed())));
        }
    }
    return list;
}

JsValue responseCookie(const QByteArray &line)
{
    const QByteArrayList parts = line.split(';');
    const QByteArray pair = parts.value(0);
    const qsizetype equals = pair.indexOf('=');
    JsValue cookie = nameValue(QString::fromUtf8(pair.left(qMax<qsizetype>(equals, 0)).trimmed()),
                               QString::fromUtf8(pair.mid(equals + 1).trimmed()));
    bool httpOnly = false;
    bool secure = false;
    for (const QByteArray &part : parts.mid(1)) {
        const QByteArray attribute = part.trimmed();
        const QByteArray name = attribute.split('=').value(0).toLower();
        const QByteArray value = attribute.mid(name.size() + 1);
        httpOnly = httpOnly || name == "httponly";
        secure = secure || name == "secure";
        for (const char *copied : {"path", "domain", "sameSite"}) {
            if (name == QByteArray(copied).toLower())
                cookie.insert(QString::fromLatin1(copied), text(value));
        }
        const auto expires = parseHttpDate(value);
        if (name == "expires" && expires)
            cookie.insert(QStringLiteral("expires"), isoDate(static_cast<qint64>(*expires)));
    }
    cookie.insert(QStringLiteral("httpOnly"), JsValue(httpOnly));
    cookie.insert(QStringLiteral("secure"), JsValue(secure));
    return cookie;
}

JsValue queryString(const QByteArray &url)
{
    JsValue list = JsValue::array();
    const qsizetype question = url.indexOf('?');
    if (question < 0)
        return list;
    for (QByteArray part : url.mid(question + 1).split('&')) {
        if (part.isEmpty())
            continue;
        part.replace('+', ' ');
        const qsizetype equals = part.indexOf('=');
        const auto decode = [](const QByteArray &raw) {
            return QString::fromUtf8(QByteArray::fromPercentEncoding(raw));
        };
        list.append(nameValue(decode(equals < 0 ? part : part.left(equals)),
                              equals < 0 ? QString() : decode(part.mid(equals + 1))));
    }
    return list;
}

QByteArray decoded(const QByteArray &body, const HeaderList &headers)
{
    QByteArray content = body;
    QByteArrayList codings = headers.get("Content-Encoding").value_or("").split(',');
    std::reverse(codings.begin(), codings.end());
    for (const QByteArray &name : codings) {
        const auto coding = codingNamed(name.trimmed());
        if (!coding || *coding == ContentCoding::Identity)
            continue;
        QByteArray out;
        const auto decoder = makeDecoder(*coding, decodedLimit);
        const DecoderStatus status = decoder->write(content, out);
        if (status == DecoderStatus::Corrupt || status == DecoderStatus::TooLarge)
            return body;
        content = out;
    }
    return content;
}

/// JSON can only carry text: what is no valid UTF-8 goes in as base64.
void insertContent(JsValue &target, const QByteArray &content)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decodedText = decoder(content);
    if (decoder.hasError() || content.contains('\0')) {
        target.insert(QStringLiteral("text"), JsValue(QString::fromLatin1(content.toBase64())));
        target.insert(QStringLiteral("encoding"), JsValue(QStringLiteral("base64")));
    } else {
        target.insert(QStringLiteral("text"), JsValue(decodedText));
    }
}

/// Names of Network.SecurityDetails of the Chrome DevTools Protocol; moments as everywhere in HAR.
JsValue securityDetails(const TlsHandshake &handshake)
{
    JsValue details = JsValue::object();
    details.insert(QStringLiteral("protocol"), text(handshake.version));
    details.insert(QStringLiteral("cipher"), text(handshake.cipher));
    details.insert(QStringLiteral("alpn"), text(handshake.alpn));
    if (handshake.chain.empty())
        return details;
    const TlsCertificate &certificate = handshake.chain.front();
    JsValue names = JsValue::array();
    for (const QByteArray &name : certificate.names)
        names.append(text(name));
    details.insert(QStringLiteral("subjectName"), text(certificate.subject));
    details.insert(QStringLiteral("sanList"), names);
    details.insert(QStringLiteral("issuer"), text(certificate.issuer));
    details.insert(QStringLiteral("validFrom"), isoDate(certificate.notBefore));
    details.insert(QStringLiteral("validTo"), isoDate(certificate.notAfter));
    details.insert(QStringLiteral("fingerprint256"), text(certificate.fingerprint));
    return details;
}

QString versionText(HttpVersion version)
{
    return QStringLiteral("HTTP/%1.%2").arg(version.major).arg(version.minor);
}

class EntryWriter
{
public:
    EntryWriter(const ExchangeRecord &exchange, const CallRecord *call,
                const ExportOptions &options)
        : m_exchange(exchange), m_call(call), m_masked(!options.keepSecrets), m_end(exchange.end())
    {
    }

    JsValue entry() const
    {
        JsValue entry = JsValue::object();
        const JsValue timings = this->timings();
        entry.insert(QStringLiteral("pageref"), JsValue(QStringLiteral("page_1")));
        entry.insert(QStringLiteral("startedDateTime"), isoDate(m_exchange.startedAt));
        entry.insert(QStringLiteral("time"), number(total(timings)));
        entry.insert(QStringLiteral("request"), request());
        entry.insert(QStringLiteral("response"), response());
        entry.insert(QStringLiteral("cache"), JsValue::object());
        entry.insert(QStringLiteral("timings"), timings);
        entry.insert(QStringLiteral("serverIPAddress"), JsValue(QStringLiteral("127.0.0.1")));
        entry.insert(QStringLiteral("connection"), JsValue(QString::number(m_exchange.connection)));
        entry.insert(QStringLiteral("_resourceType"), JsValue(resourceType()));
        entry.insert(QStringLiteral("_roundtrip"), ours());
        return entry;
    }

private:
    QByteArray url() const
    {
        const QByteArray target = m_end.request.target;
        const QByteArray whole = target.startsWith('/') ? m_exchange.targetOrigin + target : target;
        return m_masked ? maskUrl(whole) : whole;
    }

    HeaderList shown(const HeaderList &headers) const
    {
        return m_masked ? maskHeaders(headers) : headers;
    }

    QByteArray shownBody(const QByteArray &body, const HeaderList &headers) const
    {
        return m_masked ? maskBody(body, headers.get("Content-Type").value_or("")) : body;
    }

    JsValue request() const
    {
        const HeaderList headers = shown(m_end.request.headers);
        JsValue request = JsValue::object();
        request.insert(QStringLiteral("method"), text(m_end.request.method));
        request.insert(QStringLiteral("url"), text(url()));
        request.insert(QStringLiteral("httpVersion"), JsValue(versionText(m_end.request.version)));
        request.insert(QStringLiteral("headers"), headerList(headers));
        request.insert(QStringLiteral("queryString"), queryString(url()));
        request.insert(QStringLiteral("cookies"), requestCookies(headers));
        request.insert(QStringLiteral("headersSize"), number(headSize(m_end.requestBytes)));
        request.insert(QStringLiteral("bodySize"),
                       number(static_cast<double>(m_end.requestBody.size())));
        if (!m_end.requestBody.isEmpty()) {
            JsValue post = JsValue::object();
            post.insert(QStringLiteral("mimeType"), text(headers.get("Content-Type").value_or("")));
            insertContent(post, shownBody(m_end.requestBody, headers));
            request.insert(QStringLiteral("postData"), post);
        }
        return request;
    }

    JsValue response() const
    {
        const ResponseHead &head = m_end.response;
        const HeaderList headers = shown(head.headers);
        JsValue cookies = JsValue::array();
        for (const QByteArray &line : headers.all("Set-Cookie"))
            cookies.append(responseCookie(line));
        JsValue response = JsValue::object();
        response.insert(QStringLiteral("status"), JsValue(head.status));
        response.insert(QStringLiteral("statusText"), text(head.reasonPhrase));
        response.insert(QStringLiteral("httpVersion"), JsValue(versionText(head.version)));
        response.insert(QStringLiteral("headers"), headerList(headers));
        response.insert(QStringLiteral("cookies"), cookies);
        response.insert(QStringLiteral("content"), content(headers));
        response.insert(QStringLiteral("redirectURL"), text(headers.get("Location").value_or("")));
        response.insert(QStringLiteral("headersSize"), number(headSize(m_end.responseBytes)));
        response.insert(QStringLiteral("bodySize"), number(bodySize()));
        response.insert(QStringLiteral("_transferSize"),
                        number(static_cast<double>(m_end.responseBytes.size())));
        if (m_end.tls)
            response.insert(QStringLiteral("_securityDetails"), securityDetails(*m_end.tls));
        response.insert(QStringLiteral("_error"),
                        m_call && !m_call->reason.isEmpty() ? text(m_call->reason)
                                                            : JsValue(nullptr));
        return response;
    }

    /// Bytes of the body on the wire, transfer coding included; -1 without a response.
    double bodySize() const
    {
        if (m_end.response.status == 0)
            return -1;
        const double head = headSize(m_end.responseBytes);
        return head < 0 ? static_cast<double>(m_end.responseBody.size())
                        : static_cast<double>(m_end.responseBytes.size()) - head;
    }

    static double headSize(const QByteArray &bytes)
    {
        const qsizetype end = bytes.indexOf("\r\n\r\n");
        return end < 0 ? -1 : static_cast<double>(end + 4);
    }

    JsValue content(const HeaderList &headers) const
    {
        const QByteArray body = decoded(m_end.responseBody, m_end.response.headers);
        const QByteArray type = headers.get("Content-Type").value_or("");
        JsValue content = JsValue::object();
        content.insert(QStringLiteral("size"), number(static_cast<double>(body.size())));
        content.insert(QStringLiteral("mimeType"),
                       text(type.isEmpty() ? QByteArray("x-unknown") : type));
        if (bodySize() >= 0 && body.size() != m_end.responseBody.size())
            content.insert(QStringLiteral("compression"),
                           number(static_cast<double>(body.size() - m_end.responseBody.size())));
        if (!body.isEmpty())
            insertContent(content, shownBody(body, headers));
        return content;
    }

    JsValue timings() const
    {
        const auto span = [](qint64 from, qint64 to) {
            return from > 0 && to >= from ? static_cast<double>(to - from) / 1e6 : 0.0;
        };
        const qint64 sent = qMax(m_end.requestSentNs, m_end.startedNs);
        const qint64 first = m_end.firstByteNs ? m_end.firstByteNs : m_end.finishedNs;
        JsValue timings = JsValue::object();
        timings.insert(QStringLiteral("blocked"), JsValue(-1));
        timings.insert(QStringLiteral("dns"), JsValue(-1));
        timings.insert(QStringLiteral("connect"),
                       m_end.connectNs > 0 ? number(static_cast<double>(m_end.connectNs) / 1e6)
                                           : JsValue(-1));
        const auto tls = m_end.tls;
        timings.insert(QStringLiteral("ssl"),
                       tls && m_end.connectNs > 0 ? number(span(tls->startedNs, tls->finishedNs))
                                                  : JsValue(-1));
        timings.insert(QStringLiteral("send"), number(span(m_end.startedNs, sent)));
        timings.insert(QStringLiteral("wait"), number(span(sent, first)));
        timings.insert(QStringLiteral("receive"), number(span(first, m_end.finishedNs)));
        return timings;
    }

    static double total(const JsValue &timings)
    {
        double sum = 0;
        for (const auto &[name, value] : timings.members())
            sum += name == u"ssl" ? 0 : qMax(0.0, value.toNumber());
        return sum;
    }

    QString resourceType() const
    {
        switch (m_exchange.kind) {
        case ExchangeRecord::Kind::Preflight:
            return QStringLiteral("preflight");
        case ExchangeRecord::Kind::Navigation:
            return QStringLiteral("document");
        case ExchangeRecord::Kind::Upgrade:
            return QStringLiteral("websocket");
        case ExchangeRecord::Kind::Actual:
        case ExchangeRecord::Kind::Subresource:
        case ExchangeRecord::Kind::Poll:
        case ExchangeRecord::Kind::Raw:
            return QStringLiteral("fetch");
        }
        Q_UNREACHABLE();
    }

    JsValue ours() const
    {
        JsValue extra = JsValue::object();
        extra.insert(QStringLiteral("id"), JsValue(static_cast<qint64>(m_exchange.id)));
        extra.insert(QStringLiteral("call"), JsValue(static_cast<qint64>(m_exchange.call)));
        extra.insert(QStringLiteral("endedBy"), text(m_exchange.server.endedBy));
        JsValue decisions = JsValue::array();
        for (const StageRecord &stage : m_exchange.server.stages) {
            for (const Decision &decision : stage.decisions)
                decisions.append(JsValue(QString::fromUtf8(decision.id)));
        }
        extra.insert(QStringLiteral("decisions"), decisions);
        if (m_call) {
            extra.insert(QStringLiteral("page"), text(m_call->page));
            extra.insert(QStringLiteral("reason"), text(m_call->reason));
        }
        return extra;
    }

    const ExchangeRecord &m_exchange;
    const CallRecord *m_call;
    bool m_masked;
    const EndReport &m_end;
};

JsValue page(const CaptureData &data)
{
    JsValue timings = JsValue::object();
    timings.insert(QStringLiteral("onContentLoad"), JsValue(-1));
    timings.insert(QStringLiteral("onLoad"), JsValue(-1));
    JsValue page = JsValue::object();
    page.insert(QStringLiteral("startedDateTime"),
                isoDate(data.exchanges.empty() ? 0 : data.exchanges.front().startedAt));
    page.insert(QStringLiteral("id"), JsValue(QStringLiteral("page_1")));
    page.insert(QStringLiteral("title"), JsValue(QStringLiteral("Roundtrip session")));
    page.insert(QStringLiteral("pageTimings"), timings);
    return page;
}

} // namespace

Result<QByteArray> writeHar(const CaptureData &data, const ExportOptions &options)
{
    JsValue creator = nameValue(QStringLiteral("Roundtrip"), {});
    creator.remove(u"value");
    creator.insert(QStringLiteral("version"), JsValue(QStringLiteral(RT_VERSION)));
    JsValue entries = JsValue::array();
    for (const ExchangeRecord &exchange : data.exchanges) {
        // A malformed request has no line an archive could carry.
        if (exchange.request().method.isEmpty())
            continue;
        entries.append(EntryWriter(exchange, data.call(exchange.call), options).entry());
    }
    JsValue log = JsValue::object();
    log.insert(QStringLiteral("version"), JsValue(QStringLiteral("1.2")));
    log.insert(QStringLiteral("creator"), creator);
    log.insert(QStringLiteral("pages"), JsValue::array({page(data)}));
    log.insert(QStringLiteral("entries"), entries);
    JsValue root = JsValue::object();
    root.insert(QStringLiteral("log"), log);
    return toJson(root, QStringLiteral("  "));
}

} // namespace rt
