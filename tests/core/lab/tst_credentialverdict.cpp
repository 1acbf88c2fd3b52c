// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/credentialverdict.h"

#include "core/capture/recordedexchange.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace rt;
using namespace Qt::StringLiterals;
using Kind = Credential::Kind;
using Outcome = CredentialCheck::Outcome;
using Role = CredentialPart::Role;

namespace {

constexpr qint64 now = 1'700'000'000'000;

// Recorded from the packages, see tst_credential.cpp.
const QByteArray token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                         "eyJzdWIiOiIxIiwicm9sZSI6InVzZXIiLCJpYXQiOjE3MDAwMDAwMDB9."
                         "n2t_lzOpuGNCMEF7-P4iN1JQuf0nfW5YWZ6UZZa00qM";

Credential cookieSession()
{
    Credential credential;
    credential.kind = Kind::CookieSession;
    credential.name = "session";
    credential.text = "eyJhIjoxfQ==";
    credential.signature = "KR4uga1_pLIAxldU47Uk9zT8GyA";
    return credential;
}

Credential sessionId()
{
    Credential credential;
    credential.kind = Kind::SessionId;
    credential.name = "connect.sid";
    credential.text = "s%3Alab-session-000001.KSOlYxEuzSwHX%2FXg9NlP3Fzi%2FrqC4sDNLrm6UybysQg";
    return credential;
}

Credential jwt(const QByteArray &text = token)
{
    Credential credential;
    credential.text = text;
    return credential;
}

LabConfig configWith(std::initializer_list<std::pair<const char *, JsValue>> settings)
{
    LabConfig config = LabConfig::base();
    for (const auto &[path, value] : settings) {
        const auto changed = config.withSetting(path, value);
        if (!changed)
            qFatal("%s: %s", path, qPrintable(changed.error().message));
        config = *changed;
    }
    return config;
}

LabConfig keyed(const QStringList &keys)
{
    return configWith({{"server.cookieSession.keys", JsValue::stringArray(keys)}});
}

QByteArray failedCheck(const CredentialVerdict &verdict)
{
    for (const CredentialCheck &check : verdict.checks) {
        if (check.outcome == Outcome::Failed)
            return check.id;
    }
    return {};
}

bool notes(const CredentialVerdict &verdict, QByteArrayView id)
{
    return std::any_of(verdict.checks.begin(), verdict.checks.end(),
                       [id](const CredentialCheck &check) {
                           return check.outcome == Outcome::Note && check.id == id;
                       });
}

} // namespace

class CredentialVerdictTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void knowsWhichKeyMadeACookieSession();
    void refusesAChangedCookieSession();
    void missesTheSignature();
    void believesAnythingWithSigningOff();
    void saysThatTheJarHasDroppedIt();
    void judgesASessionId();
    void judgesASignedCookie();
    void signsAgain();
    void cannotSignWithoutAKey();
    void acceptsAToken();
    void refusesATokenWithThePackagesWords_data();
    void refusesATokenWithThePackagesWords();
    void stopsAtTheFirstFailedCheck();
    void theNaiveVerifierBelievesTheToken();
    void forgesWithAnotherSecret();
    void saysWhatTheServerSays_data();
    void saysWhatTheServerSays();
};

void CredentialVerdictTest::knowsWhichKeyMadeACookieSession()
{
    CredentialVerdict verdict = judge(cookieSession(), keyed({u"k1"_s}), now);
    QVERIFY(verdict.accepted);
    QCOMPARE(verdict.key, 0);
    verdict = judge(cookieSession(), keyed({u"k2"_s, u"k1"_s}), now);
    QVERIFY(verdict.accepted);
    QCOMPARE(verdict.key, 1);
    QVERIFY(notes(verdict, "cookieSession.Resigned"));
}

