// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/capturestore.h"
#include "hands/windowhands.h"
#include "mainwindow.h"
#include "models/rowsmodel.h"
#include "panels/applicationpanel.h"
#include "panels/clientpanel.h"
#include "workspace.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// What the browser holds, looked at and changed by hand: real window, real servers.
class ApplicationPanelTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void saysWhatBecameOfEachCookie();
    void sendsTheEditedValue();
    void deletesACookie();
    void carriesACookieToTheRawTool();
    void countsPermissionsDownOnTheLabClock();
    void keepsItemsOfEachOrigin();

private:
    QTableView *table(const QString &name) const { return m_window->findChild<QTableView *>(name); }
    QString text(const QString &name, int row, int column) const;
    quint64 fetch(const QByteArray &path, CredentialsMode credentials);
    void logIn();
    void save(const QString &name);

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowHands> m_hands;
};

void ApplicationPanelTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"roundtrip-test"_s);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    m_theme = std::make_unique<Theme>(*qApp);
}

void ApplicationPanelTest::init()
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
    LabDocument &lab = m_window->document();
    QVERIFY(lab.setOption("server.cors.enabled", JsValue(true)));
    QVERIFY(lab.setOption("server.cors.origin", JsValue(u"http://app.shop.test:3000"_s)));
    QVERIFY(lab.setOption("server.cors.credentials", JsValue(true)));
    QVERIFY(lab.setOption("server.cors.maxAge", JsValue(600)));
    QVERIFY(lab.setOption("server.cookieSession.enabled", JsValue(true)));
    QVERIFY(lab.setOption("server.cookieSession.keys", JsValue::stringArray({u"k1"_s})));
    QVERIFY(lab.setOption("server.auth.mode", JsValue(u"cookieSession"_s)));
    QVERIFY(m_hands->command(u"view.application"_s));
}

void ApplicationPanelTest::cleanup()
{
    m_hands.reset();
    if (m_window)
        m_window->close();
    m_window.reset();
}

QString ApplicationPanelTest::text(const QString &name, int row, int column) const
{
    return table(name)->model()->index(row, column).data().toString();
}

quint64 ApplicationPanelTest::fetch(const QByteArray &path, CredentialsMode credentials)
{
    FetchRequest request;
    request.page = "http://app.shop.test:3000";
    request.url = "http://api.shop.test:8000" + path;
    request.credentials = credentials;
    const quint64 call = m_window->lab().fetch(request);
    if (!QTest::qWaitFor([this] { return m_window->lab().callsInFlight() == 0; }))
        return 0;
    m_window->selection().selectExchange(0, call);
    return call;
}

void ApplicationPanelTest::logIn()
{
    FetchRequest request;
    request.page = "http://app.shop.test:3000";
    request.url = "http://api.shop.test:8000/login";
    request.method = "POST";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = R"({"email":"test@example.com","password":"123456"})";
    request.hasBody = true;
    request.credentials = CredentialsMode::Include;
    m_window->lab().fetch(request);
    QTRY_COMPARE(m_window->lab().callsInFlight(), 0);
    QTRY_COMPARE(table(u"application.cookies"_s)->model()->rowCount(), 2);
}

