// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/tlsidentity.h"

#include "base/tlshandshake.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;

namespace {

const QByteArrayList names {"localhost", "127.0.0.1", "::1", "api.shop.test", "evil.test"};
constexpr qint64 day = 86'400'000;

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// OpenSSL's own judgement, of a program that shares nothing with ours but the library.
QByteArray openssl(const QString &line, int *code = nullptr)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("openssl"), line.split(u' ', Qt::SkipEmptyParts));
    process.waitForFinished();
    if (code)
        *code = process.exitCode();
    return process.readAll();
}

QString written(const QTemporaryDir &folder, const char *name, const QByteArray &pem)
{
    const QString path = folder.filePath(QLatin1StringView(name));
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(pem) == pem.size() ? path : QString();
}

} // namespace

class TlsIdentityTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void opensslBelievesTheChain_data();
    void opensslBelievesTheChain();
    void vouchesForNothingOutside();
    void opensslReadsTheUsages();
    void livesShort();
    void judgesWhatIsStored_data();
    void judgesWhatIsStored();
    void keepsKeysToTheOwner();
    void makesThemOnce();
    void renewsTheCertificateUnderTheSameAuthority();
    void renewsARottenAuthority();
    void certifiesNewNames();
    void forgetsEverything();
    void keepsNothingWithoutAFolder();
    void saysWhichFileIsInTheWay();
};

void TlsIdentityTest::opensslBelievesTheChain_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QByteArray>("verdict");
    const auto row = [](const char *title, const char *check, const char *verdict) {
        QTest::addRow("%s", title) << QString::fromLatin1(check) << QByteArray(verdict);
    };
    row("chain", "", "OK");
    row("virtual name", "-verify_hostname api.shop.test", "OK");
    row("loopback name", "-verify_hostname localhost", "OK");
    row("IPv4", "-verify_ip 127.0.0.1", "OK");
    row("IPv6", "-verify_ip ::1", "OK");
    row("as a server", "-purpose sslserver", "OK");
    row("another name", "-verify_hostname www.example.org", "hostname mismatch");
    row("as a client", "-purpose sslclient", "unsuitable certificate purpose");
}

void TlsIdentityTest::opensslBelievesTheChain()
{
    QFETCH(QString, check);
    QFETCH(QByteArray, verdict);
    const auto authority = makeAuthority(now());
    QVERIFY(authority);
    const auto certificate = issueCertificate(*authority, names, now());
    QVERIFY(certificate);
    const QTemporaryDir folder;
    const QString ca = written(folder, "ca.pem", authority->certificatePem);
    const QString leaf = written(folder, "leaf.pem", certificate->certificatePem);
    const QByteArray said
        = openssl(QStringLiteral("verify -x509_strict -CAfile %1 %2 %3").arg(ca, check, leaf));
    QVERIFY2(said.contains(verdict), said.constData());
}

void TlsIdentityTest::vouchesForNothingOutside()
{
    const auto authority = makeAuthority(now());
    QVERIFY(authority);
    const QTemporaryDir folder;
    const QString ca = written(folder, "ca.pem", authority->certificatePem);
    for (const char *name : {"www.example.org", "8.8.8.8"}) {
        const auto certificate = issueCertificate(*authority, {name}, now());
        QVERIFY(certificate);
        const QString leaf = written(folder, "leaf.pem", certificate->certificatePem);
        int code = 0;
        const QByteArray said
            = openssl(QStringLiteral("verify -CAfile %1 %2").arg(ca, leaf), &code);
        QVERIFY2(code != 0 && said.contains("permitted subtree violation"), said.constData());
    }
}

