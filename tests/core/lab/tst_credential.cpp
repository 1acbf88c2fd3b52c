// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/credential.h"

#include "lab/labconfig.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;
using Kind = Credential::Kind;
using Place = Credential::Place;
using Role = CredentialPart::Role;

Q_DECLARE_METATYPE(rt::Credential)

namespace {

// Recorded from the packages: cookie-session with keys ["k1"], express-session with secret "s1",
// jsonwebtoken with secret "open-jwt-secret".
const QByteArray sessionValue = "eyJhIjoxfQ==";
const QByteArray sessionSignature = "KR4uga1_pLIAxldU47Uk9zT8GyA";
const QByteArray sessionId
    = "s%3Alab-session-000001.KSOlYxEuzSwHX%2FXg9NlP3Fzi%2FrqC4sDNLrm6UybysQg";
const QByteArray token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                         "eyJzdWIiOiIxIiwicm9sZSI6InVzZXIiLCJpYXQiOjE3MDAwMDAwMDB9."
                         "n2t_lzOpuGNCMEF7-P4iN1JQuf0nfW5YWZ6UZZa00qM";

Credential cookieSession()
{
    Credential credential;
    credential.kind = Kind::CookieSession;
    credential.name = "session";
    credential.text = sessionValue;
    credential.signature = sessionSignature;
    return credential;
}

Credential jwt()
{
    Credential credential;
    credential.text = token;
    return credential;
}

QByteArray compact(const QString &json)
{
    const auto parsed = parseJson(QStringView(json));
    return std::holds_alternative<JsValue>(parsed) ? toJson(std::get<JsValue>(parsed)) : "(none)";
}

ExchangeRecord exchangeWith(const HeaderList &request, const HeaderList &response,
                            const QByteArray &body = {})
{
    ExchangeRecord record;
    record.client.end.request.headers = request;
    record.client.end.response.headers = response;
    record.client.end.responseBody = body;
    return record;
}

} // namespace

class CredentialTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void findsTheCredentialsOfAnExchange();
    void findsThoseOfTheJarFirstAndNoneTwice();
    void leavesOtherCookiesAlone();
    void readsPastedText_data();
    void readsPastedText();
    void saysWhatItExpectedWhenPasted();
    void takesATokenApart();
    void takesACookieSessionApart();
    void takesASessionIdApart();
    void saysWhyAPartCannotBeRead();
    void namesTheTimes();
    void measuresACookie();
    void editsThePayloadAndKeepsTheSignature();
    void refusesAnEditThatIsNoJson();
    void flipsOneLetter_data();
    void flipsOneLetter();
    void flipsALetterThatLeavesTheContentReadable();
};

void CredentialTest::findsTheCredentialsOfAnExchange()
{
    const auto found = credentialsIn(nullptr, {}, LabConfig::base());
    QVERIFY(found.empty());
    const ExchangeRecord record
        = exchangeWith({{"Cookie", "session=" + sessionValue + "; session.sig=" + sessionSignature},
                        {"Authorization", "Bearer " + token}},
                       {{"Set-Cookie", "connect.sid=" + sessionId + "; Path=/; HttpOnly"}},
                       "{\"ok\":true,\"token\":\"" + token + "x\"}");
    const auto all = credentialsIn(&record, {}, LabConfig::base());
    QCOMPARE(all.size(), size_t(4));
    QCOMPARE(all[0].kind, Kind::CookieSession);
    QCOMPARE(all[0].place, Place::RequestCookie);
    QCOMPARE(all[0].signature, std::optional(sessionSignature));
    QCOMPARE(all[1].kind, Kind::Jwt);
    QCOMPARE(all[1].place, Place::Authorization);
    QCOMPARE(all[2].kind, Kind::SessionId);
    QCOMPARE(all[2].place, Place::ResponseCookie);
    QCOMPARE(all[3].place, Place::ResponseBody);
}

