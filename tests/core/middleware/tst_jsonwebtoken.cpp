// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/jsonwebtoken.h"

#include "base/buffercodec.h"
#include "lab/labconfigreader.h"
#include "middleware/jwt/naiveverifier.h"
#include "testfolder.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace rt;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1700000000000;

JsValue json(const char *text)
{
    return std::get<JsValue>(parseJson(QByteArrayView(text)));
}

QString keyText(const QString &name)
{
    QFile file(testFolder() + u"/parity/express/keys/%1.pem"_s.arg(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll()) : QString();
}

/// Puts the text of a key in the place of {{key:NAME}}.
JsValue withKeys(const JsValue &value)
{
    static const QRegularExpression place(u"\\{\\{key:([\\w.]+)\\}\\}"_s);
    if (value.isObject() && value[u"key"].isString()) {
        JsValue filled = value;
        filled.insert(u"key"_s, withKeys(value[u"key"]));
        return filled;
    }
    if (!value.isString())
        return value;
    QString text = value.toString();
    for (auto match = place.match(text); match.hasMatch(); match = place.match(text))
        text.replace(match.capturedStart(), match.capturedLength(), keyText(match.captured(1)));
    return JsValue(text);
}

JsValue object(const QString &name, const JsValue &value)
{
    JsValue made = JsValue::object();
    made.insert(name, value);
    return made;
}

/// What the record keeps of a signature that differs each time.
JsValue signedPart(const QString &token)
{
    const qsizetype dot = token.lastIndexOf(u'.');
    JsValue part = object(u"signed"_s, JsValue(token.first(dot)));
    part.insert(u"signatureLength"_s, JsValue(static_cast<qint64>(token.size() - dot - 1)));
    return part;
}

JsValue asResult(const JwtError &error)
{
    JsValue thrown = object(u"name"_s, JsValue::latin1(error.name));
    thrown.insert(u"message"_s, JsValue(error.message));
    if (error.expiredAt)
        thrown.insert(u"expiredAt"_s, JsValue(*error.expiredAt));
    if (error.date)
        thrown.insert(u"date"_s, JsValue(*error.date));
    return object(u"error"_s, thrown);
}

JsValue asResult(const tl::expected<JsValue, JwtError> &payload)
{
    return payload ? object(u"payload"_s, *payload) : asResult(payload.error());
}

JsValue run(const JsValue &row, const JsValue &expected)
{
    const JsValue secret = withKeys(row[u"secret"]);
    const JsValue options = reviveValue(row[u"options"]);
    if (row[u"call"] == JsValue(u"verify"_s))
        return asResult(jwtVerify(row[u"token"], secret, options, now));
    if (row[u"call"] == JsValue(u"decode"_s))
        return asResult(jwtDecode(row[u"token"], row[u"options"]));
    const auto token = jwtSign(row[u"payload"], secret, options, now);
    if (!token)
        return asResult(token.error());
    return expected.contains(u"signed") ? signedPart(*token) : object(u"token"_s, JsValue(*token));
}

/// An ECDSA signature in DER, as RS and PS algorithms write it with an EC key, is some bytes
/// shorter whenever r or s begins with zeros.
bool hasSameLength(const JsValue &row, JsValue &answer)
{
    const JsValue wanted = row[u"result"][u"signatureLength"];
    const JsValue got = answer[u"signatureLength"];
    const QString algorithm = row[u"options"][u"algorithm"].asText();
    const bool der
        = row[u"secret"].asText().startsWith(u"{{key:ec") && !algorithm.startsWith(u"ES");
    if (!der || !wanted.isNumber() || !got.isNumber())
        return wanted == got;
    if (std::abs(wanted.toNumber() - got.toNumber()) > 6)
        return false;
    answer.insert(u"signatureLength"_s, wanted);
    return true;
}

} // namespace

/// Held to a table recorded from npm jsonwebtoken (tests/parity/express/record/jwt.mjs).
class JsonWebTokenTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void answersAsThePackage();
    void verifiesWhatItSigns_data();
    void verifiesWhatItSigns();
    void takesPrivateKeysWithAPassphrase();
    void namesItsReason_data();
    void namesItsReason();
    void naiveVerifierBelievesTheHeader_data();
    void naiveVerifierBelievesTheHeader();
    void readsTextAsNodeBuffers_data();
    void readsTextAsNodeBuffers();
};