void CredentialVerdictTest::refusesAChangedCookieSession()
{
    const auto changed = withContent(cookieSession(), Role::Payload, u"{\"a\":2}"_s);
    CredentialVerdict verdict = judge(*changed, keyed({u"k1"_s}), now);
    QVERIFY(!verdict.accepted);
    QCOMPARE(failedCheck(verdict), QByteArray("cookieSession.BadSignature"));
    verdict = judge(cookieSession(), keyed({u"other"_s}), now);
    QCOMPARE(failedCheck(verdict), QByteArray("cookieSession.BadSignature"));
}

void CredentialVerdictTest::missesTheSignature()
{
    Credential credential = cookieSession();
    credential.signature.reset();
    const CredentialVerdict verdict = judge(credential, keyed({u"k1"_s}), now);
    QCOMPARE(failedCheck(verdict), QByteArray("cookieSession.NoSignature"));
}

void CredentialVerdictTest::believesAnythingWithSigningOff()
{
    const LabConfig config = configWith({{"server.cookieSession.signed", JsValue(false)}});
    Credential credential = cookieSession();
    credential.signature.reset();
    QVERIFY(judge(credential, config, now).accepted);
    QVERIFY(notes(judge(credential, config, now), "cookieSession.Unsigned"));
    credential.text = "no json";
    QCOMPARE(failedCheck(judge(credential, config, now)), QByteArray("cookieSession.Unreadable"));
}

void CredentialVerdictTest::saysThatTheJarHasDroppedIt()
{
    Credential credential = cookieSession();
    credential.expiresAt = now - 1;
    const CredentialVerdict verdict = judge(credential, keyed({u"k1"_s}), now);
    QVERIFY(verdict.accepted); // its content would still count
    QVERIFY(notes(verdict, "cookie.Expired"));
}

void CredentialVerdictTest::judgesASessionId()
{
    const LabConfig config = configWith({{"server.session.secret", JsValue(u"s1"_s)}});
    QVERIFY(judge(sessionId(), config, now).accepted);
    QVERIFY(notes(judge(sessionId(), config, now), "session.Store"));
    const Credential flipped = withFlippedCharacter(sessionId(), Role::Id, 3);
    QCOMPARE(failedCheck(judge(flipped, config, now)), QByteArray("session.BadSignature"));
}

void CredentialVerdictTest::judgesASignedCookie()
{
    Credential credential = sessionId();
    credential.kind = Kind::SignedCookie;
    credential.name = "basket";
    const LabConfig config
        = configWith({{"server.cookies.secret", JsValue::stringArray({u"new"_s, u"s1"_s})}});
    const CredentialVerdict verdict = judge(credential, config, now);
    QVERIFY(verdict.accepted);
    QCOMPARE(verdict.key, 1);
    QCOMPARE(failedCheck(judge(credential, LabConfig::base(), now)),
             QByteArray("cookies.NoSecret"));
}

void CredentialVerdictTest::signsAgain()
{
    const LabConfig config
        = configWith({{"server.cookieSession.keys", JsValue::stringArray({u"k2"_s, u"k1"_s})},
                      {"server.session.secret", JsValue(u"s1"_s)}});
    const auto session
        = signedAgain(*withContent(cookieSession(), Role::Payload, u"{\"a\":2}"_s), config);
    QVERIFY(session);
    QCOMPARE(judge(*session, config, now).key, 0);
    const auto id = signedAgain(*withContent(sessionId(), Role::Id, u"other"_s), config);
    QVERIFY(id);
    QVERIFY(judge(*id, config, now).accepted);
    QCOMPARE(*signedAgain(sessionId(), config), sessionId()); // the package's own bytes
}

void CredentialVerdictTest::cannotSignWithoutAKey()
{
    Credential credential = sessionId();
    credential.kind = Kind::SignedCookie;
    QVERIFY(!signedAgain(credential, LabConfig::base()));
}

