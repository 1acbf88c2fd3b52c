// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/capturestore.h"
#include "hands/windowhands.h"
#include "mainwindow.h"
#include "models/tracemodel.h"
#include "panels/clientpanel.h"
#include "panels/exchangepanel.h"

#include <QApplication>
#include <QDir>
#include <QListView>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// A login with credentials that * does not allow, read step by step and mended from the trace:
/// real window, real servers, real keys.
class ExchangeTraceTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void stopsAtTheStepThatFailed();
    void walksWithTheArrowKeys();
    void mendsAndSendsAgain();
    void takesTheWholeFixBackInOneStep();
    void offersNothingWhereNothingFailed();

private:
    void logIn();
    const CallRecord &lastCall() const { return m_window->store()->calls().back(); }
    QListView *trace() const { return m_window->findChild<QListView *>(u"inspector.trace"_s); }
    const AlgorithmStep &current() const;
    void save(const QString &name);

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowHands> m_hands;
};

void ExchangeTraceTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"roundtrip-test"_s);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    m_theme = std::make_unique<Theme>(*qApp);
    if (qEnvironmentVariableIsSet("RT_DARK"))
        m_theme->setChoice(Theme::Choice::Dark);
}

void ExchangeTraceTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin).*"_s));
    QSettings().clear();
    LabSetup setup;
    setup.apiPort = 0;
    setup.sitePort = 0;
    m_window = std::make_unique<MainWindow>(*m_theme, setup, m_folder.filePath(u"sessions"_s));
    m_hands = std::make_unique<WindowHands>(*m_window);
    WindowState state;
    state.theme = m_theme->choice();
    m_window->restore(state);
    m_window->resize(1600, 1000);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(m_window->startLab());
    LabDocument &lab = m_window->document();
    QVERIFY(lab.setOption("server.cors.enabled", JsValue(true)));
    QVERIFY(lab.setOption("server.cors.origin", JsValue(u"*"_s)));
    QVERIFY(lab.setOption("server.cookieSession.enabled", JsValue(true)));
    QVERIFY(lab.setOption("server.cookieSession.keys", JsValue::stringArray({u"k1"_s})));
    QVERIFY(lab.setOption("server.auth.mode", JsValue(u"cookieSession"_s)));
}

void ExchangeTraceTest::cleanup()
{
    m_hands.reset();
    if (m_window)
        m_window->close();
    m_window.reset();
}

/// The learner's call, with the trace open beside it.
void ExchangeTraceTest::logIn()
{
    FetchRequest request;
    request.page = "http://app.shop.test:3000";
    request.url = "http://api.shop.test:8000/login";
    request.method = "POST";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = R"({"email":"test@example.com","password":"123456"})";
    request.hasBody = true;
    request.credentials = CredentialsMode::Include;
    m_window->client().setRequest(request);
    QVERIFY(m_hands->click(u"client.send"_s));
    QTRY_VERIFY(!m_window->store()->calls().empty());
    QTRY_COMPARE(m_window->lab().callsInFlight(), 0);
    QVERIFY(m_hands->openTab(u"inspector.tabs"_s, u"Trace"_s));
}

const AlgorithmStep &ExchangeTraceTest::current() const
{
    return static_cast<const TraceModel *>(trace()->model())->step(trace()->currentIndex().row());
}

void ExchangeTraceTest::save(const QString &name)
{
    const QString folder = qEnvironmentVariable("RT_SHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    QTest::qWait(200); // layouts settle
    QVERIFY(m_window->grab().save(folder + u'/' + name + u".png"_s));
}

void ExchangeTraceTest::stopsAtTheStepThatFailed()
{
    logIn();
    QCOMPARE(lastCall().reason, QByteArray("cors.WildcardWithCredentials"));
    QTRY_VERIFY(trace()->currentIndex().isValid());
    QCOMPARE(current().id, QByteArray("cors.WildcardWithCredentials"));
    QCOMPARE(current().outcome, AlgorithmStep::Outcome::Failed);
    QVERIFY2(current().evidence.contains("Access-Control-Allow-Origin: *"),
             current().evidence.constData());
    save(u"trace-blocked"_s);
}

void ExchangeTraceTest::walksWithTheArrowKeys()
{
    logIn();
    QTRY_VERIFY(trace()->currentIndex().row() > 0);
    const int failed = trace()->currentIndex().row();
    trace()->setFocus();
    QTest::keyClick(trace(), Qt::Key_Left);
    QCOMPARE(trace()->currentIndex().row(), failed - 1);
    QTest::keyClick(trace(), Qt::Key_Right);
    QCOMPARE(trace()->currentIndex().row(), failed);
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(trace(), Qt::Key_Left);
    QCOMPARE(trace()->currentIndex().row(), 0);
}

void ExchangeTraceTest::mendsAndSendsAgain()
{
    logIn();
    QVERIFY(m_hands->click(u"inspector.trace.fix.apply"_s));
    const LabConfig &config = m_window->document().config();
    QCOMPARE(config.setting("server.cors.origin"), JsValue(u"http://app.shop.test:3000"_s));
    QCOMPARE(config.setting("server.cors.credentials"), JsValue(true));
    QTRY_COMPARE(m_window->store()->calls().size(), 2U);
    QTRY_COMPARE(m_window->lab().callsInFlight(), 0);
    QVERIFY(lastCall().readable);
    QCOMPARE(lastCall().status, 200);
    QCOMPARE(lastCall().requestBody, m_window->store()->calls().front().requestBody);
    QCOMPARE(m_window->selection().call(), lastCall().id);
    // The cookie has arrived.
    const auto &jar = m_window->lab().browserState().cookies;
    QVERIFY(std::any_of(jar.begin(), jar.end(),
                        [](const auto &cookie) { return cookie.name == "session"; }));
    save(u"trace-mended"_s);
}

void ExchangeTraceTest::takesTheWholeFixBackInOneStep()
{
    logIn();
    QVERIFY(m_hands->click(u"inspector.trace.fix.apply"_s));
    QVERIFY(m_hands->command(u"edit.undo"_s));
    const LabConfig &config = m_window->document().config();
    QCOMPARE(config.setting("server.cors.origin"), JsValue(u"*"_s));
    QCOMPARE(config.setting("server.cors.credentials").isTruthy(), false);
}

void ExchangeTraceTest::offersNothingWhereNothingFailed()
{
    logIn();
    QVERIFY(m_hands->click(u"inspector.trace.fix.apply"_s));
    QTRY_COMPARE(m_window->store()->calls().size(), 2U);
    QTRY_COMPARE(m_window->lab().callsInFlight(), 0);
    QTRY_VERIFY(!m_window->findChild<QWidget *>(u"inspector.trace.fix"_s)->isVisible());
}

QTEST_MAIN(ExchangeTraceTest)
#include "tst_exchangetrace.moc"
