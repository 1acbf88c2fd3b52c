// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/demoroutesparts.h"

#include "server/serverresponse.h"

#include <QHash>
#include <QTimer>

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;

enum class Filling { Json, Text, Noise };

struct DataType
{
    /// Empty: no Content-Type is set.
    QByteArray contentType;
    Filling filling = Filling::Text;
};

const QHash<QString, DataType> &dataTypes()
{
    static const QHash<QString, DataType> types {
        {u"json"_s, {"application/json", Filling::Json}},
        {u"text"_s, {"text/plain; charset=utf-8"}},
        {u"html"_s, {"text/html; charset=utf-8"}},
        {u"css"_s, {"text/css; charset=utf-8"}},
        {u"js"_s, {"application/javascript; charset=utf-8"}},
        {u"tjs"_s, {"text/javascript; charset=utf-8"}},
        {u"xml"_s, {"application/xml"}},
        {u"svg"_s, {"image/svg+xml"}},
        {u"csv"_s, {"text/csv; charset=utf-8"}},
        {u"md"_s, {"text/markdown; charset=utf-8"}},
        {u"ldjson"_s, {"application/ld+json"}},
        {u"problem"_s, {"application/problem+json"}},
        {u"manifest"_s, {"application/manifest+json"}},
        {u"sse"_s, {"text/event-stream"}},
        {u"wasm"_s, {"application/wasm", Filling::Noise}},
        {u"pdf"_s, {"application/pdf", Filling::Noise}},
        {u"form"_s, {"application/x-www-form-urlencoded"}},
        {u"multipart"_s, {"multipart/form-data; boundary=x"}},
        {u"png"_s, {"image/png", Filling::Noise}},
        {u"jpeg"_s, {"image/jpeg", Filling::Noise}},
        {u"webp"_s, {"image/webp", Filling::Noise}},
        {u"gif"_s, {"image/gif", Filling::Noise}},
        {u"bmp"_s, {"image/bmp", Filling::Noise}},
        {u"ico"_s, {"image/x-icon", Filling::Noise}},
        {u"zip"_s, {"application/zip", Filling::Noise}},
        {u"gzip"_s, {"application/gzip", Filling::Noise}},
        {u"bin"_s, {"application/octet-stream", Filling::Noise}},
        {u"mp4"_s, {"video/mp4", Filling::Noise}},
        {u"mp3"_s, {"audio/mpeg", Filling::Noise}},
        {u"woff2"_s, {"font/woff2", Filling::Noise}},
        {u"ttf"_s, {"font/ttf", Filling::Noise}},
        {u"otf"_s, {"font/otf", Filling::Noise}},
        {u"upper"_s, {"TEXT/HTML"}},
        {u"unknown"_s, {"x-lab/unknown"}},
        {u"unknowntext"_s, {"text/x-lab"}},
        {u"vnd"_s, {"application/vnd.lab+json"}},
        {u"vndxml"_s, {"application/vnd.lab+xml"}},
        {u"none"_s, {QByteArray()}},
    };
    return types;
}

QByteArray patternText(int size)
{
    static const QByteArray pattern("Roundtrip 0123456789 abcdefghijklmnopqrstuvwxyz\n");
    return pattern.repeated(size / pattern.size() + 1).first(size);
}

/// A linear congruential generator, so that the bytes hardly compress and are the same everywhere.
QByteArray noise(int size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 x = 1;
    for (char &byte : bytes) {
        x = (x * 1103515245u + 12345u) & 0x7fffffffu;
        byte = static_cast<char>(x >> 16);
    }
    return bytes;
}

/// A shop's list, of exactly that many bytes; `{"data":"..."}` in the suite.
QByteArray jsonBody(int size, DemoProfile profile)
{
    const bool list = profile == DemoProfile::Demo;
    const QByteArray before = list ? "{\"items\":[\"" : "{\"data\":\"";
    const QByteArray after = list ? "\"]}" : "\"}";
    const auto frame = static_cast<int>(before.size() + after.size());
    if (size < frame)
        return QByteArray(size, '1');
    return before + patternText(size - frame).replace('\n', ' ') + after;
}

QByteArray dataBody(Filling filling, int size, DemoProfile profile)
{
    switch (filling) {
    case Filling::Noise:
        return noise(size);
    case Filling::Text:
        return patternText(size);
    case Filling::Json:
        return jsonBody(size, profile);
    }
    Q_UNREACHABLE();
}

