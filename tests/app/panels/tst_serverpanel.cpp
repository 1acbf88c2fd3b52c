// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/codeview.h"
#include "forms/optionform.h"
#include "forms/optionrow.h"
#include "lab/labsession.h"
#include "lab/replay.h"
#include "models/labdocument.h"
#include "panels/codepanel.h"
#include "panels/servercard.h"
#include "panels/servercardheader.h"
#include "panels/servercardlist.h"
#include "panels/serverchanges.h"
#include "panels/serverpanel.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace rt;
using namespace Qt::StringLiterals;

/// The server panel and the code beside it, used as a learner does: mouse, keyboard and a server
/// that really answers.
class ServerPanelTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void dragReordersTheStackAndTheHeaders();
    void keysReorderTheStack();
    void brokenOriginSaysWhy_data();
    void brokenOriginSaysWhy();
    void refusedPolicyShowsThePackagesWords();
    void changedLineIsTintedForAMoment();
    void hoveringAnOptionMarksItsLine();
    void lineMarksItsOption();
    void everyChangeCanBeTakenBack();
    void searchFindsOptionsInAllCards();
    void listsWhatChangedSinceTheStart();
    void comparesWithTheLastRequest();
    void presetLeavesTheClientAlone();
    void switchingAParkedStageOnMountsIt();
    void directivesAreEditedOneByOne();
    void fixedHeadersReachTheWire();
    void everyOptionHasAControl();

private:
    QByteArrayList headerNames();
    void drag(const char *stage, const char *above);
    template<typename T> T *part(const QString &name) { return m_window->findChild<T *>(name); }
    void type(const QString &name, const QString &text);
    void set(const QByteArray &path, const JsValue &value);
    void save(const QString &name);

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<LabSession> m_lab;
    std::unique_ptr<LabDocument> m_document;
    std::unique_ptr<QWidget> m_window;
    ServerPanel *m_server = nullptr;
    CodePanel *m_code = nullptr;
};

void ServerPanelTest::initTestCase()
{
    m_theme = std::make_unique<Theme>(*qApp);
    m_theme->setChoice(Theme::Choice::Light);
}

void ServerPanelTest::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin).*"_s));
    LabSetup setup;
    setup.apiPort = 0;
    setup.sitePort = 0;
    setup.withSite = false;
    m_lab = std::make_unique<LabSession>(setup);
    QVERIFY(m_lab->start());
    m_document = std::make_unique<LabDocument>(*m_lab);
    m_window = std::make_unique<QWidget>();
    auto *row = new QHBoxLayout(m_window.get());
    m_server = new ServerPanel(*m_document, *m_theme, m_window.get());
    m_code = new CodePanel(*m_document, *m_theme, m_window.get());
    row->addWidget(m_server);
    row->addWidget(m_code);
    connect(m_server, &ServerPanel::optionHovered, m_code, &CodePanel::markOption);
    connect(m_code, &CodePanel::optionHovered, m_server, &ServerPanel::markOption);
    m_window->resize(900, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ServerPanelTest::cleanup()
{
    m_window.reset();
    m_document.reset();
    m_lab.reset();
}

QByteArrayList ServerPanelTest::headerNames()
{
    Replay replay(m_lab->servers().listeners.front().port,
                  {{"GET", "GET /ping HTTP/1.1\r\nHost: api.shop.test:8000\r\n\r\n"}});
    QByteArrayList names;
    bool answered = false;
    replay.start([&](size_t, const ReplayedAnswer &answer) {
        for (const HeaderField &field : answer.head.headers)
            names.append(field.name);
        answered = true;
    });
    return QTest::qWaitFor([&answered] { return answered; }) ? names : QByteArrayList();
}

/// Takes the stage by its handle and drops it above another one.
void ServerPanelTest::drag(const char *stage, const char *above)
{
    auto *grip = part<StageGrip>(u"server.order."_s + QLatin1StringView(stage));
    const ServerCard *target = m_server->list()->card(above);
    QVERIFY(grip && target);
    const QPoint from = grip->rect().center();
    const QPoint drop = grip->mapFromGlobal(target->mapToGlobal(QPoint(20, 2)));
    QTest::mousePress(grip, Qt::LeftButton, {}, from);
    for (const QPoint &at : {from + QPoint(0, -8), (from + drop) / 2, drop}) {
        QMouseEvent move(QEvent::MouseMove, at, grip->mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                         {});
        QApplication::sendEvent(grip, &move);
    }
    QTest::mouseRelease(grip, Qt::LeftButton, {}, drop);
}

void ServerPanelTest::type(const QString &name, const QString &text)
{
    auto *edit = part<QLineEdit>(name);
    QVERIFY2(edit, qPrintable(name));
    edit->setFocus();
    edit->selectAll();
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Return);
}

