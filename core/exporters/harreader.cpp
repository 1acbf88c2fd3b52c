// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "exporters/har.h"

#include "http/url.h"

#include <QDateTime>

#include <algorithm>
#include <memory>
#include <optional>

namespace rt {

namespace {

QByteArray bytesOf(const JsValue &value)
{
    return value.toString().toUtf8();
}

HeaderList headersOf(const JsValue &list)
{
    HeaderList headers;
    for (const JsValue &field : list.items()) {
        const QByteArray name = bytesOf(field[u"name"]);
        // HTTP/2 pseudo fields stand among the headers in exports of some browsers.
        if (!name.isEmpty() && !name.startsWith(':'))
            headers.append(name, bytesOf(field[u"value"]));
    }
    return headers;
}

QByteArray contentOf(const JsValue &content)
{
    const QByteArray text = bytesOf(content[u"text"]);
    return content[u"encoding"].toString() == u"base64" ? QByteArray::fromBase64(text) : text;
}

HttpVersion versionOf(const JsValue &value)
{
    const QString text = value.toString().toLower();
    if (text.contains(QLatin1String("3")))
        return {3, 0};
    if (text.contains(QLatin1String("2")))
        return {2, 0};
    return text.endsWith(QLatin1String("1.0")) ? HttpVersion {1, 0} : HttpVersion {1, 1};
}

qint64 milliseconds(const JsValue &date)
{
    const auto moment = QDateTime::fromString(date.toString(), Qt::ISODateWithMs);
    return moment.isValid() ? moment.toMSecsSinceEpoch() : 0;
}

ExchangeRecord::Kind kindOf(const JsValue &entry, const ExchangeRecord &record)
{
    const HeaderList &headers = record.client.end.request.headers;
    if (record.client.end.request.method == "OPTIONS" && headers.contains("Origin")
        && headers.contains("Access-Control-Request-Method"))
        return ExchangeRecord::Kind::Preflight;
    const QString type = entry[u"_resourceType"].toString();
    if (type == u"document")
        return ExchangeRecord::Kind::Navigation;
    if (type == u"websocket")
        return ExchangeRecord::Kind::Upgrade;
    if (type == u"image" || type == u"script" || type == u"stylesheet" || type == u"font")
        return ExchangeRecord::Kind::Subresource;
    return ExchangeRecord::Kind::Actual;
}

void readTimes(const JsValue &entry, ExchangeRecord &record)
{
    const JsValue timings = entry[u"timings"];
    const auto nanoseconds = [&](QStringView name) {
        return static_cast<qint64>(qMax(0.0, timings[name].toNumber()) * 1e6);
    };
    EndReport &end = record.client.end;
    end.startedNs = 1;
    end.connectNs = nanoseconds(u"connect");
    end.requestSentNs = end.startedNs + nanoseconds(u"send");
    end.firstByteNs = end.requestSentNs + nanoseconds(u"wait");
    end.finishedNs = end.firstByteNs + nanoseconds(u"receive");
}

void shiftTimes(EndReport &end, qint64 nanoseconds)
{
    for (qint64 *time : {&end.startedNs, &end.requestSentNs, &end.firstByteNs, &end.finishedNs})
        *time += nanoseconds;
}

/// What writeHar() knows of TLS; of the chain only the server's own certificate.
std::shared_ptr<const TlsHandshake> handshakeOf(const JsValue &entry)
{
    const JsValue details = entry[u"response"][u"_securityDetails"];
    if (!details.isObject())
        return nullptr;
    TlsHandshake handshake;
    handshake.version = bytesOf(details[u"protocol"]);
    handshake.cipher = bytesOf(details[u"cipher"]);
    handshake.alpn = bytesOf(details[u"alpn"]);
    TlsCertificate certificate;
    certificate.subject = bytesOf(details[u"subjectName"]);
    certificate.issuer = bytesOf(details[u"issuer"]);
    for (const JsValue &name : details[u"sanList"].items())
        certificate.names.append(bytesOf(name));
    certificate.notBefore = milliseconds(details[u"validFrom"]);
    certificate.notAfter = milliseconds(details[u"validTo"]);
    certificate.fingerprint = bytesOf(details[u"fingerprint256"]);
    if (!certificate.subject.isEmpty())
        handshake.chain.push_back(certificate);
    return std::make_shared<const TlsHandshake>(std::move(handshake));
}

/// Nothing when the entry has no usable request.
std::optional<ExchangeRecord> readEntry(const JsValue &entry)
{
    const JsValue request = entry[u"request"];
    const JsValue response = entry[u"response"];
    const auto url = parseUrl(bytesOf(request[u"url"]));
    if (!url || request[u"method"].toString().isEmpty())
        return std::nullopt;
    ExchangeRecord record;
    record.external = true;
    record.hasServer = false;
    record.targetOrigin = url->origin();
    record.startedAt = milliseconds(entry[u"startedDateTime"]);
    EndReport &end = record.client.end;
    end.request = {bytesOf(request[u"method"]), url->target(), versionOf(request[u"httpVersion"]),
                   headersOf(request[u"headers"])};
    end.requestBody = contentOf(request[u"postData"]);
    end.response.status = static_cast<int>(response[u"status"].toNumber());
    end.response.reasonPhrase = bytesOf(response[u"statusText"]);
    end.response.version = versionOf(response[u"httpVersion"]);
    end.response.headers = headersOf(response[u"headers"]);
    end.responseBody = contentOf(response[u"content"]);
    end.aborted = end.response.status == 0;
    end.tls = handshakeOf(entry);
    record.client.targetOrigin = record.targetOrigin;
    record.kind = kindOf(entry, record);
    readTimes(entry, record);
    return record;
}

} // namespace

Result<CaptureData> readHar(const QByteArray &json)
{
    QByteArray text = json;
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    const auto parsed = parseJson(QByteArrayView(text));
    if (const auto *error = std::get_if<JsonError>(&parsed))
        return failure(QStringLiteral("This is no HAR: line %1, column %2: %3.")
                           .arg(error->line)
                           .arg(error->column)
                           .arg(error->message));
    const JsValue entries = std::get<JsValue>(parsed)[u"log"][u"entries"];
    if (!entries.isArray())
        return failure(QStringLiteral("This is no HAR: it has no list \"log\".\"entries\"."));
    CaptureData data;
    for (const JsValue &entry : entries.items()) {
        if (auto record = readEntry(entry))
            data.exchanges.push_back(std::move(*record));
    }
    if (data.exchanges.empty() && !entries.items().isEmpty())
        return failure(
            QStringLiteral("No entry of this HAR has a request with a method and a URL."));
    std::stable_sort(
        data.exchanges.begin(), data.exchanges.end(),
        [](const ExchangeRecord &a, const ExchangeRecord &b) { return a.startedAt < b.startedAt; });
    const qint64 begin = data.exchanges.empty() ? 0 : data.exchanges.front().startedAt;
    for (size_t i = 0; i < data.exchanges.size(); ++i) {
        ExchangeRecord &record = data.exchanges[i];
        record.id = i + 1;
        record.t = static_cast<double>(record.startedAt - begin);
        shiftTimes(record.client.end, (record.startedAt - begin) * 1'000'000);
    }
    return data;
}

} // namespace rt
