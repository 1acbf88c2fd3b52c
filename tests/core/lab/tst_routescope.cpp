// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/routescope.h"

#include "core/express/pipelineharness.h"
#include "lab/buildpipeline.h"
#include "lab/labconfig.h"
#include "lab/labstate.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;

class RouteScopeTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void runsWhereARouteAnswers_data();
    void runsWhereARouteAnswers();
    void sendsToTheSlash_data();
    void sendsToTheSlash();
};

namespace {

PipelineAnswer answerTo(const QByteArray &config, const QByteArray &requestLine)
{
    LabState state(pipelineClock());
    const auto lab = LabConfig::fromJson(config);
    const auto pipeline = buildPipeline(*lab, state);
    return runPipeline(*pipeline, requestLine + " HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\n\r\n");
}

} // namespace

void RouteScopeTest::runsWhereARouteAnswers_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("allowed");
    QTest::addRow("a route") << QByteArray("PUT /api/user") << 200 << true;
    QTest::addRow("HEAD of a GET") << QByteArray("HEAD /ping") << 200 << true;
    QTest::addRow("a preflight is Express's to answer")
        << QByteArray("OPTIONS /api/user") << 200 << false;
    QTest::addRow("another method") << QByteArray("PATCH /ping") << 404 << false;
    QTest::addRow("no route") << QByteArray("GET /nowhere") << 404 << false;
    QTest::addRow("a parameter that is none") << QByteArray("GET /api/items/%ff") << 400 << false;
}

void RouteScopeTest::runsWhereARouteAnswers()
{
    QFETCH(QByteArray, request);
    QFETCH(bool, allowed);
    const PipelineAnswer answer
        = answerTo(R"js({"cors": {"enabled": true, "scope": "route"}})js", request);
    QTEST(answer.status(), "status");
    QCOMPARE(answer.has("Access-Control-Allow-Origin: *"), allowed);
}

void RouteScopeTest::sendsToTheSlash_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("location");
    QTest::addRow("a path") << QByteArray("/ping") << QByteArray("/ping/");
    QTest::addRow("with a query") << QByteArray("/ping?a=/b") << QByteArray("/ping/?a=/b");
    QTest::addRow("no other host") << QByteArray("//evil.test") << QByteArray("/evil.test/");
    QTest::addRow("there already") << QByteArray("/ping/") << QByteArray();
}

void RouteScopeTest::sendsToTheSlash()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, location);
    const PipelineAnswer answer = answerTo(R"js({"redirectSlash": true})js", "GET " + target);
    QCOMPARE(answer.status(), location.isEmpty() ? 200 : 301);
    QCOMPARE(answer.has("Location: " + location), !location.isEmpty());
}

QTEST_GUILESS_MAIN(RouteScopeTest)
#include "tst_routescope.moc"