void CredentialVerdictTest::acceptsAToken()
{
    const LabConfig config = configWith({{"server.jwt.secret", JsValue(u"open-jwt-secret"_s)}});
    const CredentialVerdict verdict = judge(jwt(), config, now);
    QVERIFY2(verdict.accepted, qPrintable(verdict.message));
    QVERIFY(std::none_of(
        verdict.checks.begin(), verdict.checks.end(), [](const CredentialCheck &check) {
            return check.outcome == Outcome::Failed || check.outcome == Outcome::NotReached;
        }));
}

void CredentialVerdictTest::refusesATokenWithThePackagesWords_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("signedByLab");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QByteArray>("check");
    const QByteArray hs = R"({"alg":"HS256","typ":"JWT"})";
    QTest::addRow("changed") << QByteArray(R"({"sub":"2"})") << hs << false
                             << u"invalid signature"_s << QByteArray("jwt.InvalidSignature");
    QTest::addRow("over") << QByteArray(R"({"exp":1700000000})") << hs << true << u"jwt expired"_s
                          << QByteArray("jwt.Expired");
    QTest::addRow("not yet") << QByteArray(R"({"nbf":1700000001})") << hs << true
                             << u"jwt not active"_s << QByteArray("jwt.NotActive");
    QTest::addRow("algorithm not named")
        << QByteArray(R"({"a":1})") << QByteArray(R"({"alg":"HS512"})") << true
        << u"invalid algorithm"_s << QByteArray("jwt.AlgorithmNotAllowed");
}

void CredentialVerdictTest::refusesATokenWithThePackagesWords()
{
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, header);
    QFETCH(bool, signedByLab);
    QFETCH(QString, message);
    QFETCH(QByteArray, check);
    const LabConfig config
        = configWith({{"server.jwt.secret", JsValue(u"open-jwt-secret"_s)},
                      {"server.jwt.algorithms", JsValue::stringArray({u"HS256"_s})}});
    auto edited = withContent(jwt(), Role::Payload, QString::fromUtf8(payload));
    edited = withContent(*edited, Role::Header, QString::fromUtf8(header));
    if (signedByLab)
        edited = signedAgain(*edited, config);
    QVERIFY2(edited, edited ? "" : qPrintable(edited.error().message));
    const CredentialVerdict verdict = judge(*edited, config, now);
    QVERIFY(!verdict.accepted);
    QCOMPARE(verdict.message, message);
    QCOMPARE(failedCheck(verdict), check);
}

void CredentialVerdictTest::stopsAtTheFirstFailedCheck()
{
    const LabConfig config = configWith({{"server.jwt.secret", JsValue(u"open-jwt-secret"_s)}});
    const CredentialVerdict verdict
        = judge(withFlippedCharacter(jwt(), Role::Payload, 5), config, now);
    bool failed = false;
    for (const CredentialCheck &check : verdict.checks) {
        if (failed)
            QVERIFY(check.outcome == Outcome::NotReached || check.outcome == Outcome::Note);
        failed = failed || check.outcome == Outcome::Failed;
    }
    QVERIFY(failed);
}

void CredentialVerdictTest::theNaiveVerifierBelievesTheToken()
{
    const LabConfig config = configWith({{"server.jwt.secret", JsValue(u"open-jwt-secret"_s)},
                                         {"server.jwt.verifier", JsValue(u"naive"_s)}});
    auto forged = withContent(jwt(), Role::Header, u"{\"alg\":\"none\"}"_s);
    forged->text = forged->text.left(forged->text.lastIndexOf('.') + 1);
    QVERIFY(judge(*forged, config, now).accepted);
    QVERIFY(!judge(*forged, configWith({{"server.jwt.secret", JsValue(u"s"_s)}}), now).accepted);
}

void CredentialVerdictTest::forgesWithAnotherSecret()
{
    const LabConfig config = configWith({{"server.jwt.secret", JsValue(u"secret"_s)}});
    const auto forged = signedAgain(jwt(), LabConfig::base(), u"secret"_s);
    QVERIFY(forged);
    QVERIFY(judge(*forged, config, now).accepted);
}