void CredentialTest::findsThoseOfTheJarFirstAndNoneTwice()
{
    const std::vector<BrowserState::CookieEntry> jar {
        {"session", sessionValue, "api.shop.test", "/", "Lax", true, false, true, 5000},
        {"session.sig", sessionSignature, "api.shop.test", "/", "Lax", true, false, true, 5000}};
    const ExchangeRecord record = exchangeWith(
        {{"Cookie", "session=" + sessionValue + "; session.sig=" + sessionSignature}}, {});
    const auto all = credentialsIn(&record, jar, LabConfig::base());
    QCOMPARE(all.size(), size_t(1));
    QCOMPARE(all[0].place, Place::Jar);
    QCOMPARE(all[0].domain, QByteArray("api.shop.test"));
    QCOMPARE(all[0].expiresAt, std::optional<qint64>(5000));
}

void CredentialTest::leavesOtherCookiesAlone()
{
    const ExchangeRecord record
        = exchangeWith({{"Cookie", "theme=dark; n=1.2.3; j=j%3A%7B%7D; session=plain"}}, {});
    QVERIFY(credentialsIn(&record, {}, LabConfig::base()).empty());
}

void CredentialTest::readsPastedText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Kind>("kind");
    QTest::addRow("a token") << token << Kind::Jwt;
    QTest::addRow("with its scheme") << "bearer " + token + "\n" << Kind::Jwt;
    QTest::addRow("a header line") << "Authorization: Bearer " + token << Kind::Jwt;
    QTest::addRow("a token in a cookie") << "auth=" + token << Kind::Jwt;
    QTest::addRow("a session with its signature") << "Cookie: session=" + sessionValue
            + "; session.sig=" + sessionSignature << Kind::CookieSession;
    QTest::addRow("a Set-Cookie line")
        << "Set-Cookie: connect.sid=" + sessionId + "; Path=/" << Kind::SessionId;
    QTest::addRow("a signed cookie") << "basket=" + sessionId << Kind::SignedCookie;
}

void CredentialTest::readsPastedText()
{
    QFETCH(QByteArray, text);
    QFETCH(Kind, kind);
    const auto credential = credentialFromText(text, LabConfig::base());
    QVERIFY2(credential, credential ? "" : qPrintable(credential.error().message));
    QCOMPARE(credential->kind, kind);
    QCOMPARE(credential->place, Place::Pasted);
}

void CredentialTest::saysWhatItExpectedWhenPasted()
{
    const auto credential = credentialFromText("hello", LabConfig::base());
    QVERIFY(!credential);
    QVERIFY(credential.error().message.contains(u"three parts"));
}

void CredentialTest::takesATokenApart()
{
    const auto parts = takeApart(jwt());
    QCOMPARE(parts.size(), size_t(3));
    QCOMPARE(parts[0].role, Role::Header);
    QCOMPARE(compact(parts[0].content), QByteArray(R"({"alg":"HS256","typ":"JWT"})"));
    QCOMPARE(compact(parts[1].content),
             QByteArray(R"({"sub":"1","role":"user","iat":1700000000})"));
    QCOMPARE(parts[2].role, Role::Signature);
    QCOMPARE(parts[2].raw, QByteArray("n2t_lzOpuGNCMEF7-P4iN1JQuf0nfW5YWZ6UZZa00qM"));
}

void CredentialTest::takesACookieSessionApart()
{
    const auto parts = takeApart(cookieSession());
    QCOMPARE(parts.size(), size_t(2));
    QCOMPARE(compact(parts[0].content), QByteArray(R"({"a":1})"));
    QCOMPARE(parts[1].raw, sessionSignature);
}

void CredentialTest::takesASessionIdApart()
{
    Credential credential;
    credential.kind = Kind::SessionId;
    credential.text = sessionId;
    const auto parts = takeApart(credential);
    QCOMPARE(parts[0].role, Role::Id);
    QCOMPARE(parts[0].content, u"lab-session-000001"_s);
    QCOMPARE(parts[1].raw, QByteArray("KSOlYxEuzSwHX/Xg9NlP3Fzi/rqC4sDNLrm6UybysQg"));
}

void CredentialTest::saysWhyAPartCannotBeRead()
{
    Credential credential = jwt();
    credential.text = "e30.bm8ganNvbg.";
    const auto parts = takeApart(credential);
    QVERIFY(parts[0].problem.isEmpty());
    QVERIFY(parts[1].problem.contains(u"no json"));
    QVERIFY(!parts[2].problem.isEmpty());
    credential = cookieSession();
    credential.signature.reset();
    QVERIFY(takeApart(credential)[1].problem.contains(u"session.sig"));
}

