// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/authjwt.h"

#include "core/express/pipelineharness.h"
#include "lab/buildpipeline.h"
#include "lab/jwtdemokeys.h"
#include "lab/labstate.h"
#include "middleware/jwt/jsonwebtoken.h"

#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

namespace {

JsValue json(const QByteArray &text)
{
    return std::get<JsValue>(parseJson(text));
}

/// A lab of the profile `demo` with login by token, and what a learner does with it.
class TokenLab
{
public:
    explicit TokenLab(const QByteArray &jwt) : m_state(m_clock) { set(jwt); }

    void set(const QByteArray &jwt)
    {
        const auto config = LabConfig::fromJson(
            R"({"profile":"demo","cookieParser":{"enabled":true},"auth":{"mode":"jwt","jwt":)" + jwt
            + "}}");
        QVERIFY2(config.has_value(), qPrintable(config ? QString() : config.error().message));
        const auto pipeline = buildPipeline(*config, m_state);
        QVERIFY(pipeline.has_value());
        m_pipeline = *pipeline;
    }

    PipelineAnswer logIn()
    {
        const QByteArray body = R"({"email":"test@example.com","password":"123456"})";
        return run("POST /login HTTP/1.1\r\nHost: h.test\r\nContent-Type: application/json\r\n"
                   "Content-Length: "
                   + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }

    QByteArray token() { return json(logIn().body())[u"token"].toString().toLatin1(); }

    PipelineAnswer send(const QByteArray &methodAndPath, const QByteArray &lines = {})
    {
        const QByteArray length = methodAndPath.startsWith("POST") ? "Content-Length: 0\r\n" : "";
        return run(methodAndPath + " HTTP/1.1\r\nHost: h.test\r\n" + length + lines + "\r\n");
    }

    PipelineAnswer withToken(const QByteArray &methodAndPath, const QByteArray &token)
    {
        return send(methodAndPath, "Authorization: Bearer " + token + "\r\n");
    }

private:
    PipelineAnswer run(const QByteArray &request) { return runPipeline(m_pipeline, request, true); }

    LabClock m_clock;
    LabState m_state;
    std::shared_ptr<const Pipeline> m_pipeline;
};

/// handler.error of the record.
QString errorOf(const PipelineAnswer &answer)
{
    return answer.report.handler[u"error"].toString();
}

QByteArrayList decisionsOf(const PipelineAnswer &answer)
{
    QByteArrayList ids;
    for (const StageRecord &stage : answer.report.stages) {
        for (const Decision &decision : stage.decisions) {
            if (decision.sentence.endsWith(u'.'))
                ids.append(decision.id);
        }
    }
    return ids;
}

QByteArray forged(const QByteArray &payload, const QString &secret, const QByteArray &options)
{
    return jwtSign(json(payload), JsValue(secret), json(options), LabClock().now())
        .value()
        .toLatin1();
}

const QByteArray admin = R"({"sub":"1","role":"admin"})";

} // namespace

class AuthJwtTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void logsInWithoutAnyKeySet();
    void refusesWhatIsNoBearerToken_data();
    void refusesWhatIsNoBearerToken();
    void bareNumberInTextIsMilliseconds();
    void naiveVerifierLetsTheTokenChoose();
    void realVerifierRefusesTheSameTokens();
    void denyListRevokesOneToken();
    void tokenVersionRevokesAllTokens();
    void deliversInAnHttpOnlyCookie();
    void guardAnswersWithTheReason();
    void showsThePublicKey();
    void signsWithEveryAlgorithm_data();
    void signsWithEveryAlgorithm();
};

void AuthJwtTest::logsInWithoutAnyKeySet()
{
    TokenLab lab("{}");
    const PipelineAnswer login = lab.logIn();
    QCOMPARE(login.status(), 200);
    QCOMPARE(login.report.handler[u"user"][u"email"].toString(), u"test@example.com"_s);
    QVERIFY(decisionsOf(login).contains("jwt.Issued"));
    const PipelineAnswer me = lab.withToken("GET /me", lab.token());
    QCOMPARE(me.body(), R"({"userId":1,"email":"test@example.com"})"_ba);
    QVERIFY(decisionsOf(me).contains("jwt.Verified"));
    QCOMPARE(me.report.handler[u"user"][u"role"].toString(), u"user"_s);
}