/// How the handler hands its body over; the last is write(), write(), end().
void sendData(Exchange &exchange, const QByteArray &mode, const QByteArray &body)
{
    if (mode == "send") {
        exchange.sendBuffer(body);
    } else if (mode == "end") {
        exchange.end(body);
    } else if (mode == "length") {
        exchange.setHeader("Content-Length", QByteArray::number(body.size()));
        exchange.write(body);
        exchange.end();
    } else if (mode == "head") {
        exchange.writeHead(exchange.statusCode(), {{"X-Write-Head", "1"}});
        exchange.end(body);
    } else {
        const qsizetype middle = body.size() / 2;
        if (middle > 0)
            exchange.write(body.first(middle));
        if (!body.isEmpty())
            exchange.write(body.sliced(middle));
        exchange.end();
    }
}

/// What res.send() makes of the three kinds of JavaScript values. False: not asked for.
bool sendAs(Exchange &exchange, const JsValue &kind, int size)
{
    if (kind == JsValue(u"string"_s))
        exchange.send(patternText(size));
    else if (kind == JsValue(u"buffer"_s))
        exchange.sendBuffer(patternText(size));
    else if (kind == JsValue(u"object"_s))
        exchange.json(objectOf({{u"data"_s, JsValue::latin1(patternText(size))}}));
    else
        return false;
    return true;
}

void data(Exchange &exchange, DemoProfile profile)
{
    const auto parameter = [&](QStringView name) { return lastOf(exchange.query[name]); };
    const JsValue bytes = parameter(u"bytes");
    const int size = countOf(bytes, 1024, 4 << 20);
    if (sendAs(exchange, parameter(u"as"), size))
        return;
    const JsValue type = parameter(u"type");
    const auto known = dataTypes().constFind(type.isUndefined() ? u"text"_s : type.asText());
    const DataType chosen = known != dataTypes().constEnd() ? *known : dataTypes()[u"text"_s];
    exchange.status(countOf(parameter(u"status"), 200, 599));
    const JsValue asked = parameter(u"ct");
    const JsValue contentType = asked.isUndefined() ? JsValue::latin1(chosen.contentType) : asked;
    const std::pair<const char *, JsValue> headers[] = {
        {"Content-Type", contentType},          {"Cache-Control", parameter(u"cc")},
        {"Content-Encoding", parameter(u"ce")}, {"Vary", parameter(u"vary")},
        {"ETag", parameter(u"etag")},           {"Last-Modified", parameter(u"lm")},
    };
    for (const auto &[name, value] : headers) {
        if (value.isTruthy())
            setHeader(exchange, name, value);
    }
    const JsValue mode = parameter(u"mode");
    sendData(exchange, mode.isUndefined() ? QByteArray("send") : mode.asText().toUtf8(),
             dataBody(chosen.filling, size, profile));
}

/// A response written in pieces, with pauses between them if asked for.
class ChunkedAnswer : public std::enable_shared_from_this<ChunkedAnswer>
{
public:
    explicit ChunkedAnswer(ExchangePointer exchange) : m_exchange(std::move(exchange))
    {
        const JsValue &query = m_exchange->query;
        m_chunks = countOf(lastOf(query[u"chunks"]), 5, 100);
        m_size = countOf(lastOf(query[u"size"]), 32, 65536);
        m_delay = countOf(lastOf(query[u"delay"]), 0, 1000);
        m_flush = lastOf(query[u"flush"]) == JsValue(u"1"_s);
        const JsValue type = lastOf(query[u"type"]);
        m_exchange->type(type.isUndefined() ? QByteArray("txt") : type.asText().toLatin1());
    }

    void step()
    {
        while (m_done < m_chunks) {
            if (m_exchange->closed())
                return;
            const QByteArray text = "chunk " + QByteArray::number(++m_done) + ' ';
            m_exchange->write(text.leftJustified(std::max(m_size - 1, 0), '.') + '\n',
                              BodyKind::String);
            if (m_flush)
                m_exchange->flush();
            if (m_delay > 0) {
                QTimer::singleShot(m_delay, [self = shared_from_this()] { self->step(); });
                return;
            }
        }
        m_exchange->end();
    }

private:
    ExchangePointer m_exchange;
    int m_chunks = 0;
    int m_size = 0;
    int m_delay = 0;
    int m_done = 0;
    bool m_flush = false;
};

} // namespace

void addDataRoutes(Router &router, DemoProfile profile)
{
    router.add("GET", "/api/data",
               [profile](const ExchangePointer &exchange) { data(*exchange, profile); });
    router.add("GET", "/stream", [](const ExchangePointer &exchange) {
        std::make_shared<ChunkedAnswer>(exchange)->step();
    });
}

} // namespace rt