void CredentialVerdictTest::saysWhatTheServerSays_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addRow("cookie session")
        << QByteArray(R"({"auth":{"mode":"cookie-session","cookieSession":{"keys":["k1"]}}})");
    QTest::addRow("unsigned cookie session") << QByteArray(
        R"({"auth":{"mode":"cookie-session","cookieSession":{"keys":["k"],"signed":false}}})");
    QTest::addRow("token") << QByteArray(R"({"auth":{"mode":"jwt-header",
        "jwt":{"secret":"s","sign":{"expiresIn":"15m"}}}})");
    QTest::addRow("token with named algorithms") << QByteArray(R"({"auth":{"mode":"jwt-header",
        "jwt":{"secret":"s","verify":{"algorithms":["HS384"]}}}})");
    QTest::addRow("token in a cookie")
        << QByteArray(R"({"auth":{"mode":"jwt-cookie","jwt":{"secret":"s"}}})");
}

/// Everything a learner may do to the credential of a login, judged here and by the lab's stack.
static std::vector<Credential> variantsOf(const Credential &credential, const LabConfig &config)
{
    std::vector<Credential> variants {credential};
    for (const Role role : {Role::Header, Role::Payload, Role::Signature}) {
        for (const qsizetype at : {0, 5, 11})
            variants.push_back(withFlippedCharacter(credential, role, at));
    }
    const auto edited = withContent(credential, Role::Payload, u"{\"user\":{\"id\":2}}"_s);
    variants.push_back(*edited);
    for (const auto &made : {signedAgain(*edited, config), signedAgain(*edited, config, u"no"_s)}) {
        if (made)
            variants.push_back(*made);
    }
    Credential bare = credential;
    bare.signature.reset();
    variants.push_back(bare);
    if (credential.kind == Kind::Jwt) {
        variants.push_back(*withContent(credential, Role::Header, u"{\"alg\":\"none\"}"_s));
        Credential unsigned_ = variants.back();
        unsigned_.text = unsigned_.text.left(unsigned_.text.lastIndexOf('.') + 1);
        variants.push_back(unsigned_);
        variants.push_back(
            *signedAgain(*withContent(credential, Role::Header, u"{\"alg\":\"HS384\"}"_s), config));
        variants.push_back(
            *signedAgain(*withContent(credential, Role::Payload, u"{\"exp\":1}"_s), config));
    }
    return variants;
}

void CredentialVerdictTest::saysWhatTheServerSays()
{
    QFETCH(QByteArray, config);
    const LabConfig lab = *LabConfig::fromJson(config);
    const QByteArray body = R"({"email":"test@example.com","password":"123456"})";
    const ExchangeRecord login
        = recorded(config,
                   "POST /login HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                   "Content-Length: "
                       + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    const std::vector<Credential> found = credentialsIn(&login, {}, lab);
    QCOMPARE(found.size(), size_t(1));
    for (const Credential &variant : variantsOf(found.front(), lab)) {
        QByteArray line = "Authorization: Bearer " + variant.text;
        if (variant.isCookie())
            line = "Cookie: " + variant.name + '=' + variant.text;
        if (variant.signature)
            line += "; " + variant.name + ".sig=" + *variant.signature;
        const int status = recorded(config, get("/me", line + "\r\n")).response().status;
        const CredentialVerdict verdict = judge(variant, lab, QDateTime::currentMSecsSinceEpoch());
        // A session that is accepted but names no user is a stranger all the same.
        const auto content
            = parseJson(QByteArrayView(QByteArray::fromBase64(variant.text.split('.').first())));
        const auto *members = std::get_if<JsValue>(&content);
        const bool names = variant.kind == Kind::Jwt || (members && (*members)[u"user"].isTruthy());
        QVERIFY2((verdict.accepted && names) == (status == 200), line.constData());
    }
}

QTEST_GUILESS_MAIN(CredentialVerdictTest)
#include "tst_credentialverdict.moc"
