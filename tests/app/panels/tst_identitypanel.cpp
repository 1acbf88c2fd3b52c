// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/identitypanel.h"

#include "capture/capturestore.h"
#include "hands/windowhands.h"
#include "mainwindow.h"
#include "models/stagemodel.h"
#include "panels/exchangepanel.h"
#include "panels/exchangestages.h"
#include "panels/identityverdict.h"
#include "widgets/emptystate.h"
#include "widgets/meter.h"
#include "widgets/noticebar.h"
#include "widgets/richview.h"
#include "workspace.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QInputDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace rt;
using namespace Qt::StringLiterals;

/// The identity bench by hand: log in for real, change a letter, send it, read the reason.
class IdentityPanelTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void invitesWhenThereIsNothing();
    void takesTheSessionOfALoginApart();
    void tamperingIsSeenAtOnceAndRefusedOnTheWire();
    void signingAgainMakesItValid();
    void aNewKeyInFrontKeepsOldSessions();
    void aTokenExpiresWhenTimeIsSkipped();
    void aForgedTokenIsRefusedWithThePackagesWords();
    void aGuessedSecretSignsLikeTheServer();
    void theNaiveVerifierTakesAnUnsignedToken();
    void revokingASessionEndsIt();
    void measuresTheCookie();
    void saysWhyPastedTextIsNothing();
    void looksRight_data();
    void looksRight();

private:
    void logInBy(const char *mode, const char *secret = "open-jwt-secret");
    int lastStatus();
    template<typename Widget> Widget *control(const char *name)
    {
        return m_window->findChild<Widget *>(QLatin1StringView(name));
    }
    QString verdict() { return control<IdentityVerdict>("identity.verdict")->text(); }
    QString checks() { return control<QLabel>("identity.checks")->text(); }
    bool click(const char *name) { return m_hands->click(QLatin1StringView(name)); }

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowHands> m_hands;
};

void IdentityPanelTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"roundtrip-test"_s);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    m_theme = std::make_unique<Theme>(*qApp);
}

void IdentityPanelTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin).*"_s));
    QSettings().clear();
    LabSetup setup;
    setup.apiPort = 0;
    setup.sitePort = 0;
    m_window = std::make_unique<MainWindow>(*m_theme, setup, m_folder.filePath(u"sessions"_s));
    m_hands = std::make_unique<WindowHands>(*m_window);
    m_window->restore(WindowState());
    m_window->resize(1600, 1000);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(m_window->startLab());
    QVERIFY(m_window->document().setOption("client.page", JsValue(u"http://api.shop.test:8000"_s)));
    QVERIFY(m_hands->command(u"view.identity"_s));
    QTRY_VERIFY(m_window->identity().isVisible());
}

void IdentityPanelTest::cleanup()
{
    m_hands.reset();
    m_window->close();
    m_window.reset();
}

/// Logs in and shows what came of it on the bench.
void IdentityPanelTest::logInBy(const char *mode, const char *secret)
{
    LabDocument &document = m_window->document();
    if (QByteArrayView(mode) == "cookieSession") {
        QVERIFY(document.setOption("server.cookieSession.keys", JsValue::stringArray({u"k1"_s})));
        document.setEnabled("cookieSession", true);
    } else if (QByteArrayView(mode) == "session") {
        QVERIFY(document.setOption("server.session.secret", JsValue(u"s1"_s)));
        document.setEnabled("session", true);
    } else {
        QVERIFY(document.setOption("server.jwt.secret", JsValue(QString::fromLatin1(secret))));
        QVERIFY(document.setOption("server.jwt.expiresIn", JsValue(u"15m"_s)));
    }
    QVERIFY(document.setOption("server.auth.mode", JsValue(QString::fromLatin1(mode))));
    const JsValue action = std::get<JsValue>(parseJson(QByteArray(
        R"({"send":{"method":"POST","path":"/login","json":{"email":"test@example.com",
            "password":"123456"}}})")));
    QVERIFY2(m_hands->perform(action), qPrintable(m_hands->trouble()));
    QTRY_COMPARE(m_window->lab().callsInFlight(), 0);
    QTRY_VERIFY(m_window->identity().credential().has_value());
    QCOMPARE(verdict(), u"\u2713 the lab accepts it"_s);
}

/// Of the last call, when it is over.
int IdentityPanelTest::lastStatus()
{
    if (!QTest::qWaitFor([this] { return m_window->lab().callsInFlight() == 0; }))
        return -1;
    const quint64 id = m_window->selection().call();
    std::ignore = QTest::qWaitFor([this, id] {
        const CallRecord *call = m_window->store()->call(id);
        return call && call->outcome != CallRecord::Outcome::Pending;
    });
    const CallRecord *call = m_window->store()->call(id);
    return call ? call->status : -1;
}

