// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "caseserver.h"

#include "casesocket.h"
#include "http/messagewriter.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace {

constexpr auto pageHtml
    = "<!doctype html><meta charset=utf-8><link rel=icon href=\"data:,\"><title>page</title>";

QByteArray reasonOf(int status)
{
    // Node's table lacks some of what the cases send.
    if (status == 413)
        return "Payload Too Large";
    const QByteArray reason = rt::reasonPhrase(status);
    static const QList<int> known
        = {100, 101, 103, 200, 201, 202, 203, 204, 205, 206, 300, 301, 302,
           303, 304, 307, 308, 400, 401, 403, 404, 405, 406, 409, 410, 413,
           415, 418, 422, 426, 429, 431, 500, 501, 502, 503, 504};
    if (!known.contains(status))
        return {};
    if (status == 418)
        return "I'm a teapot";
    return status == 422 ? QByteArray("Unprocessable Entity") : reason;
}

QByteArray pathOf(const QByteArray &target)
{
    const auto end
        = std::find_if(target.begin(), target.end(), [](char c) { return c == '?' || c == '#'; });
    return target.left(end - target.begin());
}

bool matches(const QJsonObject &route, const LoggedRequest &request)
{
    const QString path = route.value(QStringLiteral("path")).toString();
    const QString method = route.value(QStringLiteral("method")).toString();
    const QByteArray target
        = path.contains(QLatin1Char('?')) ? request.target : pathOf(request.target);
    return route.value(QStringLiteral("at")).toString() == request.to
        && (method == QStringLiteral("*") || method.toLatin1() == request.method)
        && (path == QStringLiteral("*") || path == QString::fromLatin1(target));
}

} // namespace

QByteArray LoggedRequest::first(const QByteArray &lowerCaseName) const
{
    for (const auto &[name, value] : headers) {
        if (name.toLower() == lowerCaseName)
            return value;
    }
    return {};
}

CaseServer::CaseServer(const rt::Clock &clock) : m_clock(clock) { }

CaseServer::~CaseServer() = default;

class CaseServer::Listener final : public QTcpServer
{
public:
    Listener(CaseServer &server, const CaseOrigin &origin) : m_server(server), m_origin(origin) { }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        const bool tls = QLatin1StringView(m_origin.scheme) == QLatin1StringView("https");
        auto *connection = new CaseSocket(tls ? &m_server.m_tls : nullptr, descriptor, this);
        connection->answer = [this](LoggedRequest request) -> CaseSocket::Answer {
            request.to = QString::fromLatin1(m_origin.symbol);
            if (pathOf(request.target) == "/favicon.ico")
                return {"HTTP/1.1 204 No Content\r\n\r\n", {}};
            const QJsonObject response = m_server.responseFor(request);
            m_server.m_log.push_back(request);
            if (response.value(QStringLiteral("drop")).toBool())
                return {};
            return {m_server.bytesFor(response, request), response};
        };
    }

private:
    CaseServer &m_server;
    CaseOrigin m_origin;
};

QString CaseServer::listen()
{
    QByteArray certificate;
    QByteArray key;
    if (!makeCertificate(&certificate, &key))
        return QStringLiteral("OpenSSL could not make a certificate.");
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setLocalCertificate(QSslCertificate(certificate));
    m_tls.setPrivateKey(QSslKey(key, QSsl::Ec));
    m_tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    for (const CaseOrigin &origin : caseOrigins()) {
        auto listener = std::make_unique<Listener>(*this, origin);
        if (!listener->listen(QHostAddress::LocalHost))
            return listener->errorString();
        const QString symbol = QString::fromLatin1(origin.symbol);
        m_names.setPort(symbol, listener->serverPort());
        if (symbol == QStringLiteral("dead"))
            listener->close();
        else
            m_listeners.push_back(std::move(listener));
    }
    return {};
}