void JsonWebTokenTest::answersAsThePackage()
{
    QFile file(testFolder() + u"/core/middleware/data/jwt.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const JsValue table = std::get<JsValue>(parseJson(file.readAll()));
    QCOMPARE(table[u"now"].toNumber(), static_cast<double>(now));
    QVERIFY(table[u"rows"].size() > 3000);
    QStringList wrong;
    for (const JsValue &row : table[u"rows"].items()) {
        const QString expected = stringifyJson(row[u"result"]);
        JsValue answer = run(row, row[u"result"]);
        const bool sameLength = hasSameLength(row, answer);
        const QString actual = stringifyJson(answer);
        if (!sameLength || actual != expected)
            wrong.append(stringifyJson(row) + u"\n  answered "_s + actual);
    }
    QVERIFY2(wrong.isEmpty(),
             qPrintable(u"%1 rows differ, the first:\n"_s.arg(wrong.size()) + wrong.value(0)));
}

void JsonWebTokenTest::verifiesWhatItSigns_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("signatureBytes");
    const std::initializer_list<std::tuple<const char *, const char *, int>> rows {
        {"RS256", "rsa2048", 256}, {"RS384", "rsa2048", 256}, {"RS512", "rsa2048", 256},
        {"PS256", "rsa2048", 256}, {"PS384", "rsa2048", 256}, {"PS512", "rsa2048", 256},
        {"ES256", "ec256", 64},    {"ES384", "ec384", 96},    {"ES512", "ec521", 132}};
    for (const auto &[algorithm, key, size] : rows)
        QTest::addRow("%s", algorithm)
            << QString::fromLatin1(algorithm) << QString::fromLatin1(key) << size;
}

void JsonWebTokenTest::verifiesWhatItSigns()
{
    QFETCH(QString, algorithm);
    QFETCH(QString, key);
    QFETCH(int, signatureBytes);
    const JsValue options = object(u"algorithm"_s, JsValue(algorithm));
    const JsValue accepted = object(u"algorithms"_s, JsValue::array({JsValue(algorithm)}));
    // r and s of an EC signature differ in length from time to time
    for (int i = 0; i < 20; ++i) {
        const auto token = jwtSign(object(u"i"_s, JsValue(i)), JsValue(keyText(key)), options, now);
        QVERIFY(token.has_value());
        const QString signature = token->mid(token->lastIndexOf(u'.') + 1);
        QCOMPARE(base64Bytes(signature).size(), qsizetype(signatureBytes));
        const auto payload
            = jwtVerify(JsValue(*token), JsValue(keyText(key + u".pub"_s)), accepted, now);
        QVERIFY2(payload.has_value(), qPrintable(payload ? QString() : payload.error().message));
        QCOMPARE((*payload)[u"i"].toNumber(), double(i));
    }
}

void JsonWebTokenTest::takesPrivateKeysWithAPassphrase()
{
    QFile file(testFolder() + u"/core/middleware/data/encryptedkey.pem"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    JsValue key = object(u"key"_s, JsValue(QString::fromLatin1(file.readAll())));
    const JsValue options = object(u"algorithm"_s, JsValue(u"ES256"_s));
    const auto locked = jwtSign(JsValue::object(), key, options, now);
    QVERIFY(!locked);
    QCOMPARE(locked.error().reason, JwtReason::KeyUnusable);
    key.insert(u"passphrase"_s, JsValue(u"open sesame"_s));
    const auto token = jwtSign(JsValue::object(), key, options, now);
    QVERIFY(token.has_value());
    QVERIFY(jwtVerify(JsValue(*token), key, {}, now).has_value());
}

void JsonWebTokenTest::namesItsReason_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QString>("token");
    QTest::addColumn<JsValue>("secret");
    QTest::addColumn<JsValue>("options");
    const JsValue k(u"k"_s);
    const auto token = [&](const char *payload, const char *options = "{}") {
        return jwtSign(json(payload), JsValue(u"k"_s), json(options), now).value();
    };
    const QString plain = token(R"({"a":1})");
    QTest::addRow("no token") << "jwt.Missing"_ba << QString() << k << JsValue();
    QTest::addRow("two parts") << "jwt.Malformed"_ba << u"a.b"_s << k << JsValue();
    QTest::addRow("no base64url") << "jwt.Unreadable"_ba << u"a.b.!"_s << k << JsValue();
    QTest::addRow("no JSON") << "jwt.PayloadNotJson"_ba << u"eyJ0eXAiOiJKV1QifQ.eA.x"_s << k
                             << JsValue();
    QTest::addRow("unsigned") << "jwt.SignatureRequired"_ba
                              << token(R"({})", R"({"algorithm":"none"})") << k << JsValue();
    QTest::addRow("no key") << "jwt.KeyRequired"_ba << plain << JsValue() << JsValue();
    QTest::addRow("unsigned without a list")
        << "jwt.UnsignedNotAllowed"_ba << token(R"({})", R"({"algorithm":"none"})") << JsValue()
        << JsValue();
    QTest::addRow("key is a number") << "jwt.KeyUnusable"_ba << plain << JsValue(5) << JsValue();
    QTest::addRow("public key for HS256")
        << "jwt.AlgorithmNotAllowed"_ba << plain << JsValue(keyText(u"rsa2048.pub"_s)) << JsValue();
    QTest::addRow("public key for HS256, accepted")
        << "jwt.KeyKindMismatch"_ba << plain << JsValue(keyText(u"rsa2048.pub"_s))
        << json(R"({"algorithms":["HS256"]})");
    QTest::addRow("other secret") << "jwt.InvalidSignature"_ba << plain << JsValue(u"x"_s)
                                  << JsValue();
    QTest::addRow("expired") << "jwt.Expired"_ba << token(R"({"exp":1700000000})") << k
                             << JsValue();
    QTest::addRow("too early") << "jwt.NotActive"_ba << token(R"({"nbf":1700000001})") << k
                               << JsValue();
    QTest::addRow("too old") << "jwt.MaxAgeExceeded"_ba << plain << k
                             << json(R"({"maxAge":0.001})");
    QTest::addRow("audience") << "jwt.AudienceMismatch"_ba << plain << k
                              << json(R"({"audience":"x"})");
    QTest::addRow("issuer") << "jwt.IssuerMismatch"_ba << plain << k << json(R"({"issuer":"x"})");
    QTest::addRow("option") << "jwt.BadOption"_ba << plain << k << json(R"({"nonce":""})");
}

