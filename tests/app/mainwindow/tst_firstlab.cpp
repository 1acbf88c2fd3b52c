// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/capturestore.h"
#include "core/exporters/harschema.h"
#include "hands/windowhands.h"
#include "mainwindow.h"
#include "models/headermodel.h"
#include "panels/exchangepanel.h"
#include "panels/trafficpanel.h"
#include "widgets/noticebar.h"
#include "widgets/trafficview.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QRegularExpression>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// A first afternoon in the lab, by hand: real window, real servers, real clicks and keys.
class FirstLabTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void tellsWhichOptionSetEachHeader();
    void foldsThePreflightUnderItsRequest();
    void exportsAnArchiveOtherToolsRead();
    void playsALessonToItsEnd_data();
    void playsALessonToItsEnd();
    void offersTheSessionThatWasCutOff();

private:
    void openWindow();
    TrafficModel &traffic() { return m_window->traffic().model(); }
    void sendPut();

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowHands> m_hands;
};

void FirstLabTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"roundtrip-test"_s);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    m_theme = std::make_unique<Theme>(*qApp);
}

void FirstLabTest::openWindow()
{
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
}

void FirstLabTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin).*"_s));
    QSettings().clear();
    openWindow();
}

void FirstLabTest::cleanup()
{
    m_hands.reset();
    if (m_window)
        m_window->close();
    m_window.reset();
}

/// PUT from the app's page to an API that allows exactly this page.
void FirstLabTest::sendPut()
{
    QVERIFY(m_hands->click(u"server.cors.enabled"_s));
    m_window->revealOption("server.cors.origin");
    QVERIFY(m_hands->choose(u"server.cors.origin.mode"_s, u"One origin"_s));
    QVERIFY(m_hands->type(u"server.cors.origin"_s, u"http://app.shop.test:3000"_s));
    QCOMPARE(m_window->document().config().setting("server.cors.origin"),
             JsValue(u"http://app.shop.test:3000"_s));
    JsValue request = JsValue::object();
    request.insert(u"method"_s, JsValue(u"PUT"_s));
    request.insert(u"path"_s, JsValue(u"/api/user"_s));
    JsValue body = JsValue::object();
    body.insert(u"name"_s, JsValue(u"Grace"_s));
    request.insert(u"json"_s, body);
    JsValue action = JsValue::object();
    action.insert(u"send"_s, request);
    QVERIFY2(m_hands->perform(action), qPrintable(m_hands->trouble()));
    QTRY_COMPARE(traffic().totalExchanges(), 2);
    QTRY_COMPARE(m_window->lab().callsInFlight(), 0);
}

void FirstLabTest::tellsWhichOptionSetEachHeader()
{
    sendPut();
    QVERIFY(m_hands->openTab(u"inspector.tabs"_s, u"Headers"_s));
    const auto *view = m_window->inspector().findChild<QTableView *>(u"inspector.headers"_s);
    const auto *headers = qobject_cast<const HeaderModel *>(view->model());
    QVERIFY(headers);
    QHash<QByteArray, QByteArray> optionOf;
    for (int row = 0; row < headers->rowCount(); ++row) {
        const HeaderRow &field = headers->row(row);
        if (field.name.startsWith(u"Access-Control-") && !field.absent)
            optionOf.insert(field.name.toUtf8(), field.option);
    }
    QCOMPARE(optionOf.value("Access-Control-Allow-Origin"), QByteArray("server.cors.origin"));

    // The preflight under it carries the rest.
    const auto exchanges = m_window->store()->exchangesOf(m_window->selection().call());
    QCOMPARE(exchanges.size(), 2U);
    m_window->selection().selectExchange(exchanges.front().id, m_window->selection().call());
    const int methods = headers->rowOfHeader("Access-Control-Allow-Methods");
    QVERIFY(methods >= 0);
    QCOMPARE(headers->row(methods).option, QByteArray("server.cors.methods"));
    QVERIFY(headers->row(methods).optionIsDefault);
    const int allowed = headers->rowOfHeader("Access-Control-Allow-Headers");
    QVERIFY(allowed >= 0);
    QCOMPARE(headers->row(allowed).option, QByteArray("server.cors.allowedHeaders"));
    const int origin = headers->rowOfHeader("Access-Control-Allow-Origin");
    QVERIFY(!headers->row(origin).optionIsDefault);
    QVERIFY(headers->row(origin).codeLine > 0);
}