void IdentityPanelTest::invitesWhenThereIsNothing()
{
    QVERIFY(!m_window->identity().credential());
    EmptyState &empty = m_window->identity().emptyState();
    QVERIFY(empty.isVisible());
    // The one action fills it: the lab gets a login, and the client logs in.
    auto *logIn = empty.findChild<QAbstractButton *>();
    QVERIFY(logIn);
    QTest::mouseClick(logIn, Qt::LeftButton);
    QTRY_VERIFY(m_window->identity().credential().has_value());
    QVERIFY(!empty.isVisible());
    QVERIFY(m_hands->command(u"edit.undo"_s));
    QVERIFY(!m_window->document().isEnabled("cookieSession"));
}

void IdentityPanelTest::takesTheSessionOfALoginApart()
{
    logInBy("cookieSession");
    const QString content = control<QPlainTextEdit>("identity.payload")->toPlainText();
    QVERIFY2(content.contains(u"test@example.com"), qPrintable(content));
    QCOMPARE(m_window->identity().credential()->name, QByteArray("session"));
    QVERIFY2(control<QComboBox>("identity.chooser")->currentText().contains(u"in the jar"),
             qPrintable(control<QComboBox>("identity.chooser")->currentText()));
}

void IdentityPanelTest::tamperingIsSeenAtOnceAndRefusedOnTheWire()
{
    logInBy("cookieSession");
    auto *content = control<QPlainTextEdit>("identity.payload");
    QString forged = content->toPlainText();
    content->setPlainText(forged.replace(u"user\""_s, u"admin\""_s));
    QCOMPARE(verdict(), u"\u2715 refused"_s);
    QVERIFY2(checks().contains(u"No key of the lab made this signature"), qPrintable(checks()));
    QVERIFY(click("identity.send"));
    QCOMPARE(lastStatus(), 401);
    // The stack says the same, and the browser was told to drop the signature.
    QVERIFY(m_hands->openTab(u"inspector.tabs"_s, u"Stages"_s));
    auto *page
        = static_cast<ExchangeStages *>(m_window->inspector().page(ExchangePanel::Page::Stages));
    const QString accessible = page->detail()->toPlainText();
    QVERIFY2(accessible.contains(u"401"), qPrintable(accessible));
}

void IdentityPanelTest::signingAgainMakesItValid()
{
    logInBy("cookieSession");
    QVERIFY(click("identity.flip"));
    QCOMPARE(verdict(), u"\u2715 refused"_s);
    QVERIFY(click("identity.reset"));
    QCOMPARE(verdict(), u"\u2713 the lab accepts it"_s);
    auto *content = control<QPlainTextEdit>("identity.payload");
    content->setPlainText(content->toPlainText().replace(u"user\""_s, u"admin\""_s));
    m_window->findChild<QAction *>(u"identity.signLabKey"_s)->trigger();
    QCOMPARE(verdict(), u"\u2713 the lab accepts it"_s);
    QVERIFY(click("identity.send"));
    QCOMPARE(lastStatus(), 200);
}

void IdentityPanelTest::aNewKeyInFrontKeepsOldSessions()
{
    logInBy("cookieSession");
    QVERIFY(click("identity.rotate"));
    const JsValue keys = m_window->document().config().setting("server.cookieSession.keys");
    QCOMPARE(keys.items().size(), 2);
    QCOMPARE(keys.items().at(1), JsValue(u"k1"_s));
    QCOMPARE(verdict(), u"\u2713 the lab accepts it"_s);
    QVERIFY2(checks().contains(u"Key 2 of 2"), qPrintable(checks()));
    QVERIFY(click("identity.dropKeys"));
    QCOMPARE(verdict(), u"\u2715 refused"_s);
    QVERIFY(m_hands->command(u"edit.undo"_s));
    QCOMPARE(verdict(), u"\u2713 the lab accepts it"_s);
}

void IdentityPanelTest::aTokenExpiresWhenTimeIsSkipped()
{
    logInBy("jwt");
    QVERIFY(control<Meter>("identity.life")->share() > 0.9);
    QVERIFY(click("identity.expire"));
    QTRY_COMPARE(verdict(), u"\u2715 refused \u00b7 jwt expired"_s);
    QVERIFY(click("identity.send"));
    QCOMPARE(lastStatus(), 401);
}

void IdentityPanelTest::aForgedTokenIsRefusedWithThePackagesWords()
{
    logInBy("jwt");
    auto *payload = control<QPlainTextEdit>("identity.payload");
    payload->setPlainText(payload->toPlainText().replace(u"\"user\""_s, u"\"admin\""_s));
    QCOMPARE(verdict(), u"\u2715 refused \u00b7 invalid signature"_s);
    QVERIFY(click("identity.send"));
    QCOMPARE(lastStatus(), 401);
    const auto exchanges = m_window->store()->exchangesOf(m_window->selection().call());
    QVERIFY(exchanges.back().request().headers.get("Authorization")->startsWith("Bearer "));
    QVERIFY(exchanges.back().end().responseBody.contains("invalid signature"));
}

