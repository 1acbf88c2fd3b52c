// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "dialogs/certificatedialog.h"

#include "base/tlshandshake.h"
#include "lab/labsession.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

using namespace rt;

/// The dialog over a lab with a folder of its own.
class CertificateDialogTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void showsTheAuthority();
    void saysHowToTrustAndHowToUndoIt_data();
    void saysHowToTrustAndHowToUndoIt();
    void copiesThePath();
    void savesTheCertificate();
    void deletesAndRenews();
    void saysWhyItCannot();

private:
    template<typename T> T *part(const char *name) const
    {
        return m_dialog->findChild<T *>(QLatin1StringView(name));
    }
    QByteArray authority() const
    {
        QFile file(m_folder->filePath(QStringLiteral("authority.pem")));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void openOver(const QString &folder);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<LabSession> m_lab;
    std::unique_ptr<CertificateDialog> m_dialog;
};

void CertificateDialogTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
    m_theme = std::make_unique<Theme>(*qApp);
    openOver(m_folder->path());
}

void CertificateDialogTest::openOver(const QString &folder)
{
    m_dialog.reset();
    LabSetup setup;
    setup.tlsFolder = folder;
    m_lab = std::make_unique<LabSession>(setup);
    m_dialog = std::make_unique<CertificateDialog>(*m_theme, *m_lab, nullptr);
}

void CertificateDialogTest::cleanup()
{
    m_dialog.reset();
    m_lab.reset();
    m_theme.reset();
}

void CertificateDialogTest::showsTheAuthority()
{
    const TlsCertificate described = describeCertificate(QSslCertificate(authority()));
    QString all;
    for (const QLabel *label : m_dialog->findChildren<QLabel *>())
        all += label->text() + u'\n';
    QVERIFY(described.subject.startsWith("CN=Roundtrip lab "));
    QVERIFY(all.contains(QString::fromUtf8(described.subject.mid(3, 20))));
    QVERIFY(all.remove(u' ').contains(QString::fromUtf8(described.fingerprint.left(40))));
    QCOMPARE(part<QLabel>("certificate.path")->text(),
             QDir::toNativeSeparators(m_folder->filePath(QStringLiteral("authority.pem"))));
}

void CertificateDialogTest::saysHowToTrustAndHowToUndoIt_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QStringList>("words");
    QTest::addRow("Chromium") << QStringLiteral("Chromium, Chrome, Edge")
                              << QStringList {QStringLiteral("Manage certificates"),
                                              QStringLiteral("To undo it"),
                                              QStringLiteral("delete it")};
    QTest::addRow("Firefox") << QStringLiteral("Firefox")
                             << QStringList {QStringLiteral("Authorities"),
                                             QStringLiteral("To undo it"),
                                             QStringLiteral("Distrust")};
    QTest::addRow("curl") << QStringLiteral("curl and Node")
                          << QStringList {QStringLiteral("curl --cacert '"),
                                          QStringLiteral("authority.pem"),
                                          QStringLiteral("Nothing to undo")};
}

void CertificateDialogTest::saysHowToTrustAndHowToUndoIt()
{
    QFETCH(QString, place);
    QFETCH(QStringList, words);
    for (QAbstractButton *button : m_dialog->findChildren<QAbstractButton *>()) {
        if (button->text() == place)
            button->click();
    }
    const QString text = part<QTextBrowser>("certificate.steps")->toPlainText();
    for (const QString &word : words)
        QVERIFY2(text.contains(word), qPrintable(text));
}

void CertificateDialogTest::copiesThePath()
{
    part<QPushButton>("certificate.copy")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), part<QLabel>("certificate.path")->text());
}

void CertificateDialogTest::savesTheCertificate()
{
    const QString file = m_folder->filePath(QStringLiteral("copy.crt"));
    QVERIFY(m_dialog->saveTo(file));
    QFile copy(file);
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), authority());
    const auto refused = m_dialog->saveTo(m_folder->filePath(QStringLiteral("none/copy.crt")));
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(QStringLiteral("copy.crt")));
}

void CertificateDialogTest::deletesAndRenews()
{
    const QByteArray before = authority();
    part<QPushButton>("certificate.renew")->click();
    QVERIFY(!authority().isEmpty());
    QVERIFY(authority() != before);
    QVERIFY(part<QLabel>("certificate.note")->text().contains(QStringLiteral("import the new")));
}

void CertificateDialogTest::saysWhyItCannot()
{
    QFile file(m_folder->filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    openOver(file.fileName() + QStringLiteral("/tls"));
    QVERIFY(part<QLabel>("certificate.note")
                ->text()
                .contains(QDir::toNativeSeparators(file.fileName() + QStringLiteral("/tls"))));
}

QTEST_MAIN(CertificateDialogTest)
#include "tst_certificatedialog.moc"