void AuthJwtTest::refusesWhatIsNoBearerToken_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QByteArray>("decision");
    QTest::addColumn<QByteArray>("challenge");
    const QByteArray invalid = R"(Bearer error="invalid_token")";
    QTest::addRow("nothing") << QByteArray() << u"missing token"_s << "jwt.MissingToken"_ba
                             << "Bearer"_ba;
    QTest::addRow("no scheme") << "Authorization: eyJ.e.x\r\n"_ba
                               << u"malformed authorization header"_s << "jwt.MalformedHeader"_ba
                               << invalid;
    QTest::addRow("nonsense") << "Authorization: bearer x\r\n"_ba << u"jwt malformed"_s
                              << "jwt.Malformed"_ba << invalid;
}

void AuthJwtTest::refusesWhatIsNoBearerToken()
{
    QFETCH(QByteArray, lines);
    QFETCH(QString, error);
    QFETCH(QByteArray, decision);
    QFETCH(QByteArray, challenge);
    TokenLab lab("{}");
    const PipelineAnswer me = lab.send("GET /me", lines);
    QCOMPARE(me.status(), 401);
    QCOMPARE(errorOf(me), error);
    QVERIFY2(decisionsOf(me).contains(decision), decisionsOf(me).join(" "));
    QVERIFY(me.has("WWW-Authenticate: " + challenge));
    QVERIFY(!me.report.executed);
}

void AuthJwtTest::bareNumberInTextIsMilliseconds()
{
    TokenLab lab(R"({"expiresIn":"120"})");
    const PipelineAnswer me = lab.withToken("GET /me", lab.token());
    QCOMPARE(errorOf(me), u"jwt expired"_s);
    QVERIFY(json(me.body())[u"error"].contains(u"expiredAt"));
    lab.set(R"({"expiresIn":120})");
    QCOMPARE(lab.withToken("GET /me", lab.token()).status(), 200);
}

void AuthJwtTest::naiveVerifierLetsTheTokenChoose()
{
    TokenLab lab(R"({"verifier":"naive","secret":"secret"})");
    const PipelineAnswer unsignedToken
        = lab.withToken("GET /admin/report", forged(admin, {}, R"({"algorithm":"none"})"));
    QCOMPARE(unsignedToken.status(), 200);
    QVERIFY(decisionsOf(unsignedToken).contains("jwt.Trusted"));
    QCOMPARE(lab.withToken("GET /admin/report", lab.token()).status(), 403);

    // the secret of before does not stand in the way of a key pair
    lab.set(R"({"verifier":"naive","secret":"secret","algorithm":"RS256"})");
    const QByteArray publicKey = lab.send("GET /lab/jwt/public-key").body();
    const QByteArray confused
        = forged(admin, QString::fromLatin1(publicKey), R"({"algorithm":"HS256"})");
    QCOMPARE(lab.withToken("GET /admin/report", confused).status(), 200);
}

void AuthJwtTest::realVerifierRefusesTheSameTokens()
{
    TokenLab lab(R"({"secret":"secret"})");
    const PipelineAnswer unsignedToken
        = lab.withToken("GET /admin/report", forged(admin, {}, R"({"algorithm":"none"})"));
    QCOMPARE(unsignedToken.status(), 401);
    QCOMPARE(errorOf(unsignedToken), u"jwt signature is required"_s);
    QCOMPARE(lab.withToken("GET /admin/report", forged(admin, u"secret"_s, "{}")).status(), 200);
    QCOMPARE(errorOf(lab.withToken("GET /admin/report", forged(admin, u"x"_s, "{}"))),
             u"invalid signature"_s);

    lab.set(R"({"algorithm":"RS256","algorithms":["RS256"]})");
    const QByteArray publicKey = lab.send("GET /lab/jwt/public-key").body();
    const QByteArray confused
        = forged(admin, QString::fromLatin1(publicKey), R"({"algorithm":"HS256"})");
    QCOMPARE(errorOf(lab.withToken("GET /admin/report", confused)), u"invalid algorithm"_s);
}

void AuthJwtTest::denyListRevokesOneToken()
{
    TokenLab lab(R"({"denylist":true})");
    const QByteArray first = lab.token();
    const QByteArray second = lab.token();
    QVERIFY(decisionsOf(lab.withToken("POST /logout", first)).contains("jwt.PutOnDenyList"));
    const PipelineAnswer replay = lab.withToken("GET /me", first);
    QCOMPARE(replay.status(), 401);
    QCOMPARE(errorOf(replay), u"token revoked"_s);
    QVERIFY(decisionsOf(replay).contains("jwt.Revoked"));
    QCOMPARE(lab.withToken("GET /me", second).status(), 200);

    lab.set("{}"); // without the list a logout changes nothing
    QCOMPARE(lab.withToken("POST /logout", second).status(), 200);
    QCOMPARE(lab.withToken("GET /me", first).status(), 200);
}

