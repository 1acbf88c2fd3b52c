// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "actions.h"
#include "capture/capturestore.h"
#include "forms/codeview.h"
#include "forms/optionform.h"
#include "forms/optionrow.h"
#include "mainwindow.h"
#include "models/headermodel.h"
#include "panels/clientpanel.h"
#include "panels/codepanel.h"
#include "panels/exchangeheaders.h"
#include "panels/exchangepanel.h"
#include "panels/headermarks.h"
#include "panels/servercard.h"
#include "panels/servercardlist.h"
#include "panels/serverpanel.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// Option, code line and header point at each other, in the real window on real traffic.
class OptionMarksTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void optionMarksItsHeadersAndItsLine();
    void headerMarksItsOptionAndItsLine();
    void undoNamesTheStep();
    void exportsTheWholeProject();

private:
    void sendOnce();
    OptionRow *row(const char *stage, const QByteArray &path);
    int headerRow(const QByteArray &name) const;
    void save(const QString &name);

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
    ExchangeHeaders *m_headers = nullptr;
    HeaderMarks *m_marks = nullptr;
};

void OptionMarksTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"roundtrip-test"_s);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    m_theme = std::make_unique<Theme>(*qApp);
}

void OptionMarksTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin).*"_s));
    QSettings().clear();
    LabSetup setup;
    setup.apiPort = 0;
    setup.sitePort = 0;
    m_window = std::make_unique<MainWindow>(*m_theme, setup, m_folder.filePath(u"s"_s));
    m_window->restore(WindowState());
    m_window->resize(1600, 1000);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(m_window->startLab());
    m_headers = m_window->findChild<ExchangeHeaders *>();
    m_marks = m_window->findChild<HeaderMarks *>();
    QVERIFY(m_headers && m_marks);
    sendOnce();
}

void OptionMarksTest::sendOnce()
{
    QVERIFY(m_window->document().setEnabled("cors", true));
    QVERIFY(m_window->document().setOption("server.cors.origin",
                                           JsValue(u"http://app.shop.test:3000"_s)));
    FetchRequest request;
    request.url = "http://api.shop.test:8000/api/items";
    request.method = "GET";
    m_window->client().setRequest(request);
    m_window->client().send();
    QTRY_VERIFY(!m_window->store()->exchanges().empty());
    m_window->selection().selectExchange(m_window->store()->exchanges().back().id, 0);
    QTRY_VERIFY(headerRow("Access-Control-Allow-Origin") >= 0);
}

OptionRow *OptionMarksTest::row(const char *stage, const QByteArray &path)
{
    ServerCard *card = m_window->server().list()->card(stage);
    card->setOpen(true);
    return card->form()->row(path);
}

int OptionMarksTest::headerRow(const QByteArray &name) const
{
    return m_headers->model()->rowOfHeader(name);
}

void OptionMarksTest::save(const QString &name)
{
    const QString folder = qEnvironmentVariable("RT_SHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    for (const auto &[choice, theme] :
         {std::pair(Theme::Choice::Light, "light"), std::pair(Theme::Choice::Dark, "dark")}) {
        m_theme->setChoice(choice);
        QApplication::processEvents();
        QVERIFY(m_window->grab().save(
            u"%1/window-%2-%3.png"_s.arg(folder, name, QLatin1StringView(theme))));
    }
    m_theme->setChoice(Theme::Choice::Light);
}

void OptionMarksTest::optionMarksItsHeadersAndItsLine()
{
    OptionRow *origin = row("cors", "server.cors.origin");
    QEnterEvent enter(QPointF(2, 2), QPointF(2, 2), origin->mapToGlobal(QPointF(2, 2)));
    QApplication::sendEvent(origin, &enter);
    QVERIFY(m_marks->markedRows().contains(headerRow("Access-Control-Allow-Origin")));
    QVERIFY(!m_marks->markedRows().contains(headerRow("Content-Type")));
    const int line = CodePanel::lineOf(m_window->document().config(), "server.cors.origin");
    QVERIFY(line > 0);
    QCOMPARE(m_window->code().view()->markedLines(), QList<int> {line});
    save(u"option-marks"_s);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(origin, &leave);
    QVERIFY(m_marks->markedRows().isEmpty());
    QVERIFY(m_window->code().view()->markedLines().isEmpty());
}

void OptionMarksTest::headerMarksItsOptionAndItsLine()
{
    QTableView *view = m_headers->view();
    const int header = headerRow("Access-Control-Allow-Origin");
    emit view->entered(m_headers->model()->index(header, 0));
    const int line = CodePanel::lineOf(m_window->document().config(), "server.cors.origin");
    QCOMPARE(m_window->code().view()->markedLines(), QList<int> {line});
    QVERIFY(m_marks->markedRows().contains(header));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(view->viewport(), &leave);
    QVERIFY(m_window->code().view()->markedLines().isEmpty());
}

void OptionMarksTest::undoNamesTheStep()
{
    const QAction *undo = m_window->actions().action(u"edit.undo"_s);
    QCOMPARE(undo->text(), u"&Undo: Change cors origin"_s);
    m_window->document().undoStack().undo();
    QCOMPARE(m_window->actions().action(u"edit.redo"_s)->text(), u"&Redo: Change cors origin"_s);
}

void OptionMarksTest::exportsTheWholeProject()
{
    const QString folder = m_folder.filePath(u"project"_s);
    m_window->handlers().exportExpressTo(folder);
    QFile server(folder + u"/server.mjs"_s);
    QVERIFY(server.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(server.readAll()), m_window->code().view()->toPlainText() + u'\n');
    QVERIFY(QFile::exists(folder + u"/package-lock.json"_s));
}

QTEST_MAIN(OptionMarksTest)
#include "tst_optionmarks.moc"
