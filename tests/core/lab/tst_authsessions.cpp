// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/lab.h"

#include "core/server/rawclient.h"
#include "core/server/wirewatcher.h"
#include "lab/authmodes.h"
#include "lab/labconfig.h"
#include "lab/labstate.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

namespace {

const QByteArray credentials = R"({"email":"test@example.com","password":"123456"})";

QByteArray toRequest(const QByteArray &line, const QByteArray &cookies, const QByteArray &body,
                     const QByteArray &more = {})
{
    QByteArray request = line + " HTTP/1.1\r\nHost: api.shop.test:8000\r\nConnection: close\r\n";
    if (!cookies.isEmpty())
        request += "Cookie: " + cookies + "\r\n";
    request += more;
    if (!body.isEmpty())
        request += "Content-Type: application/json\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n";
    return request + "\r\n" + body;
}

/// "name=value" of the Set-Cookie lines, as a Cookie header.
QByteArray cookiesOf(const QByteArray &answer)
{
    QByteArrayList pairs;
    for (const QByteArray &line : answer.split('\n')) {
        if (line.startsWith("Set-Cookie: "))
            pairs.append(line.mid(12).split(';').first());
    }
    return pairs.join("; ");
}

QByteArray bodyOf(const QByteArray &answer)
{
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

} // namespace

/// The login modes that live in req.session, as the lessons use them: a lab on real sockets.
class AuthSessionsTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void takesTheModeFromTheStack_data();
    void takesTheModeFromTheStack();
    void mountsTheMiddlewareOfTheMode();
    void keepsACookieSessionInTheCookie();
    void refusesAForgedCookieSession();
    void acceptsACookieSessionReplayedAfterLogout();
    void believesAnythingWithoutSigning();
    void fillsTheCartIntoTheCookie();
    void keepsAServerSessionAtTheServer();
    void refusesAServerSessionReplayedAfterLogout();
    void changesTheIdAtLogin();
    void losesServerSessionsWithARestart();
    void letsServerSessionsExpireByTheLabClock();
    void logsOutEverywhere();
    void guardsPathsOnlyForMembers_data();
    void guardsPathsOnlyForMembers();
    void needsALoginToMoveMoney();
    void movesMoneyByGetOnlyWhenAllowed();
    void asksForTheCsrfToken();
    void namesDecisionsOfServerSessions();

private:
    void start(const std::vector<std::pair<QByteArray, JsValue>> &settings);
    void change(const QByteArray &path, const JsValue &value);
    QByteArray send(const QByteArray &line, const QByteArray &cookies = {},
                    const QByteArray &body = {}, const QByteArray &more = {});
    QByteArray logIn(const QByteArray &cookies = {})
    {
        return cookiesOf(send("POST /login", cookies, credentials));
    }
    int status(const QByteArray &line, const QByteArray &cookies = {})
    {
        return send(line, cookies).mid(9, 3).toInt();
    }
    QByteArrayList lastDecisions() const;

    Watcher m_watcher;
    std::unique_ptr<Lab> m_lab;
    LabConfig m_config = LabConfig::base();
};

void AuthSessionsTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_watcher = {};
    m_config = LabConfig::base();
    m_lab = std::make_unique<Lab>();
    m_lab->setObserver(&m_watcher);
}

void AuthSessionsTest::cleanup()
{
    m_lab.reset();
}

void AuthSessionsTest::change(const QByteArray &path, const JsValue &value)
{
    const auto next = m_config.withSetting(path, value);
    QVERIFY2(next, qPrintable(next ? QString() : next.error().message));
    m_config = *next;
    QVERIFY(m_lab->setConfig(m_config).has_value());
}

void AuthSessionsTest::start(const std::vector<std::pair<QByteArray, JsValue>> &settings)
{
    for (const auto &[path, value] : settings)
        change(path, value);
    Lab::Ports ports;
    ports.api = 0;
    ports.withSite = false;
    QVERIFY(m_lab->listen(ports).has_value());
}