void AuthJwtTest::tokenVersionRevokesAllTokens()
{
    TokenLab lab(R"({"tokenVersion":true})");
    const QByteArray first = lab.token();
    const QByteArray second = lab.token();
    QCOMPARE(lab.withToken("POST /logout-all", first).status(), 200);
    for (const QByteArray &token : {first, second})
        QCOMPARE(errorOf(lab.withToken("GET /me", token)), u"token version"_s);
    QCOMPARE(lab.withToken("POST /logout-all", first).status(), 401);
    QCOMPARE(lab.withToken("GET /me", lab.token()).status(), 200);
}

void AuthJwtTest::deliversInAnHttpOnlyCookie()
{
    TokenLab lab(R"({"delivery":"cookie"})");
    const PipelineAnswer login = lab.logIn();
    QVERIFY(!json(login.body()).contains(u"token"));
    const QByteArray start = "\r\nSet-Cookie: auth=";
    const qsizetype at = login.head().indexOf(start) + start.size();
    const QByteArray line = login.head().mid(at, login.head().indexOf('\r', at) - at);
    QVERIFY(line.endsWith("; Path=/; HttpOnly"));
    const QByteArray cookie = "Cookie: auth=" + line.first(line.indexOf(';')) + "\r\n";
    QCOMPARE(lab.send("GET /me", cookie).status(), 200);
    const PipelineAnswer missing = lab.send("GET /me");
    QCOMPARE(errorOf(missing), u"missing token"_s);
    QVERIFY(!missing.head().contains("WWW-Authenticate"));
    const PipelineAnswer logout = lab.send("POST /logout", cookie);
    QVERIFY(
        logout.has("Set-Cookie: auth=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly"));
}

void AuthJwtTest::guardAnswersWithTheReason()
{
    TokenLab lab("{}");
    const auto config = LabConfig::fromJson(
        R"({"profile":"demo","auth":{"mode":"jwt","enabled":true,"paths":["/api"]}})");
    QVERIFY(config.has_value());
    LabClock clock;
    LabState state(clock);
    const auto pipeline = buildPipeline(*config, state);
    QVERIFY(pipeline.has_value());
    const PipelineAnswer refused
        = runPipeline(*pipeline, get("/api/items", "Authorization: Bearer a.b\r\n"), true);
    QCOMPARE(refused.status(), 401);
    QCOMPARE(errorOf(refused), u"jwt malformed"_s);
    QCOMPARE(refused.report.endedBy, "auth"_ba);
    const QByteArray token = lab.token();
    const PipelineAnswer passed = runPipeline(
        *pipeline, get("/api/items", "Authorization: Bearer " + token + "\r\n"), true);
    QCOMPARE(passed.status(), 200);
}

void AuthJwtTest::showsThePublicKey()
{
    TokenLab lab(R"({"algorithm":"ES384"})");
    const PipelineAnswer key = lab.send("GET /lab/jwt/public-key");
    QCOMPARE(key.status(), 200);
    QCOMPARE(key.body(), jwtDemoKeys(u"ES384"_s).publicKey);
    lab.set(R"({"secret":"k"})");
    QCOMPARE(lab.send("GET /lab/jwt/public-key").status(), 404);
}

void AuthJwtTest::signsWithEveryAlgorithm_data()
{
    QTest::addColumn<QByteArray>("algorithm");
    for (const char *name : {"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384",
                             "PS512", "ES256", "ES384", "ES512"})
        QTest::addRow("%s", name) << QByteArray(name);
}

void AuthJwtTest::signsWithEveryAlgorithm()
{
    QFETCH(QByteArray, algorithm);
    TokenLab lab(R"({"secret":"k","algorithm":")" + algorithm + R"("})");
    const QByteArray token = lab.token();
    QCOMPARE(json(QByteArray::fromBase64(token.split('.').first(),
                                         QByteArray::Base64UrlEncoding))[u"alg"]
                 .toString()
                 .toLatin1(),
             algorithm);
    QCOMPARE(lab.withToken("GET /me", token).status(), 200);
}

QTEST_APPLESS_MAIN(AuthJwtTest)
#include "tst_authjwt.moc"