void ServerPanelTest::set(const QByteArray &path, const JsValue &value)
{
    const auto done = m_document->setOption(path, value);
    QVERIFY2(done, done ? "" : qPrintable(done.error().message));
}

void ServerPanelTest::save(const QString &name)
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
            u"%1/server-%2-%3.png"_s.arg(folder, name, QLatin1StringView(theme))));
    }
    m_theme->setChoice(Theme::Choice::Light);
}

void ServerPanelTest::dragReordersTheStackAndTheHeaders()
{
    QVERIFY(m_document->setEnabled("cors", true));
    QVERIFY(m_document->setEnabled("helmet", true));
    QByteArrayList names = headerNames();
    QVERIFY(names.indexOf("Content-Security-Policy")
            < names.indexOf("Access-Control-Allow-Origin"));
    drag("cors", "helmet");
    QCOMPARE(m_document->order().first(), QByteArray("cors"));
    QCOMPARE(m_server->list()->cards().front()->stage(), QByteArray("cors"));
    names = headerNames();
    QVERIFY(names.contains("Access-Control-Allow-Origin"));
    QVERIFY(names.indexOf("Access-Control-Allow-Origin")
            < names.indexOf("Content-Security-Policy"));
    QCOMPARE(m_document->undoStack().undoText(), u"Change the order"_s);
}

