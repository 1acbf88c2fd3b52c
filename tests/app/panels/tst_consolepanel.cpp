// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/capturestore.h"
#include "hands/windowhands.h"
#include "mainwindow.h"
#include "models/consolemodel.h"
#include "panels/clientpanel.h"
#include "panels/consolepanel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QLineEdit>
#include <QListView>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// The console beside real traffic: what it says, what it offers.
class ConsolePanelTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void printsWhatChromiumPrints();
    void tellsOfCookiesThatStayedAtHome();
    void filtersByKindAndText();
    void copiesTheSelectedLine();
    void mendsAndSendsAgain();
    void opensTheLessonOnIt();

private:
    QListView *list() const { return m_window->findChild<QListView *>(u"console.list"_s); }
    QString line(int row) const { return list()->model()->index(row, 0).data().toString(); }
    void put(CredentialsMode credentials = CredentialsMode::SameOrigin);
    void save(const QString &name);

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowHands> m_hands;
};

void ConsolePanelTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"roundtrip-test"_s);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    m_theme = std::make_unique<Theme>(*qApp);
}

void ConsolePanelTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin).*"_s));
    QSettings().clear();
    LabSetup setup;
    setup.apiPort = 0;
    setup.sitePort = 0;
    m_window = std::make_unique<MainWindow>(*m_theme, setup, m_folder.filePath(u"sessions"_s));
    m_hands = std::make_unique<WindowHands>(*m_window);
    WindowState state;
    if (qEnvironmentVariableIsSet("RT_DARK"))
        state.theme = Theme::Choice::Dark;
    m_window->restore(state);
    m_window->resize(1600, 1000);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(m_window->startLab());
    new QAbstractItemModelTester(&m_window->console().model(),
                                 QAbstractItemModelTester::FailureReportingMode::QtTest,
                                 m_window.get());
    QVERIFY(m_hands->command(u"view.console"_s));
}

void ConsolePanelTest::cleanup()
{
    m_hands.reset();
    if (m_window)
        m_window->close();
    m_window.reset();
}

/// PUT from the app's page to an API that says nothing of CORS.
void ConsolePanelTest::put(CredentialsMode credentials)
{
    FetchRequest request;
    request.page = "http://app.shop.test:3000";
    request.url = "http://api.shop.test:8000/api/user";
    request.method = "PUT";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = R"({"name":"Grace"})";
    request.hasBody = true;
    request.credentials = credentials;
    m_window->client().setRequest(request);
    m_window->client().send();
    QTRY_COMPARE(m_window->lab().callsInFlight(), 0);
}

void ConsolePanelTest::save(const QString &name)
{
    const QString folder = qEnvironmentVariable("RT_SHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    QTest::qWait(200); // layouts settle
    QVERIFY(m_window->grab().save(folder + u'/' + name + u".png"_s));
}

void ConsolePanelTest::printsWhatChromiumPrints()
{
    put();
    QTRY_COMPARE(list()->model()->rowCount(), 2);
    QCOMPARE(line(0),
             u"Access to fetch at 'http://api.shop.test:8000/api/user' from origin "
             "'http://app.shop.test:3000' has been blocked by CORS policy: Response to preflight "
             "request doesn't pass access control check: No 'Access-Control-Allow-Origin' header "
             "is present on the requested resource."_s);
    QCOMPARE(line(1), u"Failed to load resource: net::ERR_FAILED"_s);
    save(u"console"_s);
}

void ConsolePanelTest::tellsOfCookiesThatStayedAtHome()
{
    JsValue cookie = JsValue::object();
    cookie.insert(u"edit"_s, JsValue(u"sid"_s));
    cookie.insert(u"value"_s, JsValue(u"1"_s));
    QVERIFY(m_window->lab().run({"cookie", cookie, false}));
    QVERIFY(m_window->document().setOption("server.cors.enabled", JsValue(true)));
    put();
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    QVERIFY2(line(0).startsWith(u"The cookie sid was not sent."), qPrintable(line(0)));
}

void ConsolePanelTest::filtersByKindAndText()
{
    put();
    QTRY_COMPARE(list()->model()->rowCount(), 2);
    QVERIFY(m_hands->press(u"console.kinds"_s, u"Issues"_s));
    QCOMPARE(list()->model()->rowCount(), 0);
    QVERIFY(m_hands->press(u"console.kinds"_s, u"Errors"_s));
    QCOMPARE(list()->model()->rowCount(), 2);
    QVERIFY(m_hands->type(u"console.filter"_s, u"err_failed"_s));
    QCOMPARE(list()->model()->rowCount(), 1);
}

void ConsolePanelTest::copiesTheSelectedLine()
{
    put();
    QTRY_COMPARE(list()->model()->rowCount(), 2);
    list()->setCurrentIndex(list()->model()->index(1, 0));
    QVERIFY(m_hands->click(u"console.copy"_s));
    QCOMPARE(QGuiApplication::clipboard()->text(), line(1));
}

void ConsolePanelTest::mendsAndSendsAgain()
{
    put();
    QVERIFY(m_hands->click(u"console.fix.apply"_s));
    QTRY_COMPARE(m_window->store()->calls().size(), 2U);
    QTRY_COMPARE(m_window->lab().callsInFlight(), 0);
    QTRY_VERIFY(m_window->store()->calls().back().outcome != CallRecord::Outcome::Pending);
}

void ConsolePanelTest::opensTheLessonOnIt()
{
    put();
    QVERIFY(m_hands->click(u"console.lesson"_s));
    QTRY_VERIFY(m_window->runner().isRunning());
}

QTEST_MAIN(ConsolePanelTest)
#include "tst_consolepanel.moc"