void JsonWebTokenTest::namesItsReason()
{
    QFETCH(QByteArray, id);
    QFETCH(QString, token);
    QFETCH(JsValue, secret);
    QFETCH(JsValue, options);
    if (id == "jwt.MaxAgeExceeded") // a moment later
        QVERIFY(jwtVerify(JsValue(token), secret, options, now).has_value());
    const qint64 later = id == "jwt.MaxAgeExceeded" ? now + 1000 : now;
    const auto payload = jwtVerify(JsValue(token), secret, options, later);
    QVERIFY(!payload);
    QCOMPARE(reasonId(payload.error().reason), id);
    QVERIFY(reasonSentence(payload.error().reason).endsWith(u'.'));
}

void JsonWebTokenTest::naiveVerifierBelievesTheHeader_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("message");
    const QString publicKey = keyText(u"rsa2048.pub"_s);
    const auto token = [](const char *payload, const QString &secret, const char *options) {
        return jwtSign(json(payload), JsValue(secret), json(options), now).value();
    };
    QTest::addRow("unsigned") << token("{}", {}, R"({"algorithm":"none"})") << u"k"_s << QString();
    QTest::addRow("public key as a secret")
        << token("{}", publicKey, R"({"algorithm":"HS256"})") << publicKey << QString();
    QTest::addRow("rightly signed")
        << token("{}", keyText(u"rsa2048"_s), R"({"algorithm":"PS384"})") << publicKey << QString();
    QTest::addRow("other secret") << token("{}", u"x"_s, "{}") << u"k"_s << u"invalid signature"_s;
    QTest::addRow("expired") << token(R"({"exp":1})", u"k"_s, "{}") << u"k"_s << u"jwt expired"_s;
    QTest::addRow("no token") << u"x"_s << u"k"_s << u"jwt malformed"_s;
}

void JsonWebTokenTest::naiveVerifierBelievesTheHeader()
{
    QFETCH(QString, token);
    QFETCH(QString, key);
    QFETCH(QString, message);
    const auto payload
        = jwtVerifyNaively(JsValue(token), JsValue(key), json(R"({"algorithms":["RS256"]})"), now);
    QCOMPARE(payload ? QString() : payload.error().message, message);
}

void JsonWebTokenTest::readsTextAsNodeBuffers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QByteArray>("hex");
    QTest::addRow("padding ends base64") << u"YQ==YQ=="_s << u"base64"_s << "61"_ba;
    QTest::addRow("both alphabets") << u"YW-_+/"_s << u"base64"_s << "616fbffb"_ba;
    QTest::addRow("others are skipped") << u"Y W\nI"_s << u"base64url"_s << "6162"_ba;
    QTest::addRow("half a byte is dropped") << u"YWI=x"_s << u"BASE64"_s << "6162"_ba;
    QTest::addRow("hex ends at the first other") << u"abcz12"_s << u"hex"_s << "ab"_ba;
    QTest::addRow("lone surrogate") << QString(QChar(0xd800)) + u'x' << u"utf8"_s << "efbfbd78"_ba;
    QTest::addRow("low bytes") << u"\u0100\u0102x"_s << u"ascii"_s << "000278"_ba;
    QTest::addRow("UTF-16") << u"a\u20ac"_s << u"ucs2"_s << "6100ac20"_ba;
}

void JsonWebTokenTest::readsTextAsNodeBuffers()
{
    QFETCH(QString, text);
    QFETCH(QString, encoding);
    QFETCH(QByteArray, hex);
    const auto bytes = bufferBytes(text, encoding);
    QVERIFY(bytes.has_value());
    QCOMPARE(bytes->toHex(), hex);
    QVERIFY(!bufferBytes(text, u"utf-32"_s).has_value());
}

QTEST_APPLESS_MAIN(JsonWebTokenTest)
#include "tst_jsonwebtoken.moc"