QByteArray AuthSessionsTest::send(const QByteArray &line, const QByteArray &cookies,
                                  const QByteArray &body, const QByteArray &more)
{
    RawClient client(m_lab->apiPort());
    client.send(toRequest(line, cookies, body, more));
    if (!client.waitForClose())
        return "no answer in time";
    return client.received;
}

QByteArrayList AuthSessionsTest::lastDecisions() const
{
    QByteArrayList ids;
    for (const StageRecord &record : m_watcher.reports.back().stages) {
        for (const Decision &decision : record.decisions)
            ids.append(decision.id);
    }
    return ids;
}

void AuthSessionsTest::takesTheModeFromTheStack_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<JsValue>("value");
    QTest::addColumn<int>("mode");
    const auto row = [](const char *path, const JsValue &value, AuthMode mode) {
        QTest::addRow("%s %s", path, qPrintable(stringifyJson(value)))
            << QByteArray(path) << value << static_cast<int>(mode);
    };
    row("server.cors.enabled", JsValue(true), AuthMode::None);
    row("server.cookieSession.enabled", JsValue(true), AuthMode::CookieSession);
    row("server.session.enabled", JsValue(true), AuthMode::Session);
    row("server.auth.mode", JsValue(u"session"_s), AuthMode::Session);
    row("server.auth.mode", JsValue(u"jwt"_s), AuthMode::Jwt);
}

void AuthSessionsTest::takesTheModeFromTheStack()
{
    QFETCH(QByteArray, path);
    QFETCH(JsValue, value);
    QTEST(static_cast<int>(authMode(*m_config.withSetting(path, value))), "mode");
}

void AuthSessionsTest::mountsTheMiddlewareOfTheMode()
{
    const auto session = m_config.withSetting("server.auth.mode", JsValue(u"session"_s));
    QVERIFY(session->isEnabled("session") && !session->isEnabled("cookieSession"));
    const auto cookie = session->withSetting("server.auth.mode", JsValue(u"cookieSession"_s));
    QVERIFY(cookie->isEnabled("cookieSession") && !cookie->isEnabled("session"));
}

void AuthSessionsTest::keepsACookieSessionInTheCookie()
{
    start({{"server.cookieSession.enabled", true}});
    const QByteArray cookies = logIn();
    QCOMPARE(cookies.split('=').size() > 2, true);
    QVERIFY(cookies.contains("session.sig="));
    const JsValue session = m_watcher.reports.back().handler[u"session"];
    QCOMPARE(session[u"email"].toString(), u"test@example.com"_s);
    QCOMPARE(bodyOf(send("GET /me", cookies)),
             QByteArray(R"({"userId":1,"email":"test@example.com"})"));
    QCOMPARE(m_watcher.reports.back().handler[u"user"][u"userId"].toNumber(), 1.0);
    QCOMPARE(status("GET /me"), 401);
}

void AuthSessionsTest::refusesAForgedCookieSession()
{
    start({{"server.cookieSession.enabled", true}});
    const QByteArray forged
        = "session=" + QByteArray(R"({"userId":2})").toBase64() + logIn().mid(logIn().indexOf(';'));
    const QByteArray answer = send("GET /me", forged);
    QVERIFY(answer.startsWith("HTTP/1.1 401 "));
    QVERIFY(answer.contains(
        "Set-Cookie: session.sig=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly"));
    QVERIFY(lastDecisions().contains("cookieSession.BadSignature"));
    QVERIFY(!m_watcher.reports.back().executed);
}

void AuthSessionsTest::acceptsACookieSessionReplayedAfterLogout()
{
    start({{"server.cookieSession.enabled", true}});
    const QByteArray cookies = logIn();
    QVERIFY(send("POST /logout", cookies).contains("Set-Cookie: session=; "));
    QCOMPARE(status("GET /me", cookies), 200);
}

void AuthSessionsTest::believesAnythingWithoutSigning()
{
    start({{"server.cookieSession.enabled", true}, {"server.cookieSession.signed", false}});
    const QByteArray forged = "session=" + QByteArray(R"({"userId":2})").toBase64();
    QCOMPARE(bodyOf(send("GET /me", forged)), QByteArray(R"({"userId":2})"));
    change("server.cookieSession.signed", JsValue(true));
    QCOMPARE(status("GET /me", forged), 401);
}