void FirstLabTest::foldsThePreflightUnderItsRequest()
{
    sendPut();
    QTRY_COMPARE(traffic().rowCount(), 2);
    const auto text
        = [this](int row, int column) { return traffic().index(row, column).data().toString(); };
    QCOMPARE(text(0, TrafficModel::Method), u"PUT"_s);
    QCOMPARE(text(1, TrafficModel::Method), u"OPTIONS"_s);
    QVERIFY(traffic().index(1, 0).data(TrafficModel::ChildRole).toBool());
    TrafficView &list = m_window->traffic().view();
    list.setFocus();
    list.setCurrentIndex(traffic().index(0, 0));
    QTest::keyClick(&list, Qt::Key_Left);
    QCOMPARE(traffic().rowCount(), 1);
    QTest::keyClick(&list, Qt::Key_Right);
    QCOMPARE(traffic().rowCount(), 2);
}

void FirstLabTest::exportsAnArchiveOtherToolsRead()
{
    sendPut();
    const QString file = m_folder.filePath(u"traffic.har"_s);
    QVERIFY(m_hands->commandWithFile(u"file.export.har"_s, file));
    QTRY_VERIFY(QFile::exists(file));
    QCOMPARE(harSchemaFault(file), QString());
}

void FirstLabTest::playsALessonToItsEnd_data()
{
    QTest::addColumn<QString>("lesson");
    for (const char *lesson :
         {"pipeline", "cors-preflight-cache", "helmet-baseline", "compression"})
        QTest::addRow("%s", lesson) << QString::fromLatin1(lesson);
}

/// One lesson of each track that needs nothing but the client and the server panel.
void FirstLabTest::playsALessonToItsEnd()
{
    QFETCH(QString, lesson);
    QVERIFY(m_hands->click(u"lesson.row."_s + lesson));
    LessonRunner &runner = m_window->runner();
    QVERIFY(runner.isRunning());
    for (const Step &step : runner.lesson().steps) {
        const int number = runner.currentStep();
        QCOMPARE(runner.lesson().steps.at(static_cast<size_t>(number)).id, step.id);
        for (const JsValue &action : step.solution) {
            QTRY_COMPARE(m_window->lab().callsInFlight(), 0);
            QVERIFY2(m_hands->perform(action), qPrintable(step.id + u": "_s + m_hands->trouble()));
        }
        QTRY_VERIFY2(runner.currentStep() > number, qPrintable(step.id));
    }
    QVERIFY(runner.isFinished());
    QTRY_VERIFY(m_window->findChild<QWidget *>(u"lesson.finished"_s)->isVisible());
}

void FirstLabTest::offersTheSessionThatWasCutOff()
{
    sendPut();
    // What a killed program leaves behind: its session file, as it was when nothing closed it.
    const QString left = m_folder.filePath(u"left"_s);
    QVERIFY(QDir().mkpath(left));
    m_window->store()->flush();
    const QDir sessions(m_folder.filePath(u"sessions"_s));
    for (const QFileInfo &file :
         sessions.entryInfoList({u"*.rtcap"_s, u"*.rtcap-wal"_s}, QDir::Files))
        QVERIFY(QFile::copy(file.filePath(), left + u'/' + file.fileName()));
    MainWindow next(*m_theme, LabSetup(), left);
    next.show();
    const auto *sentence = next.findChild<QLabel *>(u"notice.sentence"_s);
    QVERIFY2(sentence->text().contains(u"not closed properly"), qPrintable(sentence->text()));
    next.findChild<QAbstractButton *>(u"notice.action"_s)->click();
    QTRY_COMPARE(next.traffic().model().totalExchanges(), 2);
}

QTEST_MAIN(FirstLabTest)
#include "tst_firstlab.moc"
