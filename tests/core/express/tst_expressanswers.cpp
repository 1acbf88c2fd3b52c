// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "core/express/pipelineharness.h"
#include "express/router.h"
#include "testfolder.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// The application of tests/data/express/record.mjs, held to the recorded answers of the real one.
class ExpressAnswersTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void answersAsExpress_data();
    void answersAsExpress();
};

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;

void addTextRoutes(Router &router)
{
    router.add("GET", "/text", [](const ExchangePointer &ex) {
        ex->type("txt");
        ex->send("pong");
    });
    router.add("GET", "/html", [](const ExchangePointer &ex) { ex->send("<b>h\xc3\xa9</b>"); });
    router.add("GET", "/buffer", [](const ExchangePointer &ex) { ex->sendBuffer("ab"); });
    router.add("GET", "/json", [](const ExchangePointer &ex) {
        JsValue body = JsValue::object();
        body.insert(u"b"_s, JsValue(1));
        body.insert(u"a"_s, JsValue::stringArray({u"<&>"_s}));
        body.insert(u"2"_s, JsValue(u"two"_s));
        body.insert(u"1"_s, JsValue(u"one"_s));
        ex->json(body);
    });
    router.add("GET", "/latin", [](const ExchangePointer &ex) {
        ex->setHeader("Content-Type", "text/plain; charset=iso-8859-1");
        ex->send("x");
    });
    router.add("GET", "/typed", [](const ExchangePointer &ex) {
        ex->setHeader("Content-Type", "bad type");
        ex->send("x");
    });
    router.add("GET", "/modified", [](const ExchangePointer &ex) {
        ex->setHeader("Last-Modified", "Tue, 14 Nov 2023 22:13:20 GMT");
        ex->send("x");
    });
    router.add("GET", "/vary", [](const ExchangePointer &ex) {
        ex->vary("Origin");
        ex->vary("accept");
        ex->vary("origin, X-A");
        ex->send("x");
    });
    router.add("GET", "/query", [](const ExchangePointer &ex) { ex->json(ex->query); });
    router.add("GET", "/end", [](const ExchangePointer &ex) { ex->end("x"); });
    router.add("GET", "/go", [](const ExchangePointer &ex) {
        ex->redirect(ex->query[u"to"].toString(u"/text"_s).toUtf8());
    });
}

void addStatusRoutes(Router &router)
{
    router.add("GET", "/status", [](const ExchangePointer &ex) { ex->sendStatus(418); });
    router.add("GET", "/empty", [](const ExchangePointer &ex) {
        ex->status(204);
        ex->send("x");
    });
    router.add("GET", "/reset", [](const ExchangePointer &ex) {
        ex->status(205);
        ex->send("x");
    });
    router.add("GET", "/badstatus", [](const ExchangePointer &ex) {
        ex->status(99);
        ex->send("x");
    });
    router.add("GET", "/throw", [](const ExchangePointer &ex) {
        ExpressError error;
        error.message = u"<oops>  two"_s;
        error.status = 409;
        error.headers = {{"Retry-After", "3"}};
        ex->raise(error);
    });
    router.add("GET", "/thrown", [](const ExchangePointer &ex) {
        ex->status(503);
        ex->raise({});
    });
}

void addPathRoutes(Router &router)
{
    const auto text = [](const QByteArray &answer) {
        return PlainHandler([answer](const ExchangePointer &ex) { ex->send(answer); });
    };
    router.add("GET", "/items/:id/parts/:part",
               [](const ExchangePointer &ex) { ex->json(ex->params); });
    router.add("GET", "/mounted/here", text("here"));
    router.add("GET", "/multi", text("get"));
    router.add("PUT", "/multi", text("put"));
    router.add("POST", "/multi", text("post"));
    router.addRoute("/both", {{"POST", text("p")}, {"GET", text("g")}});
}

std::shared_ptr<const Pipeline> application(const ExpressSettings &settings)
{
    auto router = std::make_shared<Router>(settings);
    addTextRoutes(*router);
    addStatusRoutes(*router);
    addPathRoutes(*router);
    const auto mounted = stage("mounted",
                               [](const ExchangePointer &ex, const Next &next) {
                                   ex->setHeader("X-Url", ex->url);
                                   ex->setHeader("X-Base", ex->baseUrl);
                                   ex->setHeader("X-Path", ex->path());
                                   next();
                               },
                               {"/mounted"});
    return makePipeline({mounted, {"routes", {}, router, true}}, settings);
}

} // namespace

void ExpressAnswersTest::answersAsExpress_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("expected");
    QFile file(testFolder() + QStringLiteral("/data/express/answers.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto parsed = parseJson(QByteArrayView(file.readAll()));
    QVERIFY(std::holds_alternative<JsValue>(parsed));
    int number = 0;
    for (const JsValue &row : std::get<JsValue>(parsed).items()) {
        const QByteArray request = row[u"request"].toString().toLatin1();
        const QByteArray line = request.first(request.indexOf(" HTTP"));
        QTest::addRow("%d %s %s", ++number, line.constData(), toJson(row[u"settings"]).constData())
            << toJson(row[u"settings"]) << request << row[u"answer"].toString().toLatin1();
    }
}

void ExpressAnswersTest::answersAsExpress()
{
    QFETCH(QByteArray, settings);
    QFETCH(QByteArray, request);
    const auto value = parseJson(QByteArrayView(settings));
    const auto parsed = ExpressSettings::fromValue(std::get<JsValue>(value));
    QVERIFY(parsed.has_value());
    QByteArray answer = runPipeline(application(*parsed), request).bytes;
    answer.replace("Date: Tue, 14 Nov 2023 22:13:20 GMT", "Date: D");
    QTEST(answer, "expected");
}

QTEST_GUILESS_MAIN(ExpressAnswersTest)
#include "tst_expressanswers.moc"