void ServerPanelTest::keysReorderTheStack()
{
    ServerCardHeader *header = m_server->list()->card("cors")->header();
    header->setFocus(Qt::TabFocusReason);
    QTest::keyClick(header, Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(header, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(m_document->order().first(), QByteArray("cors"));
    QVERIFY(header->hasFocus());
    QVERIFY2(header->accessibleName().contains(u"1 of 15"_s), qPrintable(header->accessibleName()));
    QTest::keyClick(header, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(m_document->order().at(1), QByteArray("cors"));
}

void ServerPanelTest::brokenOriginSaysWhy_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("said");
    QTest::addColumn<bool>("refused");
    QTest::addRow("no pattern") << u"/(/"_s << u"regular expression"_s << true;
    QTest::addRow("no list") << u"[\"http://a\""_s << u"Not JSON"_s << true;
    QTest::addRow("a slash at the end")
        << u"http://app.shop.test:3000/"_s << u"end after host and port"_s << false;
    QTest::addRow("no scheme") << u"app.shop.test"_s << u"begin with http://"_s << false;
}

void ServerPanelTest::brokenOriginSaysWhy()
{
    QFETCH(QString, typed);
    QFETCH(QString, said);
    QFETCH(bool, refused);
    set("server.cors.enabled", JsValue(true));
    QVERIFY(m_server->revealOption("server.cors.origin"));
    type(u"server.cors.origin"_s, typed);
    const OptionRow *row = m_server->list()->card("cors")->form()->row("server.cors.origin");
    const auto labels = row->findChildren<QLabel *>();
    const bool shown = std::any_of(labels.begin(), labels.end(), [&said](const QLabel *label) {
        return label->isVisible() && label->text().contains(said);
    });
    QVERIFY(shown);
    QCOMPARE(!row->error().isEmpty(), refused);
    save(u"broken-origin"_s);
    if (refused)
        return;
    const QString line = u"  origin: '%1',"_s.arg(typed);
    const qsizetype number = m_code->view()->toPlainText().split(u'\n').indexOf(line) + 1;
    QVERIFY(m_code->view()->tintedLines().contains(static_cast<int>(number)));
}

void ServerPanelTest::refusedPolicyShowsThePackagesWords()
{
    set("server.helmet.enabled", JsValue(true));
    QVERIFY(m_server->revealOption("server.helmet.contentSecurityPolicy.directives"));
    const QString path = u"server.helmet.contentSecurityPolicy.directives"_s;
    type(path + u".name.0"_s, u"scriptSrc"_s);
    type(path + u".value.0"_s, u"'self'; *"_s);
    const OptionRow *row = m_server->list()->card("helmet")->form()->row(path.toUtf8());
    QVERIFY2(
        row->error().contains(
            u"Content-Security-Policy received an invalid directive value for \"script-src\""_s),
        qPrintable(row->error()));
    QCOMPARE(m_document->config().setting(path.toUtf8()), JsValue::object());
    save(u"refused-policy"_s);
}

void ServerPanelTest::changedLineIsTintedForAMoment()
{
    set("server.cors.enabled", JsValue(true));
    set("server.cors.maxAge", JsValue(600));
    const QStringList lines = m_code->view()->toPlainText().split(u'\n');
    const int number = static_cast<int>(lines.indexOf(u"  maxAge: 600,"_s)) + 1;
    QCOMPARE(m_code->view()->tintedLines(), QList<int> {number});
    QTRY_VERIFY_WITH_TIMEOUT(m_code->view()->tintedLines().isEmpty(), 8000);
}

void ServerPanelTest::hoveringAnOptionMarksItsLine()
{
    set("server.cors.enabled", JsValue(true));
    set("server.cors.maxAge", JsValue(600));
    QVERIFY(m_server->showOption("server.cors.maxAge"));
    OptionRow *row = m_server->list()->card("cors")->form()->row("server.cors.maxAge");
    QEnterEvent enter(QPointF(2, 2), QPointF(2, 2), row->mapToGlobal(QPointF(2, 2)));
    QApplication::sendEvent(row, &enter);
    QCOMPARE(m_code->view()->markedLines(),
             QList<int> {CodePanel::lineOf(m_document->config(), "server.cors.maxAge")});
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(row, &leave);
    QVERIFY(m_code->view()->markedLines().isEmpty());
}

void ServerPanelTest::lineMarksItsOption()
{
    set("server.helmet.enabled", JsValue(true));
    JsValue directives = JsValue::object();
    directives.insert(u"scriptSrc"_s, JsValue::stringArray({u"'self'"_s}));
    set("server.helmet.contentSecurityPolicy.directives", directives);
    QByteArray activated;
    connect(m_code, &CodePanel::optionActivated, this,
            [&activated](const QByteArray &path) { activated = path; });
    const QStringList lines = m_code->view()->toPlainText().split(u'\n');
    const auto literal = static_cast<int>(lines.indexOf(u"      scriptSrc: [\"'self'\"],"_s)) + 1;
    QVERIFY2(literal > 0, qPrintable(lines.join(u'\n')));
    emit m_code->view()->lineClicked(literal);
    QCOMPARE(activated, "server.helmet.contentSecurityPolicy.directives.scriptSrc");
    QVERIFY(m_server->revealOption(activated));
    const ServerCard *card = m_server->list()->card("helmet");
    QCOMPARE(card->form()->row(activated)->path(),
             "server.helmet.contentSecurityPolicy.directives");
}

void ServerPanelTest::everyChangeCanBeTakenBack()
{
    const LabConfig before = m_document->config();
    QTest::mouseClick(part<QAbstractButton>(u"server.cors.enabled"_s), Qt::LeftButton);
    QVERIFY(m_server->revealOption("server.cors.maxAge"));
    type(u"server.cors.maxAge"_s, u"600"_s);
    auto *undo = part<QToolButton>(u"server.undo"_s);
    auto *redo = part<QToolButton>(u"server.redo"_s);
    QCOMPARE(undo->toolTip(), u"Undo: Change cors maxAge"_s);
    emit undo->menu()->aboutToShow();
    QCOMPARE(undo->menu()->actions().size(), 2);
    QCOMPARE(undo->menu()->actions().at(1)->text(), u"Switch cors on"_s);
    const LabConfig after = m_document->config();
    undo->menu()->actions().at(1)->trigger();
    QVERIFY(m_document->config() == before);
    QVERIFY(!undo->isEnabled());
    QTest::mouseClick(redo, Qt::LeftButton);
    QTest::mouseClick(redo, Qt::LeftButton);
    QVERIFY(m_document->config() == after);
    QCOMPARE(part<QLineEdit>(u"server.cors.maxAge"_s)->text(), u"600"_s);
}

void ServerPanelTest::searchFindsOptionsInAllCards()
{
    auto *search = part<QLineEdit>(u"serverSearch"_s);
    QVERIFY(search->isVisible());
    QTest::keyClicks(search, u"maxAge"_s);
    const ServerCard *cors = m_server->list()->card("cors");
    QVERIFY(cors->isVisible() && cors->isOpen());
    QVERIFY(cors->form()->row("server.cors.maxAge")->isVisible());
    QVERIFY(!cors->form()->row("server.cors.methods")->isVisible());
    QVERIFY(m_server->list()->card("helmet")->isOpen());
    QVERIFY(!m_server->list()->card("compression")->isVisible());
    save(u"search"_s);
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(search->text().isEmpty());
    QVERIFY(m_server->list()->card("compression")->isVisible());
    QVERIFY(cors->form()->row("server.cors.methods")->isVisibleTo(cors->form()));
}

void ServerPanelTest::listsWhatChangedSinceTheStart()
{
    auto *title = part<QToolButton>(u"server.changes.list"_s);
    QCOMPARE(title->text(), u"Nothing changed since"_s);
    set("server.cors.enabled", JsValue(true));
    set("server.cors.maxAge", JsValue(600));
    m_document->moveStage("cors", -1);
    QCOMPARE(title->text(), u"3 changed since"_s);
    QTest::mouseClick(title, Qt::LeftButton);
    save(u"changes"_s);
    auto *revert = part<QToolButton>(u"server.changes.revert.server.cors.maxAge"_s);
    QVERIFY(revert);
    QTest::mouseClick(revert, Qt::LeftButton);
    QVERIFY(m_document->config().setting("server.cors.maxAge").isUndefined());
    QVERIFY(m_document->isEnabled("cors"));
    QCOMPARE(m_document->undoStack().undoText(), u"Take cors maxAge back"_s);
    QTest::mouseClick(part<QAbstractButton>(u"server.changes.revertAll"_s), Qt::LeftButton);
    QVERIFY(m_document->config() == LabConfig::base());
    QCOMPARE(title->text(), u"Nothing changed since"_s);
}

void ServerPanelTest::comparesWithTheLastRequest()
{
    using Reference = LabDocument::Reference;
    set("server.cors.enabled", JsValue(true));
    m_document->markReference(Reference::LastRequest);
    set("server.cors.credentials", JsValue(true));
    m_server->changes()->setReference(Reference::LastRequest);
    QCOMPARE(m_document->changesSince(Reference::LastRequest),
             QByteArrayList {"server.cors.credentials"});
    QCOMPARE(part<QToolButton>(u"server.changes.list"_s)->text(), u"1 changed since"_s);
    m_document->forgetReference(Reference::LastRequest);
    QCOMPARE(m_server->changes()->reference(), Reference::Start);
}

void ServerPanelTest::presetLeavesTheClientAlone()
{
    set("client.page", JsValue(u"http://evil.test:6660"_s));
    auto *menu = part<QToolButton>(u"server.presets"_s)->menu();
    emit menu->aboutToShow();
    const auto actions = menu->actions();
    QVERIFY(actions.size() >= 4);
    actions.at(1)->trigger();
    QVERIFY(m_document->isEnabled("cors"));
    QCOMPARE(m_document->config().setting("client.page"), JsValue(u"http://evil.test:6660"_s));
    QVERIFY(m_document->undoStack().undoText().startsWith(u"Preset: "_s));
    QVERIFY(m_document->changesSince(LabDocument::Reference::Start).isEmpty());
}

void ServerPanelTest::switchingAParkedStageOnMountsIt()
{
    QVERIFY(!m_document->order().contains("raw"));
    ServerCard *raw = m_server->list()->card("raw");
    QVERIFY(raw && raw->isVisibleTo(m_server->list()));
    QVERIFY(!raw->header()->grip()->isEnabled());
    QVERIFY(m_document->setEnabled("raw", true));
    QVERIFY(m_document->order().contains("raw"));
    QVERIFY(raw->header()->grip()->isEnabled());
}

void ServerPanelTest::directivesAreEditedOneByOne()
{
    const QString path = u"server.helmet.contentSecurityPolicy.directives"_s;
    set("server.helmet.enabled", JsValue(true));
    QVERIFY(m_server->revealOption(path.toUtf8()));
    type(path + u".name.0"_s, u"imgSrc"_s);
    type(path + u".value.0"_s, u"'self' data:"_s);
    type(path + u".name.1"_s, u"objectSrc"_s);
    type(path + u".value.1"_s, u"null"_s);
    const JsValue directives = m_document->config().setting(path.toUtf8());
    QCOMPARE(directives[u"imgSrc"], JsValue::stringArray({u"'self'"_s, u"data:"_s}));
    QVERIFY(directives[u"objectSrc"].isNull());
    save(u"directives"_s);
    type(path + u".value.0"_s, u"*"_s);
    QCOMPARE(m_document->config().setting(path.toUtf8())[u"imgSrc"],
             JsValue::stringArray({u"*"_s}));
}

void ServerPanelTest::fixedHeadersReachTheWire()
{
    QVERIFY(m_server->revealOption("server.headers"));
    type(u"server.headers.name.0"_s, u"X-Lab"_s);
    type(u"server.headers.value.0"_s, u"one"_s);
    QVERIFY(headerNames().contains("X-Lab"));
    QCOMPARE(m_document->undoStack().undoText(), u"Change headers"_s);
    m_document->undoStack().undo();
    QVERIFY(!headerNames().contains("X-Lab"));
}

void ServerPanelTest::everyOptionHasAControl()
{
    for (const MiddlewareInfo &info : middlewareCatalog()) {
        for (const OptionSpec &spec : info.options) {
            const QByteArray path = "server." + info.name + '.' + spec.name;
            QVERIFY2(m_server->showOption(path), path);
            QVERIFY2(m_server->list()->cardOf(path)->form()->row(path), path);
        }
    }
    const JsValue flat = m_document->config().flattened();
    for (const QString &name : flat.keys()) {
        const QByteArray path = "server." + name.toUtf8();
        const bool elsewhere = name.startsWith(u"client.") || name == u"order"
            || name.endsWith(u".enabled") || name.endsWith(u".paths");
        QVERIFY2(elsewhere || m_server->showOption(path), path);
    }
}

QTEST_MAIN(ServerPanelTest)
#include "tst_serverpanel.moc"
