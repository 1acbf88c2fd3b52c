// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"
#include "casenames.h"

#include <QJsonObject>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpServer>

#include <memory>
#include <vector>

/// A request as it arrived at a listener.
struct LoggedRequest
{
    QString to;
    QByteArray method;
    QByteArray target;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
    QByteArray first(const QByteArray &lowerCaseName) const;
};

/// The target servers of the cases: one listener per origin symbol on 127.0.0.1, exactly the bytes
/// a case asks for, every request logged.
class CaseServer : public QObject
{
    Q_OBJECT

public:
    explicit CaseServer(const rt::Clock &clock);
    ~CaseServer() override;

    /// Empty when all listen, else why not.
    QString listen();
    const CaseNames &names() const { return m_names; }
    /// Forgets the previous case and its connections.
    void load(const QJsonObject &caseObject);
    const std::vector<LoggedRequest> &log() const { return m_log; }

private:
    class Listener;
    QJsonObject responseFor(const LoggedRequest &request);
    QByteArray bytesFor(const QJsonObject &response, const LoggedRequest &request) const;
    QJsonObject pageResponse(const QJsonObject &page) const;

    const rt::Clock &m_clock;
    CaseNames m_names;
    QSslConfiguration m_tls;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::vector<LoggedRequest> m_log;
    QList<QJsonObject> m_routes;
    QList<int> m_hits;
    QMap<QString, QJsonObject> m_pages;
};

/// A self-signed certificate for localhost names; nothing when OpenSSL refuses.
bool makeCertificate(QByteArray *certificatePem, QByteArray *keyPem);