void ApplicationPanelTest::save(const QString &name)
{
    const QString folder = qEnvironmentVariable("RT_SHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    QTest::qWait(200); // layouts settle
    QVERIFY(m_window->grab().save(folder + u'/' + name + u".png"_s));
}

void ApplicationPanelTest::saysWhatBecameOfEachCookie()
{
    logIn();
    QCOMPARE(text(u"application.cookies"_s, 0, 0), u"session"_s);
    QVERIFY(fetch("/me", CredentialsMode::Include));
    QTRY_COMPARE(text(u"application.cookies"_s, 0, 2), u"\u2713 sent"_s);
    table(u"application.cookies"_s)
        ->setCurrentIndex(table(u"application.cookies"_s)->model()->index(0, 0));
    save(u"application-cookies"_s);
    QVERIFY(fetch("/me", CredentialsMode::Omit));
    QTRY_COMPARE(text(u"application.cookies"_s, 0, 2), u"\u2715 credentials"_s);
}

void ApplicationPanelTest::sendsTheEditedValue()
{
    logIn();
    QTableView *view = table(u"application.cookies"_s);
    const QModelIndex value = view->model()->index(0, 1);
    view->setCurrentIndex(value);
    view->edit(value);
    auto *editor = view->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->setText(u"forged"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(text(u"application.cookies"_s, 0, 1), u"forged"_s);
    const quint64 call = fetch("/me", CredentialsMode::Include);
    const auto exchanges = m_window->store()->exchangesOf(call);
    QVERIFY(!exchanges.empty());
    const QByteArray sent = exchanges.back().request().headers.get("Cookie").value_or("");
    QVERIFY2(sent.contains("session=forged"), sent.constData());
    QCOMPARE(exchanges.back().response().status, 401);
}

void ApplicationPanelTest::deletesACookie()
{
    logIn();
    QTableView *view = table(u"application.cookies"_s);
    view->setCurrentIndex(view->model()->index(0, 0));
    QVERIFY(m_hands->click(u"application.cookie.delete"_s));
    QTRY_COMPARE(view->model()->rowCount(), 1);
}

void ApplicationPanelTest::carriesACookieToTheRawTool()
{
    logIn();
    QTableView *view = table(u"application.cookies"_s);
    view->setCurrentIndex(view->model()->index(0, 0));
    QVERIFY(m_hands->click(u"application.cookie.steal"_s));
    const FetchRequest request = m_window->client().request();
    QCOMPARE(request.api, QByteArray("raw"));
    QCOMPARE(request.headers.get("Cookie").value_or(""),
             "session=" + text(u"application.cookies"_s, 0, 1).toUtf8());
}

void ApplicationPanelTest::countsPermissionsDownOnTheLabClock()
{
    logIn(); // its JSON body needed a preflight
    QVERIFY(m_hands->press(u"application.page"_s, u"Preflights"_s));
    const QString name = u"application.preflights"_s;
    QTRY_COMPARE(table(name)->model()->rowCount(), 1);
    QVERIFY2(text(name, 0, 0).startsWith(u"9 min"), qPrintable(text(name, 0, 0)));
    QVERIFY(m_hands->commandWithText(u"lab.skip.other"_s, u"5m"_s));
    QTRY_VERIFY2(text(name, 0, 0).startsWith(u"4 min"), qPrintable(text(name, 0, 0)));
    save(u"application-preflights"_s);
    QVERIFY(m_hands->commandWithText(u"lab.skip.other"_s, u"5m"_s));
    QTRY_COMPARE(table(name)->model()->rowCount(), 0);
}

void ApplicationPanelTest::keepsItemsOfEachOrigin()
{
    QVERIFY(m_hands->press(u"application.page"_s, u"Storage"_s));
    JsValue items = JsValue::object();
    items.insert(u"token"_s, JsValue(u"abc"_s));
    JsValue arguments = JsValue::object();
    arguments.insert(u"set"_s, items);
    QVERIFY(m_window->lab().run({"storage", arguments, false}));
    const QString name = u"application.storage"_s;
    QTRY_COMPARE(table(name)->model()->rowCount(), 1);
    QCOMPARE(text(name, 0, 1), u"abc"_s);
    QCOMPARE(text(name, 0, 2), u"http://app.shop.test:3000"_s);
    table(name)->setCurrentIndex(table(name)->model()->index(0, 0));
    QVERIFY(m_hands->click(u"application.storage.steal"_s));
    QCOMPARE(m_window->client().request().headers.get("Authorization").value_or(""),
             QByteArray("Bearer abc"));
    table(name)->setCurrentIndex(table(name)->model()->index(0, 0));
    QVERIFY(m_hands->click(u"application.storage.delete"_s));
    QTRY_COMPARE(table(name)->model()->rowCount(), 0);
}

QTEST_MAIN(ApplicationPanelTest)
#include "tst_applicationpanel.moc"
