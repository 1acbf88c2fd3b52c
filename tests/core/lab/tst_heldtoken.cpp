// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/exchangerecord.h"
#include "lab/heldtoken.h"
#include "lab/labconfig.h"
#include "middleware/jwt/jsonwebtoken.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

namespace {

// jsonwebtoken 9.0.3: sign({sub: '1', role: 'user', iat: 1700000000}, 'open-jwt-secret')
const QByteArray issued = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                          "eyJzdWIiOiIxIiwicm9sZSI6InVzZXIiLCJpYXQiOjE3MDAwMDAwMDB9."
                          "n2t_lzOpuGNCMEF7-P4iN1JQuf0nfW5YWZ6UZZa00qM";

JsValue parsed(const char *json)
{
    return std::get<JsValue>(parseJson(QByteArrayView(json)));
}

JsValue claims(const HeldToken &token)
{
    return jwtDecode(JsValue(QString::fromLatin1(token.text())), {}).value();
}

} // namespace

class HeldTokenTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void keepsTheTokenOfAReadableAnswer();
    void leavesTheSignatureWhenAPartIsEdited();
    void emptiesTheSignatureOnRequest();
    void signsSoThatTheServerBelievesIt();
    void findsABadSecretOnly();
    void saysThatThereIsNoToken();
};

void HeldTokenTest::keepsTheTokenOfAReadableAnswer()
{
    HeldToken token;
    CallRecord call;
    call.body = "{\"ok\":true,\"token\":\"a.b.c\"}";
    token.notice(call);
    QCOMPARE(token.text(), QByteArray());
    call.readable = true;
    token.notice(call);
    QCOMPARE(token.text(), QByteArray("a.b.c"));
    call.body = "{\"ok\":true}";
    token.notice(call);
    QCOMPARE(token.text(), QByteArray("a.b.c"));
}

void HeldTokenTest::leavesTheSignatureWhenAPartIsEdited()
{
    HeldToken token;
    token.setText(issued);
    QVERIFY(token.apply(parsed(R"({"edit": {"payload": {"role": "admin", "iat": null}}})"),
                        LabConfig::base()));
    QCOMPARE(claims(token), parsed(R"({"sub": "1", "role": "admin"})"));
    QCOMPARE(token.text().split('.').last(), issued.split('.').last());
}

void HeldTokenTest::emptiesTheSignatureOnRequest()
{
    HeldToken token;
    token.setText(issued);
    QVERIFY(token.apply(parsed(R"({"edit": {"header": {"alg": "none"}, "signature": ""}})"),
                        LabConfig::base()));
    QVERIFY(token.text().endsWith('.'));
    QCOMPARE(token.text().count('.'), 2);
}

void HeldTokenTest::signsSoThatTheServerBelievesIt()
{
    HeldToken token;
    token.setText(issued);
    QVERIFY(token.apply(parsed(R"({"sign": {"payload": {"role": "admin"}, "secret": "s1"}})"),
                        LabConfig::base()));
    const auto verified = jwtVerify(JsValue(QString::fromLatin1(token.text())), JsValue(u"s1"_s),
                                    {}, 1'700'000'000'000);
    QVERIFY(verified.has_value());
    QCOMPARE((*verified)[u"role"], JsValue(u"admin"_s));
}

void HeldTokenTest::findsABadSecretOnly()
{
    HeldToken token;
    token.setText(issued);
    QCOMPARE(token.crack(), QString());
    QVERIFY(token.apply(parsed(R"({"sign": {"secret": "secret"}})"), LabConfig::base()));
    QCOMPARE(token.crack(), u"secret"_s);
}

void HeldTokenTest::saysThatThereIsNoToken()
{
    HeldToken token;
    const auto edited = token.apply(parsed(R"({"edit": {}})"), LabConfig::base());
    QVERIFY(!edited.has_value());
    QVERIFY(edited.error().message.contains(u"log in first"));
}

QTEST_GUILESS_MAIN(HeldTokenTest)
#include "tst_heldtoken.moc"