void CredentialTest::namesTheTimes()
{
    const auto edited
        = withContent(jwt(), Role::Payload, u"{\"iat\":10,\"exp\":20.5,\"nbf\":\"x\"}"_s);
    QVERIFY(edited);
    const auto times = timesOf(*edited);
    QCOMPARE(times.size(), size_t(2));
    QCOMPARE(times[0].claim, QByteArray("iat"));
    QCOMPARE(times[0].at, qint64(10'000));
    QCOMPARE(times[1].at, qint64(20'500));
    Credential kept = cookieSession();
    kept.expiresAt = 7000;
    QCOMPARE(timesOf(kept).front().claim, QByteArray("expires"));
}

void CredentialTest::measuresACookie()
{
    QCOMPARE(cookieBytes(cookieSession()), qint64(7 + sessionValue.size()));
}

void CredentialTest::editsThePayloadAndKeepsTheSignature()
{
    const auto session = withContent(cookieSession(), Role::Payload, u"{ \"a\": 2 }"_s);
    QVERIFY(session);
    QCOMPARE(QByteArray::fromBase64(session->text), QByteArray(R"({"a":2})"));
    QCOMPARE(session->signature, std::optional(sessionSignature));
    const auto forged = withContent(jwt(), Role::Header, u"{\"alg\":\"none\"}"_s);
    QVERIFY(forged);
    QCOMPARE(forged->text.split('.')[0], QByteArray("eyJhbGciOiJub25lIn0"));
    QCOMPARE(forged->text.split('.').mid(1), token.split('.').mid(1));
    Credential id;
    id.kind = Kind::SessionId;
    id.text = sessionId;
    const auto other = withContent(id, Role::Id, u"lab-session-000002"_s);
    QVERIFY(other);
    QCOMPARE(other->text, QByteArray(sessionId).replace("000001", "000002"));
}

void CredentialTest::refusesAnEditThatIsNoJson()
{
    const auto edited = withContent(jwt(), Role::Payload, u"{"_s);
    QVERIFY(!edited);
    QVERIFY(edited.error().message.startsWith(u"Line 1"));
}

void CredentialTest::flipsOneLetter_data()
{
    QTest::addColumn<Credential>("credential");
    QTest::addColumn<Role>("role");
    Credential id;
    id.kind = Kind::SessionId;
    id.text = sessionId;
    QTest::addRow("token header") << jwt() << Role::Header;
    QTest::addRow("token payload") << jwt() << Role::Payload;
    QTest::addRow("token signature") << jwt() << Role::Signature;
    QTest::addRow("session content") << cookieSession() << Role::Payload;
    QTest::addRow("session signature") << cookieSession() << Role::Signature;
    QTest::addRow("session id") << id << Role::Id;
}

void CredentialTest::flipsOneLetter()
{
    QFETCH(Credential, credential);
    QFETCH(Role, role);
    const auto before = takeApart(credential);
    const auto after = takeApart(withFlippedCharacter(credential, role, 3));
    QCOMPARE(after.size(), before.size());
    for (size_t i = 0; i < before.size(); ++i) {
        QCOMPARE(after[i].raw.size(), before[i].raw.size());
        int differences = 0;
        for (qsizetype at = 0; at < before[i].raw.size(); ++at)
            differences += before[i].raw.at(at) != after[i].raw.at(at);
        QCOMPARE(differences, before[i].role == role ? 1 : 0);
    }
}

void CredentialTest::flipsALetterThatLeavesTheContentReadable()
{
    for (const Credential &credential : {jwt(), cookieSession()}) {
        const Credential flipped = withFlippedLetter(credential);
        for (const CredentialPart &part : takeApart(flipped))
            QVERIFY2(part.problem.isEmpty(), qPrintable(part.problem));
        QVERIFY(flipped.text != credential.text);
        QCOMPARE(flipped.text.size(), credential.text.size());
        QCOMPARE(flipped.signature, credential.signature);
    }
}

QTEST_GUILESS_MAIN(CredentialTest)
#include "tst_credential.moc"