void TlsIdentityTest::opensslReadsTheUsages()
{
    const auto authority = makeAuthority(now());
    const auto certificate = issueCertificate(*authority, names, now());
    const QTemporaryDir folder;
    const QByteArray leaf = openssl(QStringLiteral("x509 -noout -text -in ")
                                    + written(folder, "leaf.pem", certificate->certificatePem));
    for (const char *line : {"CA:FALSE", "Digital Signature", "TLS Web Server Authentication",
                             "ASN1 OID: prime256v1", "DNS:api.shop.test", "IP Address:127.0.0.1"})
        QVERIFY2(leaf.contains(line), line);
    const QByteArray ca = openssl(QStringLiteral("x509 -noout -text -in ")
                                  + written(folder, "ca.pem", authority->certificatePem));
    for (const char *line : {"CA:TRUE, pathlen:0", "Certificate Sign", "DNS:test", "DNS:localhost"})
        QVERIFY2(ca.contains(line), line);
}

void TlsIdentityTest::livesShort()
{
    const qint64 start = now();
    const auto authority = makeAuthority(start);
    const auto early = issueCertificate(*authority, names, start);
    const auto late = issueCertificate(*authority, names, start + 28 * day);
    QCOMPARE(expiryOf(authority->certificatePem), (start + 30 * day) / 1000 * 1000);
    QCOMPARE(expiryOf(early->certificatePem), (start + 7 * day) / 1000 * 1000);
    QCOMPARE(expiryOf(late->certificatePem), expiryOf(authority->certificatePem));
    const TlsCertificate described = describeCertificate(QSslCertificate(early->certificatePem));
    QVERIFY(described.notBefore < start);
    QCOMPARE(described.subject, "CN=localhost, O=Roundtrip");
    QVERIFY(described.names.contains("api.shop.test"));
    QCOMPARE(described.fingerprint.size(), 32 * 3 - 1);
}

void TlsIdentityTest::judgesWhatIsStored_data()
{
    QTest::addColumn<qint64>("after");
    QTest::addColumn<bool>("foreignAuthority");
    QTest::addColumn<bool>("foreignKey");
    QTest::addColumn<QByteArrayList>("wanted");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *title, qint64 after, bool authority, bool key,
                        const QByteArrayList &wanted, const char *expected) {
        QTest::addRow("%s", title) << after << authority << key << wanted << QByteArray(expected);
    };
    row("fresh", 0, false, false, names, "tls.Good");
    row("two days left", 5 * day, false, false, names, "tls.Good");
    row("half a day left", 6 * day + day / 2, false, false, names, "tls.Expiring");
    row("before its time", -day, false, false, names, "tls.NotYetValid");
    row("another authority", 0, true, false, names, "tls.NotIssuedByAuthority");
    row("another key", 0, false, true, names, "tls.WrongKey");
    row("a further name", 0, false, false, names + QByteArrayList {"new.test"}, "tls.NameMissing");
    row("a further address", 0, false, false, {"127.0.0.2"}, "tls.NameMissing");
}

void TlsIdentityTest::judgesWhatIsStored()
{
    QFETCH(qint64, after);
    QFETCH(bool, foreignAuthority);
    QFETCH(bool, foreignKey);
    QFETCH(QByteArrayList, wanted);
    const qint64 start = now();
    const auto authority = makeAuthority(start);
    auto certificate = *issueCertificate(*authority, names, start);
    if (foreignKey)
        certificate.keyPem = authority->keyPem;
    const auto judge = foreignAuthority ? makeAuthority(start) : authority;
    QTEST(certificateStateId(checkCertificate(certificate, *judge, wanted, start + after)),
          "expected");
}

void TlsIdentityTest::keepsKeysToTheOwner()
{
    const QTemporaryDir parent;
    const QString folder = parent.filePath(QStringLiteral("deep/tls"));
    TlsIdentityStore store(folder, names);
    QVERIFY(store.identity(now()));
    const QFile::Permissions others
        = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    for (const char *name : {"authority-key.pem", "certificate-key.pem"}) {
        const QString file = folder + u'/' + QLatin1StringView(name);
        QVERIFY(QFile::exists(file));
        QVERIFY2((QFile::permissions(file) & others) == 0, name);
    }
    QVERIFY((QFile::permissions(folder) & others) == 0);
    QVERIFY(QFile::permissions(store.authorityFile()).testFlag(QFile::ReadOther));
}

