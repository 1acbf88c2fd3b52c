// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/exchangestages.h"

#include "capture/capturestore.h"
#include "hands/windowhands.h"
#include "mainwindow.h"
#include "models/stagemodel.h"
#include "panels/exchangepanel.h"
#include "widgets/richview.h"
#include "workspace.h"

#include <QApplication>
#include <QDir>
#include <QListView>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// The middleware microscope on real traffic: a learner steps through the stack with the keyboard
/// and reads what each stage did.
class ExchangeStagesTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void opensAtTheStageThatAnswered();
    void stepsWithTheArrowKeys();
    void showsEachDifferenceAsASignToo();
    void tellsALateChangeFromAnEarlyOne();
    void saysWhereTheChainEndedAndWhatDidNotRun();
    void clickingAStageShowsItsOptionAndCanBeTheProof();
    void keepsTheStepWhenMoreIsKnown();
    void standsAboveTheDetailsWhenNarrow();
    void looksRight_data();
    void looksRight();

private:
    ExchangeStages &page();
    const StageModel &steps();
    QString detail() { return page().detail()->toPlainText(); }
    void goTo(StackStep::Kind kind, const QByteArray &stage);
    void send(const QByteArray &action);

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowHands> m_hands;
};

void ExchangeStagesTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"roundtrip-test"_s);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    m_theme = std::make_unique<Theme>(*qApp);
}

void ExchangeStagesTest::init()
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
    for (const char *stage : {"compression", "cors", "hpp"})
        m_window->document().setEnabled(stage, true);
    m_window->inspector().setPage(ExchangePanel::Page::Stages);
}

void ExchangeStagesTest::cleanup()
{
    m_hands.reset();
    m_window->close();
    m_window.reset();
}

ExchangeStages &ExchangeStagesTest::page()
{
    return *static_cast<ExchangeStages *>(m_window->inspector().page(ExchangePanel::Page::Stages));
}

const StageModel &ExchangeStagesTest::steps()
{
    return *static_cast<const StageModel *>(page().list()->model());
}

void ExchangeStagesTest::goTo(StackStep::Kind kind, const QByteArray &stage)
{
    const int row = steps().rowOf(kind, stage);
    QVERIFY2(row >= 0, stage.constData());
    page().list()->setCurrentIndex(steps().index(row));
}

/// One request by hand; returns when the inspector shows its answer.
void ExchangeStagesTest::send(const QByteArray &action)
{
    const JsValue wanted = std::get<JsValue>(parseJson(action));
    QVERIFY2(m_hands->perform(wanted), qPrintable(m_hands->trouble()));
    QTRY_COMPARE(m_window->lab().callsInFlight(), 0);
    QTRY_VERIFY(steps().rowCount() > 0);
    QTRY_VERIFY(steps().rowOf(StackStep::Kind::Wire, {}) > 0);
}

void ExchangeStagesTest::opensAtTheStageThatAnswered()
{
    send(R"({"send":{"path":"/api/items"}})");
    const int row = page().list()->currentIndex().row();
    QCOMPARE(steps().step(row).stage, QByteArray("routes"));
    QVERIFY2(detail().contains(u"the chain ends here"), qPrintable(detail()));
    QVERIFY2(detail().contains(u"res.json answered with"), qPrintable(detail()));
}

void ExchangeStagesTest::stepsWithTheArrowKeys()
{
    send(R"({"send":{"path":"/api/items"}})");
    QListView &list = *page().list();
    list.setFocus();
    const int row = list.currentIndex().row();
    QTest::keyClick(&list, Qt::Key_Left);
    QCOMPARE(list.currentIndex().row(), row - 1);
    QTest::keyClick(&list, Qt::Key_Right);
    QTest::keyClick(&list, Qt::Key_Right);
    QCOMPARE(list.currentIndex().row(), row + 1);
    // From the text, too: that is where the eyes are.
    page().detail()->setFocus();
    QTest::keyClick(page().detail(), Qt::Key_Left);
    QCOMPARE(list.currentIndex().row(), row);
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(&list, Qt::Key_Left);
    QCOMPARE(list.currentIndex().row(), 0);
    QVERIFY2(detail().contains(u"No middleware has seen the request yet"), qPrintable(detail()));
}

void ExchangeStagesTest::showsEachDifferenceAsASignToo()
{
    send(R"({"send":{"path":"/api/user?role=user&role=admin"}})");
    goTo(StackStep::Kind::Stage, "cors");
    QVERIFY2(detail().contains(QRegularExpression(u"\\+\\s*Access-Control-Allow-Origin: \\*"_s)),
             qPrintable(detail()));
    goTo(StackStep::Kind::Stage, "hpp");
    QVERIFY2(
        detail().contains(QRegularExpression(u"~\\s*req\\.query = \\{\"role\":\"admin\"\\}"_s)),
        qPrintable(detail()));
    QVERIFY2(detail().contains(u"was {\"role\":[\"user\",\"admin\"]}"), qPrintable(detail()));
    QVERIFY(steps()
                .data(page().list()->currentIndex(), Qt::AccessibleTextRole)
                .toString()
                .contains(u"only the last value stays"));
}

void ExchangeStagesTest::tellsALateChangeFromAnEarlyOne()
{
    send(R"({"send":{"path":"/api/data?bytes=412"}})");
    goTo(StackStep::Kind::Stage, "compression");
    QVERIFY2(!detail().contains(u"Skipped"), qPrintable(detail()));
    goTo(StackStep::Kind::Callback, "compression");
    QVERIFY2(detail().contains(u"412 bytes is below the threshold of 1024"), qPrintable(detail()));
    QVERIFY2(detail().contains(QRegularExpression(u"\\+\\s*Vary: Accept-Encoding"_s)),
             qPrintable(detail()));
    QVERIFY2(detail().contains(u"reverse order"), qPrintable(detail()));
}