void AuthSessionsTest::fillsTheCartIntoTheCookie()
{
    start({{"server.cookieSession.enabled", true}});
    const QByteArray cookies = logIn();
    QVERIFY(cookiesOf(send("POST /cart/fill?n=5000", cookies)).size() > 4096);
    const qsizetype fitting = cookiesOf(send("POST /cart/fill?n=2900", cookies)).indexOf("; ");
    QVERIFY2(fitting > 3500 && fitting < 4050, QByteArray::number(fitting));
    QCOMPARE(status("POST /cart/fill?n=10"), 401);
}

void AuthSessionsTest::keepsAServerSessionAtTheServer()
{
    start({{"server.auth.mode", u"session"_s}});
    const QByteArray cookies = logIn();
    QVERIFY(cookies.startsWith("connect.sid=s%3Alab-session-000001."));
    QCOMPARE(bodyOf(send("GET /me", cookies)),
             QByteArray(R"({"userId":1,"email":"test@example.com"})"));
    QCOMPARE(m_lab->state().sessions.ids(), QStringList {u"lab-session-000001"_s});
    QCOMPARE(status("GET /me", QByteArray(cookies).replace("000001", "000002")), 401);
}

void AuthSessionsTest::refusesAServerSessionReplayedAfterLogout()
{
    start({{"server.auth.mode", u"session"_s}});
    const QByteArray cookies = logIn();
    const QByteArray answer = send("POST /logout", cookies);
    QVERIFY(
        answer.contains("Set-Cookie: connect.sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"));
    QVERIFY(lastDecisions().contains("session.Destroyed"));
    QCOMPARE(status("GET /me", cookies), 401);
    QVERIFY(lastDecisions().contains("session.UnknownId"));
}

void AuthSessionsTest::changesTheIdAtLogin()
{
    start({{"server.auth.mode", u"session"_s}, {"server.session.regenerateOnLogin", true}});
    const QByteArray planted = cookiesOf(send("GET /visits"));
    QVERIFY(!planted.isEmpty());
    const QByteArray own = logIn(planted);
    QVERIFY(lastDecisions().contains("session.Regenerated"));
    QVERIFY(own != planted);
    QCOMPARE(status("GET /me", planted), 401);
    QCOMPARE(status("GET /me", own), 200);
}

void AuthSessionsTest::losesServerSessionsWithARestart()
{
    start({{"server.auth.mode", u"session"_s}});
    const QByteArray cookies = logIn();
    m_lab->restart();
    QCOMPARE(status("GET /me", cookies), 401);
}

