// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QMap>
#include <QString>

/// An origin symbol of the cases: {app}, {sapi} ... Each is a listener of its own.
struct CaseOrigin
{
    const char *symbol;
    const char *scheme;
    const char *host;
};

/// All symbols; `dead` has a port on which nothing listens.
const std::vector<CaseOrigin> &caseOrigins();

/// Puts real ports into the placeholders of a case, and takes them out of what came back.
class CaseNames
{
public:
    void setPort(const QString &symbol, quint16 port) { m_ports[symbol] = port; }
    quint16 port(const QString &symbol) const { return m_ports.value(symbol); }
    static const CaseOrigin *origin(const QString &symbol);
    QString originUrl(const QString &symbol) const;
    QString authority(const QString &symbol) const;

    /// {app} {app.host} {app.port} {app.name} {date+60}; `nowMs` is the lab's time.
    QString fill(QString text, qint64 nowMs) const;
    QJsonValue fill(const QJsonValue &value, qint64 nowMs) const;
    /// The inverse, for text that came out.
    QString blank(QString text) const;
    QJsonValue blank(const QJsonValue &value) const;

private:
    QMap<QString, quint16> m_ports;
};