void ExchangeStagesTest::saysWhereTheChainEndedAndWhatDidNotRun()
{
    send(R"({"send":{"method":"PUT","path":"/api/user","json":{"name":"Grace"}}})");
    QTRY_COMPARE(m_window->store()->exchangesOf(m_window->selection().call()).size(), size_t(2));
    const auto exchanges = m_window->store()->exchangesOf(m_window->selection().call());
    m_window->selection().selectExchange(exchanges.front().id, m_window->selection().call());
    QCOMPARE(steps().step(page().list()->currentIndex().row()).stage, QByteArray("cors"));
    QVERIFY2(detail().contains(u"cors answers every OPTIONS request itself"), qPrintable(detail()));
    goTo(StackStep::Kind::NotReached, "routes");
    QVERIFY2(detail().contains(u"did not run"), qPrintable(detail()));
}

void ExchangeStagesTest::clickingAStageShowsItsOptionAndCanBeTheProof()
{
    send(R"({"send":{"path":"/api/items"}})");
    const QSignalSpy picks(&m_window->selection(), &Selection::fieldPicked);
    QListView &list = *page().list();
    const QModelIndex cors = steps().index(steps().rowOf(StackStep::Kind::Stage, "cors"));
    list.scrollTo(cors);
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualRect(cors).center());
    QCOMPARE(list.currentIndex(), cors);
    QCOMPARE(m_window->selection().option(), QByteArray("server.cors"));
    QVERIFY(!picks.isEmpty());
    QCOMPARE(picks.last().at(1).toString(), u"visited"_s);
    // Walking with the keys is no answer to a question.
    const qsizetype before = picks.size();
    QTest::keyClick(&list, Qt::Key_Right);
    QCOMPARE(picks.size(), before);
}

void ExchangeStagesTest::keepsTheStepWhenMoreIsKnown()
{
    send(R"({"send":{"path":"/api/items"}})");
    goTo(StackStep::Kind::Stage, "cors");
    m_window->inspector().refresh();
    QCOMPARE(steps().step(page().list()->currentIndex().row()).stage, QByteArray("cors"));
}

void ExchangeStagesTest::standsAboveTheDetailsWhenNarrow()
{
    send(R"({"send":{"path":"/api/items"}})");
    QCOMPARE(page().list()->flow(), QListView::TopToBottom);
    m_window->resize(1024, 700);
    QTRY_COMPARE(page().list()->flow(), QListView::LeftToRight);
    QVERIFY(page().list()->isHidden()); // too low even for that: the buttons still walk
    QTRY_VERIFY(page().detail()->height() > 40);
    m_window->resize(1024, 1400);
    QTRY_VERIFY(!page().list()->isHidden());
    QVERIFY(page().detail()->height() > page().list()->height());
    m_window->resize(1600, 1000);
    QTRY_COMPARE(page().list()->flow(), QListView::TopToBottom);
}

void ExchangeStagesTest::looksRight_data()
{
    QTest::addColumn<Theme::Choice>("choice");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("scale");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::addRow("light") << Theme::Choice::Light << QSize(1600, 1000) << 1.0 << Qt::LeftToRight;
    QTest::addRow("dark") << Theme::Choice::Dark << QSize(1600, 1000) << 1.0 << Qt::LeftToRight;
    QTest::addRow("narrow") << Theme::Choice::Light << QSize(1024, 700) << 1.0 << Qt::LeftToRight;
    QTest::addRow("twice") << Theme::Choice::Light << QSize(3200, 2000) << 2.0 << Qt::LeftToRight;
    QTest::addRow("rtl") << Theme::Choice::Dark << QSize(1600, 1000) << 1.0 << Qt::RightToLeft;
}

/// Pictures for people to judge, when RT_SHOTS names a folder.
void ExchangeStagesTest::looksRight()
{
    QFETCH(Theme::Choice, choice);
    QFETCH(QSize, size);
    QFETCH(double, scale);
    QFETCH(Qt::LayoutDirection, direction);
    m_theme->setChoice(choice);
    m_theme->setTextScale(scale);
    QApplication::setLayoutDirection(direction);
    m_window->resize(size);
    send(R"({"send":{"path":"/api/user?role=user&role=admin"}})");
    const QString folder = qEnvironmentVariable("RT_SHOTS");
    const std::pair<StackStep::Kind, QByteArray> shown[]
        = {{StackStep::Kind::Stage, "hpp"},
           {StackStep::Kind::Stage, "cors"},
           {StackStep::Kind::Callback, "compression"}};
    for (const auto &[kind, stage] : shown) {
        goTo(kind, stage);
        QCoreApplication::processEvents();
        const QPixmap picture = m_window->grab();
        QVERIFY(!picture.isNull());
        if (!folder.isEmpty() && QDir().mkpath(folder))
            QVERIFY(picture.save(u"%1/stages-%2-%3.png"_s.arg(
                folder, QString::fromLatin1(stage), QString::fromUtf8(QTest::currentDataTag()))));
    }
    m_theme->setChoice(Theme::Choice::Light);
    m_theme->setTextScale(1.0);
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

QTEST_MAIN(ExchangeStagesTest)
#include "tst_exchangestages.moc"