void AuthSessionsTest::letsServerSessionsExpireByTheLabClock()
{
    JsValue cookie = JsValue::object();
    cookie.insert(u"maxAge"_s, JsValue(60'000));
    start({{"server.auth.mode", u"session"_s}, {"server.session.cookie", cookie}});
    const QByteArray cookies = logIn();
    m_lab->clock().advance(50'000);
    QCOMPARE(status("GET /me", cookies), 200);
    m_lab->clock().advance(50'000);
    QCOMPARE(status("GET /me", cookies), 200);
    m_lab->clock().advance(61'000);
    QCOMPARE(status("GET /me", cookies), 401);
}

void AuthSessionsTest::logsOutEverywhere()
{
    start({{"server.auth.mode", u"session"_s}});
    const QByteArray phone = logIn();
    const QByteArray desk = logIn();
    QCOMPARE(status("POST /logout-all", desk), 200);
    QVERIFY(lastDecisions().contains("session.AllDestroyed"));
    QCOMPARE(status("GET /me", phone), 401);
    change("server.auth.mode", JsValue(u"cookieSession"_s));
    QCOMPARE(status("POST /logout-all", logIn()), 200);
    QVERIFY(lastDecisions().contains("cookieSession.NotRevocable"));
}

void AuthSessionsTest::guardsPathsOnlyForMembers_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addRow("cookie-session") << u"cookieSession"_s;
    QTest::addRow("express-session") << u"session"_s;
}

void AuthSessionsTest::guardsPathsOnlyForMembers()
{
    QFETCH(QString, mode);
    start({{"server.auth.mode", mode},
           {"server.auth.enabled", true},
           {"server.auth.paths", JsValue::stringArray({u"/api"_s})}});
    QCOMPARE(status("GET /api/items"), 401);
    QCOMPARE(m_watcher.reports.back().endedBy, QByteArray("auth"));
    QVERIFY(lastDecisions().contains("auth.Anonymous"));
    QCOMPARE(status("GET /ping"), 200);
    QCOMPARE(status("GET /api/items", logIn()), 200);
    QVERIFY(lastDecisions().contains("auth.LoggedIn"));
}

void AuthSessionsTest::needsALoginToMoveMoney()
{
    start({{"server.auth.mode", u"session"_s}});
    QCOMPARE(status("POST /transfer?amount=5"), 401);
    QVERIFY(!m_watcher.reports.back().executed);
    const QByteArray cookies = logIn();
    const QByteArray answer = send("POST /transfer", cookies, R"({"amount":"5","to":"Bob"})");
    QCOMPARE(bodyOf(answer), QByteArray(R"({"ok":true,"amount":5,"to":"Bob","balance":995})"));
    QVERIFY(m_watcher.reports.back().executed);
    QCOMPARE(status("GET /admin/report", cookies), 403);
}

void AuthSessionsTest::movesMoneyByGetOnlyWhenAllowed()
{
    start({{"server.auth.mode", u"session"_s}});
    const QByteArray cookies = logIn();
    QCOMPARE(status("GET /transfer?amount=5", cookies), 404);
    change("server.transfer.allowGet", JsValue(true));
    QCOMPARE(status("GET /transfer?amount=5", cookies), 200);
}

void AuthSessionsTest::asksForTheCsrfToken()
{
    start({{"server.cookieSession.enabled", true}, {"server.csrf.enabled", true}});
    const QByteArray cookies = logIn();
    QVERIFY2(!cookies.isEmpty(), "the login itself needs no token");
    QCOMPARE(status("POST /transfer?amount=5", cookies), 403);
    QVERIFY(!m_watcher.reports.back().executed);
    const QByteArray answer = send("GET /csrf-token", cookies);
    const JsValue body = std::get<JsValue>(parseJson(bodyOf(answer)));
    const QByteArray line = "X-CSRF-Token: " + body[u"csrfToken"].toString().toLatin1() + "\r\n";
    const QByteArray done = send("POST /transfer?amount=5", cookiesOf(answer), {}, line);
    QVERIFY2(done.startsWith("HTTP/1.1 200 "), done);
}

void AuthSessionsTest::namesDecisionsOfServerSessions()
{
    start({{"server.auth.mode", u"session"_s}});
    QCOMPARE(status("GET /ping"), 200);
    QVERIFY(lastDecisions().contains("session.NoId"));
    QVERIFY(lastDecisions().contains("session.NotSaved"));
    const QByteArray cookies = cookiesOf(send("GET /visits"));
    QVERIFY(lastDecisions().contains("session.Saved"));
    QVERIFY(lastDecisions().contains("session.CookieSet"));
    QCOMPARE(status("GET /ping", cookies), 200);
    QVERIFY(lastDecisions().contains("session.Found"));
    QVERIFY(lastDecisions().contains("session.Touched"));
    QCOMPARE(status("GET /ping", "connect.sid=s%3Alab-session-000001.forged"), 200);
    QVERIFY(lastDecisions().contains("session.BadSignature"));
    JsValue cookie = JsValue::object();
    cookie.insert(u"secure"_s, JsValue(true));
    change("server.session.cookie", cookie);
    QVERIFY(logIn().isEmpty());
    QVERIFY(lastDecisions().contains("session.NotSecure"));
}

QTEST_GUILESS_MAIN(AuthSessionsTest)
#include "tst_authsessions.moc"
