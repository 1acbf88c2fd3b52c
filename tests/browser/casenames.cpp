// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "casenames.h"

#include "http/httpdate.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

const std::vector<CaseOrigin> &caseOrigins()
{
    static const std::vector<CaseOrigin> origins = {
        {"app", "http", "app.roundtrip.test"},
        {"app2", "http", "app.roundtrip.test"},
        {"api", "http", "api.roundtrip.test"},
        {"deep", "http", "v1.api.roundtrip.test"},
        {"root", "http", "roundtrip.test"},
        {"other", "http", "other.test"},
        {"lh", "http", "localhost"},
        {"lh2", "http", "localhost"},
        {"ip", "http", "127.0.0.1"},
        {"uk", "http", "shop.example.co.uk"},
        {"ghio", "http", "learner.github.io"},
        {"sapp", "https", "app.roundtrip.test"},
        {"sapp2", "https", "app.roundtrip.test"},
        {"sapi", "https", "api.roundtrip.test"},
        {"sroot", "https", "roundtrip.test"},
        {"sother", "https", "other.test"},
        {"slh", "https", "localhost"},
        {"dead", "http", "api.roundtrip.test"},
    };
    return origins;
}

const CaseOrigin *CaseNames::origin(const QString &symbol)
{
    const auto &origins = caseOrigins();
    const auto found = std::find_if(origins.begin(), origins.end(), [&](const CaseOrigin &o) {
        return symbol == QLatin1StringView(o.symbol);
    });
    return found == origins.end() ? nullptr : &*found;
}

QString CaseNames::authority(const QString &symbol) const
{
    return QStringLiteral("%1:%2").arg(QLatin1StringView(origin(symbol)->host)).arg(port(symbol));
}

QString CaseNames::originUrl(const QString &symbol) const
{
    return QLatin1StringView(origin(symbol)->scheme) + QStringLiteral("://") + authority(symbol);
}

QString CaseNames::fill(QString text, qint64 nowMs) const
{
    for (const CaseOrigin &o : caseOrigins()) {
        const QString symbol = QString::fromLatin1(o.symbol);
        const QString open = QLatin1Char('{') + symbol;
        text.replace(open + QLatin1Char('}'), originUrl(symbol));
        text.replace(open + QStringLiteral(".host}"), authority(symbol));
        text.replace(open + QStringLiteral(".port}"), QString::number(port(symbol)));
        text.replace(open + QStringLiteral(".name}"), QLatin1StringView(o.host));
    }
    static const QRegularExpression date(QStringLiteral("\\{date([+-]\\d+)\\}"));
    for (auto match = date.match(text); match.hasMatch(); match = date.match(text)) {
        const qint64 moment = nowMs + match.captured(1).toLongLong() * 1000;
        text.replace(match.capturedStart(), match.capturedLength(),
                     QString::fromLatin1(rt::formatHttpDate(moment)));
    }
    return text;
}

QJsonValue CaseNames::fill(const QJsonValue &value, qint64 nowMs) const
{
    if (value.isString())
        return fill(value.toString(), nowMs);
    if (value.isArray()) {
        QJsonArray out;
        for (const QJsonValue &item : value.toArray())
            out.append(fill(item, nowMs));
        return out;
    }
    if (!value.isObject())
        return value;
    QJsonObject out;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        out.insert(it.key(), fill(it.value(), nowMs));
    return out;
}

QString CaseNames::blank(QString text) const
{
    for (const CaseOrigin &o : caseOrigins()) {
        const QString symbol = QString::fromLatin1(o.symbol);
        text.replace(originUrl(symbol), QStringLiteral("{%1}").arg(symbol));
        text.replace(authority(symbol), QStringLiteral("{%1.host}").arg(symbol));
    }
    for (auto it = m_ports.begin(); it != m_ports.end(); ++it) {
        const QRegularExpression lone(QStringLiteral(":%1(?!\\d)").arg(it.value()));
        text.replace(lone, QStringLiteral(":{%1.port}").arg(it.key()));
    }
    return text;
}

QJsonValue CaseNames::blank(const QJsonValue &value) const
{
    if (value.isString())
        return blank(value.toString());
    if (value.isArray()) {
        QJsonArray out;
        for (const QJsonValue &item : value.toArray())
            out.append(blank(item));
        return out;
    }
    if (!value.isObject())
        return value;
    QJsonObject out;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        out.insert(it.key(), blank(it.value()));
    return out;
}
