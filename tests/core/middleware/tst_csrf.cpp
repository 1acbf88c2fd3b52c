// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/csrf.h"

#include "core/express/pipelineharness.h"
#include "middleware/cookiesession.h"
#include "middleware/json.h"
#include "middleware/keygrip.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

namespace {

/// A cookie session with these members, signed.
QByteArray cookieOf(const QByteArray &json)
{
    const QString data = u"session="_s + QString::fromLatin1(json.toBase64());
    const QString signature = *Keygrip({JsValue(u"k1"_s)}).sign(data);
    return "Cookie: " + data.toLatin1() + "; session.sig=" + signature.toLatin1() + "\r\n";
}

std::shared_ptr<const Pipeline> pipelineWithCsrf()
{
    JsValue options = JsValue::object();
    options.insert(u"keys"_s, JsValue::stringArray({u"k1"_s}));
    return makePipeline(
        {{"json", {}, *JsonParser::create({}), true},
         {"cookieSession", {}, *CookieSession::create(options), true},
         {"csrf", {}, std::make_shared<Csrf>([] { return u"made"_s; }), true},
         stage("routes", [](const std::shared_ptr<Exchange> &exchange, const Next &) {
             exchange->end("passed");
         })});
}

QByteArray post(const QByteArray &lines, const QByteArray &body)
{
    return "POST /transfer HTTP/1.1\r\nHost: h.test\r\nContent-Type: application/json\r\n" + lines
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class CsrfTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void decides_data();
    void decides();
    void handsOutTheTokenOfTheSession();
    void putsANewTokenIntoTheSession();
};

void CsrfTest::decides_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("decision");
    QTest::addColumn<int>("status");
    const auto row
        = [](const char *name, const QByteArray &request, const char *decision, int status) {
              QTest::addRow("%s", name) << request << QByteArray(decision) << status;
          };
    const QByteArray login = cookieOf(R"({"userId":1,"csrfToken":"t1"})");
    row("reading", get("/transfer", login), "csrf.SafeMethod", 200);
    row("nobody logged in", post({}, "{}"), "csrf.NothingToProtect", 200);
    row("no token", post(login, "{}"), "csrf.Missing", 403);
    row("token in the header", post(login + "X-CSRF-Token: t1\r\n", "{}"), "csrf.Valid", 200);
    row("token in the form", post(login, R"({"_csrf":"t1"})"), "csrf.Valid", 200);
    row("the token of another", post(login + "X-CSRF-Token: t2\r\n", "{}"), "csrf.Wrong", 403);
    row("the header counts", post(login + "X-CSRF-Token: t2\r\n", R"({"_csrf":"t1"})"),
        "csrf.Wrong", 403);
    row("session without a token", post(cookieOf(R"({"userId":1})") + "X-CSRF-Token: \r\n", "{}"),
        "csrf.Wrong", 403);
}

void CsrfTest::decides()
{
    QFETCH(QByteArray, request);
    const PipelineAnswer answer = runPipeline(pipelineWithCsrf(), request, true);
    QTEST(answer.status(), "status");
    QByteArray decision;
    for (const StageRecord &record : answer.report.stages) {
        for (const Decision &one : record.decisions) {
            if (one.id.startsWith("csrf."))
                decision = one.id;
        }
    }
    QTEST(decision, "decision");
}

void CsrfTest::handsOutTheTokenOfTheSession()
{
    const QByteArray login = cookieOf(R"({"userId":1,"csrfToken":"t1"})");
    const PipelineAnswer answer = runPipeline(pipelineWithCsrf(), get("/csrf-token", login));
    QCOMPARE(answer.body(), QByteArray(R"({"csrfToken":"t1"})"));
    QVERIFY(!answer.head().contains("Set-Cookie"));
}

void CsrfTest::putsANewTokenIntoTheSession()
{
    const PipelineAnswer answer
        = runPipeline(pipelineWithCsrf(), get("/csrf-token", cookieOf(R"({"userId":1})")), true);
    QCOMPARE(answer.body(), QByteArray(R"({"csrfToken":"made"})"));
    QCOMPARE(stringifyJson(answer.report.handler[u"session"]),
             u"{\"userId\":1,\"csrfToken\":\"made\"}"_s);
    QVERIFY(answer.head().contains("Set-Cookie: session="));
}

QTEST_GUILESS_MAIN(CsrfTest)
#include "tst_csrf.moc"
