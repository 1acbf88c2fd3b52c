// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "casereplay.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

using namespace rt;

namespace {

/// Header names that the step itself sets stay in `wire`.
QSet<QByteArray> ownHeaders(const QJsonObject &argument)
{
    QSet<QByteArray> own;
    const QJsonObject init = argument.value(QStringLiteral("init")).toObject();
    for (const QJsonValue &field : init.value(QStringLiteral("headers")).toArray())
        own.insert(field.toArray().at(0).toString().toLatin1().toLower());
    if (init.contains(QStringLiteral("cache")))
        own.unite({"cache-control", "pragma"});
    return own;
}

Cookie cookieOf(const QJsonObject &object, qint64 now)
{
    Cookie cookie;
    cookie.name = object.value(QStringLiteral("name")).toString().toUtf8();
    cookie.value = object.value(QStringLiteral("value")).toString().toUtf8();
    cookie.domain = object.value(QStringLiteral("domain")).toString().toLatin1();
    cookie.hostOnly = object.value(QStringLiteral("hostOnly")).toBool();
    cookie.path = object.value(QStringLiteral("path")).toString().toUtf8();
    cookie.secure = object.value(QStringLiteral("secure")).toBool();
    cookie.httpOnly = object.value(QStringLiteral("httpOnly")).toBool();
    const QString sameSite = object.value(QStringLiteral("sameSite")).toString();
    cookie.sameSite = sameSite == QStringLiteral("Strict") ? SameSite::Strict
        : sameSite == QStringLiteral("Lax")                ? SameSite::Lax
        : sameSite == QStringLiteral("None")               ? SameSite::None
                                                           : SameSite::Unspecified;
    const QJsonValue expires = object.value(QStringLiteral("expiresIn"));
    if (expires.isDouble())
        cookie.expiresAt = now + static_cast<qint64>(expires.toDouble() * 1000);
    return cookie;
}

} // namespace

CaseReplay::CaseReplay() : m_server(m_clock) { }

QString CaseReplay::prepare()
{
    const QString problem = m_server.listen();
    if (!problem.isEmpty())
        return problem;
    for (const CaseOrigin &origin : caseOrigins()) {
        const quint16 port = m_server.names().port(QString::fromLatin1(origin.symbol));
        m_addresses.add(origin.host, port, port);
    }
    m_browser = std::make_unique<Browser>(m_addresses, m_clock, m_random, nullptr);
    m_browser->setTrust({{}, true});
    return {};
}

QJsonArray CaseReplay::run(const QJsonObject &caseObject)
{
    m_browser->clear();
    m_browser->setDocument({});
    m_server.load(caseObject);
    m_clock.reset();
    fillJar(caseObject.value(QStringLiteral("cookies")).toArray());
    m_jar = caseresult::jar(m_browser->cookies().cookies(), m_clock.now());
    openPage(caseObject.value(QStringLiteral("page")).toObject());
    QJsonArray entries;
    const bool rawWire = caseObject.value(QStringLiteral("rawWire")).toBool();
    for (const QJsonValue &step : caseObject.value(QStringLiteral("steps")).toArray())
        entries.append(m_server.names().blank(runStep(step.toObject(), rawWire)));
    return entries;
}

void CaseReplay::fillJar(const QJsonArray &cookies)
{
    for (const QJsonValue &value : cookies)
        m_browser->cookies().put(cookieOf(value.toObject(), m_clock.now()));
}

void CaseReplay::openPage(const QJsonObject &page)
{
    playOpen(page);
}

QJsonObject CaseReplay::runStep(const QJsonObject &step, bool rawWire)
{
    const QString kind = step.keys().constFirst();
    const QJsonValue argument = m_server.names().fill(step.value(kind), m_clock.now());
    if (kind == QStringLiteral("advanceTime")) {
        m_clock.advance(static_cast<qint64>(argument.toDouble() * 1000));
        return {};
    }
    const size_t first = m_server.log().size();
    // `open` takes symbols, everything else real addresses.
    const StepOutcome outcome
        = play(kind, kind == QStringLiteral("open") ? step.value(kind) : argument);
    QJsonObject entry;
    QJsonArray wire;
    QJsonArray raw;
    const QSet<QByteArray> own = ownHeaders(argument.toObject());
    for (size_t i = first; i < m_server.log().size(); ++i) {
        wire.append(caseresult::wireEntry(m_server.names(), m_server.log().at(i), own));
        raw.append(caseresult::rawWireEntry(m_server.names(), m_server.log().at(i)));
    }
    entry[QStringLiteral("wire")] = wire;
    if (rawWire)
        entry[QStringLiteral("rawWire")] = raw;
    entry[QStringLiteral("result")] = outcome.result;
    const QJsonObject net = caseresult::netResult(outcome.fetch);
    if (!net.isEmpty())
        entry[QStringLiteral("net")] = net;
    if (!outcome.fetch.console.isEmpty())
        entry[QStringLiteral("console")] = QJsonArray::fromStringList(outcome.fetch.console);
    const QJsonObject notes = caseresult::cookieNotes(outcome.fetch);
    if (!notes.isEmpty())
        entry[QStringLiteral("cookieNotes")] = notes;
    const QJsonArray jar = caseresult::jar(m_browser->cookies().cookies(), m_clock.now());
    if (jar != m_jar)
        entry[QStringLiteral("cookies")] = m_jar = jar;
    return entry;
}

FetchResult CaseReplay::await(const std::function<void(Browser::Finished)> &start)
{
    FetchResult result;
    bool done = false;
    QEventLoop loop;
    start([&](const FetchResult &r) {
        result = r;
        done = true;
        loop.quit();
    });
    QTimer::singleShot(20000, &loop, &QEventLoop::quit);
    if (!done)
        loop.exec();
    // A stale answer is renewed behind the page's back.
    QDeadlineTimer background(5000);
    while (m_browser->transport().isBusy() && !background.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    if (!done)
        result.exception = QStringLiteral("no answer within 20 s");
    return result;
}