void IdentityPanelTest::aGuessedSecretSignsLikeTheServer()
{
    logInBy("jwt", "secret");
    QVERIFY(click("identity.guess"));
    QVERIFY2(m_window->notice().sentence().contains(u"secret"),
             qPrintable(m_window->notice().sentence()));
    auto *payload = control<QPlainTextEdit>("identity.payload");
    payload->setPlainText(payload->toPlainText().replace(u"\"user\""_s, u"\"admin\""_s));
    QVERIFY(verdict().startsWith(u"\u2715"));
    QTimer::singleShot(0, m_window.get(), [] {
        auto *dialog = qobject_cast<QInputDialog *>(QApplication::activeModalWidget());
        QVERIFY(dialog);
        QCOMPARE(dialog->textValue(), u"secret"_s); // what was guessed is offered
        dialog->accept();
    });
    m_window->findChild<QAction *>(u"identity.signSecret"_s)->trigger();
    QCOMPARE(verdict(), u"\u2713 the lab accepts it"_s);
    QVERIFY(click("identity.send"));
    QCOMPARE(lastStatus(), 200);
}

void IdentityPanelTest::theNaiveVerifierTakesAnUnsignedToken()
{
    logInBy("jwt");
    m_window->findChild<QAction *>(u"identity.signNothing"_s)->trigger();
    QCOMPARE(verdict(), u"\u2715 refused \u00b7 jwt signature is required"_s);
    QVERIFY(m_window->document().setOption("server.jwt.verifier", JsValue(u"naive"_s)));
    QCOMPARE(verdict(), u"\u2713 the lab accepts it"_s);
    QVERIFY(click("identity.send"));
    QCOMPARE(lastStatus(), 200);
}

void IdentityPanelTest::revokingASessionEndsIt()
{
    logInBy("session");
    QVERIFY2(checks().contains(u"only its store knows"), qPrintable(checks()));
    QVERIFY(click("identity.send"));
    QCOMPARE(lastStatus(), 200);
    // Kept by an attacker: the id is signed as ever, but the server knows it no more.
    const QByteArray kept
        = m_window->identity().credential()->name + '=' + m_window->identity().credential()->text;
    QVERIFY(click("identity.revoke"));
    QCOMPARE(lastStatus(), 200);
    QVERIFY(m_window->identity().paste(kept));
    QCOMPARE(verdict(), u"\u2713 the lab accepts it"_s);
    QVERIFY(click("identity.send"));
    QCOMPARE(lastStatus(), 401);
}

void IdentityPanelTest::measuresTheCookie()
{
    logInBy("cookieSession");
    auto *size = control<Meter>("identity.size");
    QVERIFY2(size->text().contains(u"of 4"), qPrintable(size->text()));
    QVERIFY(size->share() < 0.2);
    auto *content = control<QPlainTextEdit>("identity.payload");
    content->setPlainText(u"{\"cart\":\"%1\"}"_s.arg(QString(4000, u'x')));
    QVERIFY(size->share() > 1);
    QVERIFY2(size->text().contains(u"drops it"), qPrintable(size->text()));
}

void IdentityPanelTest::saysWhyPastedTextIsNothing()
{
    const auto pasted = m_window->identity().paste("hello");
    QVERIFY(!pasted);
    QVERIFY(m_window->identity().paste("Bearer eyJhbGciOiJub25lIn0.eyJhIjoxfQ."));
    QVERIFY(m_window->identity().credential()->text.startsWith("eyJ"));
    QVERIFY(!m_window->identity().emptyState().isVisible());
}

void IdentityPanelTest::looksRight_data()
{
    QTest::addColumn<Theme::Choice>("choice");
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<QSize>("size");
    QTest::addRow("session light")
        << Theme::Choice::Light << QByteArray("cookieSession") << QSize(1600, 1000);
    QTest::addRow("token dark") << Theme::Choice::Dark << QByteArray("jwt") << QSize(1600, 1000);
    QTest::addRow("token narrow") << Theme::Choice::Light << QByteArray("jwt") << QSize(1024, 700);
}

/// Pictures for people to judge, when RT_SHOTS names a folder.
void IdentityPanelTest::looksRight()
{
    QFETCH(Theme::Choice, choice);
    QFETCH(QByteArray, mode);
    QFETCH(QSize, size);
    m_theme->setChoice(choice);
    logInBy(mode.constData());
    m_window->resize(size);
    const QString folder = qEnvironmentVariable("RT_SHOTS");
    const auto shoot = [&](const QString &name) {
        for (int i = 0; i < 5; ++i) // layouts settle in turns
            QCoreApplication::processEvents();
        const QPixmap picture = m_window->grab();
        QVERIFY(!picture.isNull());
        if (!folder.isEmpty() && QDir().mkpath(folder))
            QVERIFY(picture.save(u"%1/identity-%2-%3.png"_s.arg(
                folder, QString::fromUtf8(QTest::currentDataTag()).replace(u' ', u'-'), name)));
    };
    shoot(u"valid"_s);
    QVERIFY(click("identity.flip"));
    shoot(u"forged"_s);
    m_theme->setChoice(Theme::Choice::Light);
}

QTEST_MAIN(IdentityPanelTest)
#include "tst_identitypanel.moc"