void CaseServer::load(const QJsonObject &caseObject)
{
    for (const auto &listener : m_listeners) {
        for (CaseSocket *socket : listener->findChildren<CaseSocket *>())
            socket->drop();
    }
    m_log.clear();
    m_routes.clear();
    m_pages.clear();
    for (const QJsonValue &route : caseObject.value(QStringLiteral("server")).toArray())
        m_routes.append(route.toObject());
    m_hits = QList<int>(m_routes.size(), 0);
    QJsonArray pages = {caseObject.value(QStringLiteral("page"))};
    for (const QJsonValue &step : caseObject.value(QStringLiteral("steps")).toArray()) {
        if (step.toObject().contains(QStringLiteral("open")))
            pages.append(step.toObject().value(QStringLiteral("open")));
    }
    for (const QJsonValue &value : pages) {
        const QJsonObject page = value.toObject();
        const QString path = page.value(QStringLiteral("path")).toString(QStringLiteral("/"));
        const QString key = page.value(QStringLiteral("origin")).toString() + QLatin1Char(' ')
            + QString::fromUtf8(pathOf(path.toUtf8()));
        if (page.contains(QStringLiteral("headers")) || !m_pages.contains(key))
            m_pages[key] = page;
    }
}

QJsonObject CaseServer::pageResponse(const QJsonObject &page) const
{
    QJsonArray headers = {QJsonArray {QStringLiteral("Content-Type"), QStringLiteral("text/html")}};
    for (const QJsonValue &field : page.value(QStringLiteral("headers")).toArray())
        headers.append(field);
    return {{QStringLiteral("status"), 200},
            {QStringLiteral("headers"), headers},
            {QStringLiteral("body"), QString::fromLatin1(pageHtml)}};
}

QJsonObject CaseServer::responseFor(const LoggedRequest &request)
{
    for (qsizetype i = 0; i < m_routes.size(); ++i) {
        if (!matches(m_routes.at(i), request))
            continue;
        const QJsonArray responses = m_routes.at(i).value(QStringLiteral("responses")).toArray();
        const qsizetype n = std::min<qsizetype>(m_hits[i]++, responses.size() - 1);
        return responses.at(n).toObject();
    }
    const auto page
        = m_pages.find(request.to + QLatin1Char(' ') + QString::fromLatin1(pathOf(request.target)));
    if (page != m_pages.end() && request.method == "GET"
        && request.first("sec-fetch-dest") != "empty")
        return pageResponse(*page);
    return {
        {QStringLiteral("status"), 404},
        {QStringLiteral("headers"),
         QJsonArray {QJsonArray {QStringLiteral("Content-Type"), QStringLiteral("text/plain")}}},
        {QStringLiteral("body"), QStringLiteral("no such route")}};
}

QByteArray CaseServer::bytesFor(const QJsonObject &response, const LoggedRequest &request) const
{
    const qint64 now = m_clock.now();
    const int status = response.value(QStringLiteral("status")).toInt();
    const QByteArray accept = QCryptographicHash::hash(request.first("sec-websocket-key")
                                                           + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                                                       QCryptographicHash::Sha1)
                                  .toBase64();
    const auto filled = [&](const QString &text) {
        return m_names.fill(text, now).replace(QStringLiteral("{accept}"),
                                               QString::fromLatin1(accept));
    };
    QByteArray body = filled(response.value(QStringLiteral("body")).toString()).toUtf8();
    if (response.contains(QStringLiteral("bodyBase64")))
        body = QByteArray::fromBase64(
            response.value(QStringLiteral("bodyBase64")).toString().toLatin1());
    const QByteArray reason = response.contains(QStringLiteral("reason"))
        ? caseBytes(response.value(QStringLiteral("reason")).toString())
        : reasonOf(status);
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason + "\r\n";
    const bool noBody = status < 200 || status == 204 || status == 304;
    bool hasLength = noBody;
    for (const QJsonValue &field : response.value(QStringLiteral("headers")).toArray()) {
        const QByteArray name = caseBytes(field.toArray().at(0).toString());
        hasLength = hasLength || name.toLower() == "content-length";
        head += name + ": " + caseBytes(filled(field.toArray().at(1).toString())) + "\r\n";
    }
    if (!hasLength)
        head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    head += "\r\n";
    return noBody || request.method == "HEAD" ? head : head + body;
}