void TlsIdentityTest::makesThemOnce()
{
    const QTemporaryDir folder;
    TlsIdentityStore first(folder.path(), names);
    TlsIdentityStore second(folder.path(), names);
    const auto made = first.identity(now());
    const auto found = second.identity(now());
    QVERIFY(made && found);
    QCOMPARE(found->authorityPem, made->authorityPem);
    QCOMPARE(found->certificate.certificatePem, made->certificate.certificatePem);
    QCOMPARE(found->certificate.keyPem, made->certificate.keyPem);
    QCOMPARE(found->expiresAt, expiryOf(made->certificate.certificatePem));
}

void TlsIdentityTest::renewsTheCertificateUnderTheSameAuthority()
{
    const QTemporaryDir folder;
    TlsIdentityStore store(folder.path(), names);
    const auto before = store.identity(now());
    const auto after = store.identity(now() + 6 * day + day / 2);
    QVERIFY(before && after);
    QCOMPARE(after->authorityPem, before->authorityPem);
    QVERIFY(after->certificate.keyPem != before->certificate.keyPem);
    QVERIFY(after->expiresAt > before->expiresAt);
}

void TlsIdentityTest::renewsARottenAuthority()
{
    const QTemporaryDir folder;
    TlsIdentityStore store(folder.path(), names);
    const auto before = store.identity(now());
    const auto after = store.identity(now() + 29 * day + day / 2);
    QVERIFY(before && after);
    QVERIFY(after->authorityPem != before->authorityPem);
    QFile key(folder.filePath(QStringLiteral("authority-key.pem")));
    QVERIFY(key.open(QIODevice::WriteOnly | QIODevice::Truncate));
    key.close();
    const auto repaired = store.identity(now());
    QVERIFY(repaired);
    QVERIFY(repaired->authorityPem != after->authorityPem);
}

void TlsIdentityTest::certifiesNewNames()
{
    const QTemporaryDir folder;
    const auto before = TlsIdentityStore(folder.path(), names).identity(now());
    const auto after
        = TlsIdentityStore(folder.path(), names + QByteArrayList {"cdn.test"}).identity(now());
    QVERIFY(before && after);
    QCOMPARE(after->authorityPem, before->authorityPem);
    QVERIFY(describeCertificate(QSslCertificate(after->certificate.certificatePem))
                .names.contains("cdn.test"));
}

void TlsIdentityTest::forgetsEverything()
{
    const QTemporaryDir folder;
    TlsIdentityStore store(folder.path(), names);
    const auto before = store.identity(now());
    QVERIFY(store.remove());
    QCOMPARE(QDir(folder.path()).entryList({QStringLiteral("*.pem")}), QStringList());
    const auto after = store.identity(now());
    QVERIFY(before && after);
    QVERIFY(after->authorityPem != before->authorityPem);
}

void TlsIdentityTest::keepsNothingWithoutAFolder()
{
    TlsIdentityStore store({}, names);
    const auto first = store.identity(now());
    const auto second = store.identity(now());
    QVERIFY(first && second);
    QCOMPARE(first->authorityPem, second->authorityPem);
    QCOMPARE(store.authorityFile(), QString());
    QVERIFY(store.remove());
}

void TlsIdentityTest::saysWhichFileIsInTheWay()
{
    const QTemporaryDir parent;
    const QString blocked = written(parent, "file", "x") + QStringLiteral("/tls");
    const auto refused = TlsIdentityStore(blocked, names).identity(now());
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(QDir::toNativeSeparators(blocked)),
             qPrintable(refused.error().message));
}

QTEST_GUILESS_MAIN(TlsIdentityTest)
#include "tst_tlsidentity.moc"
