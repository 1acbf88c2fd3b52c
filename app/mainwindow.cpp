// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "mainwindow.h"

#include "actions.h"
#include "capture/capturestore.h"
#include "dialogs/commandsearch.h"
#include "exporters/format.h"
#include "lesson/lessonloader.h"
#include "lessonsfolder.h"
#include "panels/applicationpanel.h"
#include "panels/clientpanel.h"
#include "panels/codepanel.h"
#include "panels/consolepanel.h"
#include "panels/exchangepanel.h"
#include "panels/identitypanel.h"
#include "panels/lessonpanel.h"
#include "panels/sequencepanel.h"
#include "panels/serverpanel.h"
#include "panels/statusbarpanel.h"
#include "panels/toolbarpanel.h"
#include "panels/tour.h"
#include "panels/trafficpanel.h"
#include "widgets/emptystate.h"
#include "widgets/noticebar.h"
#include "widgets/trafficview.h"
#include "windowties.h"
#include "workspace.h"

#include <QAction>
#include <QCloseEvent>
#include <QFile>
#include <QFileInfo>
#include <QMenuBar>

namespace rt {

MainWindow::MainWindow(Theme &theme, LabSetup setup, const QString &sessions, QWidget *parent)
    : QMainWindow(parent), m_theme(theme), m_lab(std::move(setup)), m_document(m_lab),
      m_runner(m_lab), m_sessions(sessions), m_handlers(*this)
{
    setObjectName(QStringLiteral("window"));
    setWindowTitle(QStringLiteral("Roundtrip"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/roundtrip.svg")));
    setMinimumSize(800, 560);
    m_actions = new Actions(theme, m_handlers, *this);
    m_workspace = new Workspace(*this, theme);
    setupPanels();
    setupBars();
    m_search = new CommandSearch(theme, *this);
    m_tour = new Tour(*this, m_lab, theme, this);
    connectParts();
    loadLessons();
    offerAbandoned();
    setupStore();
    updateConditions();
}

MainWindow::~MainWindow() = default;

void MainWindow::setupPanels()
{
    using Part = Workspace::Part;
    m_lessons = new LessonPanel(m_runner, m_theme, this);
    m_client = new ClientPanel(m_lab, m_document, m_theme, this);
    std::ignore
        = m_client->setSavedFile(QFileInfo(m_sessions).path() + QStringLiteral("/requests.json"));
    m_traffic = new TrafficPanel(m_theme, m_selection, this);
    m_inspector = new ExchangePanel(m_theme, m_selection, m_document, this);
    m_identity = new IdentityPanel(m_document, m_selection, m_theme, this);
    m_application = new ApplicationPanel(m_lab, m_selection, m_theme, this);
    m_console = new ConsolePanel(m_theme, m_selection, this);
    m_sequence = new SequencePanel(m_theme, this);
    m_server = new ServerPanel(m_document, m_theme, this);
    m_code = new CodePanel(m_document, m_theme, this);
    m_lessons->setObjectName(QStringLiteral("lesson"));
    m_client->setObjectName(QStringLiteral("client"));
    m_server->setObjectName(QStringLiteral("server"));
    m_code->setObjectName(QStringLiteral("code"));
    m_application->setObjectName(QStringLiteral("application"));
    m_console->setObjectName(QStringLiteral("console"));
    m_traffic->emptyState().setAction(m_actions->action(QStringLiteral("lab.send")));
    for (const char *id : {"file.export.curl", "traffic.resend", "traffic.applyFix"})
        m_traffic->view().addAction(m_actions->action(QLatin1StringView(id)));
    m_workspace->setPart(Part::Lesson, m_lessons, tr("Lesson"));
    m_workspace->setPart(Part::Client, m_client, tr("Client"));
    m_workspace->setPart(Part::Traffic, m_traffic, tr("Traffic"));
    m_workspace->setPart(Part::Inspector, m_inspector, tr("Inspector"));
    m_workspace->setPart(Part::Sequence, m_sequence, tr("Sequence"));
    m_workspace->setPart(Part::Server, m_server, tr("Server"));
    m_workspace->setPart(Part::Code, m_code, tr("Code"));
    m_workspace->setPart(Part::Identity, m_identity, tr("Identity"));
    m_workspace->setPart(Part::Application, m_application, tr("Application"));
    m_workspace->setPart(Part::Console, m_console, tr("Console"));
}

void MainWindow::setupBars()
{
    m_actions->fill(*menuBar());
    m_toolBar = new ToolBarPanel(m_theme, m_lab, *m_actions, this);
    m_toolBar->setLabName(tr("New"));
    addToolBar(m_toolBar);
    m_status = new StatusBarPanel(m_theme, m_lab, this);
    setStatusBar(m_status);
    m_notice = new NoticeBar(m_theme, this);
    m_workspace->putAbove(m_notice);
}

void MainWindow::setupStore()
{
    auto store = CaptureStore::create(m_sessions);
    if (!store) {
        m_notice->show(store.error().message);
        return;
    }
    m_store = std::move(*store);
    connect(&m_lab, &LabSession::itemsArrived, m_store.get(), &CaptureStore::append);
    showStore();
}

void MainWindow::showStore()
{
    m_selection.clear();
    m_traffic->setStore(store());
    m_inspector->setStore(store());
    m_sequence->setStore(store());
    m_identity->setStore(store());
    m_application->setStore(store());
    m_console->setStore(store());
    m_status->setStore(store());
}

void MainWindow::offerAbandoned()
{
    const QStringList sessions = CaptureStore::abandonedSessions(m_sessions);
    if (sessions.isEmpty())
        return;
    m_notice->show(tr("The last session was not closed properly. What it captured is still there."),
                   tr("Show it"), [this, file = sessions.first()] { openFile(file); });
}

void MainWindow::loadLessons()
{
    std::vector<Lesson> lessons;
    for (LoadedLesson &loaded : rt::loadLessons(lessonsFolder())) {
        if (loaded.lesson.unavailable.isEmpty())
            m_lessonTitles.emplace_back(loaded.lesson.id, loaded.lesson.text().title);
        lessons.push_back(std::move(loaded.lesson));
    }
    m_console->setLessons(ReasonLessons(lessons));
    m_lessons->setLessons(std::move(lessons));
}

void MainWindow::connectParts()
{
    connect(&m_lab, &LabSession::failed, m_notice,
            [this](const Error &error) { m_notice->show(error.message); });
    connect(m_client, &ClientPanel::refused, m_notice,
            [this](const QString &sentence) { m_notice->show(sentence); });
    connect(m_client, &ClientPanel::sent, &m_selection,
            [this](quint64 call) { m_selection.selectExchange(0, call); });
    connect(&m_traffic->model(), &TrafficModel::countsChanged, this, &MainWindow::updateConditions);
    connect(&m_document.undoStack(), &QUndoStack::indexChanged, this,
            &MainWindow::updateConditions);
    connect(m_inspector, &ExchangePanel::refused, m_notice,
            [this](const QString &sentence) { m_notice->show(sentence); });
    connect(m_inspector, &ExchangePanel::mended, m_client, &ClientPanel::resend);
    connect(m_code, &CodePanel::exportRequested,
            m_actions->action(QStringLiteral("file.export.express")), &QAction::trigger);
    connect(m_code, &CodePanel::runRequested, m_actions->action(QStringLiteral("lab.runInNode")),
            &QAction::trigger);
    connect(&m_selection, &Selection::exchangeSelected, this, &MainWindow::showSelected);
    connect(&m_lab, &LabSession::callFinished, this, [this](quint64 call) {
        if (call == m_selection.call())
            showSelected();
    });
    tieSelection(*this);
    tieLessons(*this);
    tieResults(*this);
    tieIdentity(*this);
    tieBrowserTools(*this);
}

void MainWindow::showSelected()
{
    if (m_selection.exchange())
        m_sequence->showExchange(m_selection.exchange());
    else
        m_sequence->showCall(m_selection.call());
    updateConditions();
}

void MainWindow::updateConditions()
{
    m_actions->setHolds(Condition::HasTraffic, m_traffic->model().totalExchanges() > 0);
    m_actions->setHolds(Condition::HasExchange,
                        m_selection.exchange() != 0 || m_selection.call() != 0);
    const QUndoStack &steps = m_document.undoStack();
    m_actions->action(QStringLiteral("edit.undo"))
        ->setText(steps.canUndo() ? tr("&Undo: %1").arg(steps.undoText()) : tr("&Undo setting"));
    m_actions->action(QStringLiteral("edit.redo"))
        ->setText(steps.canRedo() ? tr("&Redo: %1").arg(steps.redoText()) : tr("&Redo setting"));
    m_actions->setHolds(Condition::CanUndo, m_document.undoStack().canUndo());
    m_actions->setHolds(Condition::CanRedo, m_document.undoStack().canRedo());
    m_actions->setHolds(Condition::LessonRunning, m_runner.isRunning());
}

Result<void> MainWindow::startLab()
{
    Result<void> started = m_lab.start();
    if (!started)
        m_notice->show(started.error().message);
    return started;
}

void MainWindow::openFile(const QString &file)
{
    const bool isLab = file.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive);
    if (const auto opened = isLab ? openLab(file) : openCapture(file); !opened)
        m_notice->show(opened.error().message);
}

Result<void> MainWindow::openLab(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return failure(tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    const auto config = LabConfig::fromJson(file.readAll(), QFileInfo(name).fileName());
    if (!config)
        return failure(config.error().message);
    m_document.setConfig(*config, tr("Open %1").arg(QFileInfo(name).fileName()));
    m_toolBar->setLabName(QFileInfo(name).completeBaseName());
    return {};
}

Result<void> MainWindow::openCapture(const QString &name)
{
    const CaptureFormat *format = captureFormat(name);
    if (!format || !format->read) {
        auto store = CaptureStore::open(name);
        if (!store)
            return failure(store.error().message);
        showOpened(std::move(*store), QFileInfo(name).fileName());
        return {};
    }
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return failure(tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    auto capture = format->read(file.readAll());
    if (!capture)
        return failure(capture.error().message);
    auto store = CaptureStore::create(m_sessions + QStringLiteral("/imported"));
    if (!store)
        return failure(store.error().message);
    std::vector<CaptureItem> items(capture->exchanges.begin(), capture->exchanges.end());
    items.insert(items.end(), capture->calls.begin(), capture->calls.end());
    (*store)->append(items);
    showOpened(std::move(*store), QFileInfo(name).fileName());
    return {};
}

void MainWindow::showOpened(std::unique_ptr<CaptureStore> store, const QString &name)
{
    m_traffic->setStore(nullptr);
    m_opened = std::move(store);
    showStore();
    JsValue act = JsValue::object();
    act.insert(QStringLiteral("name"), JsValue(QStringLiteral("har.open")));
    act.insert(QStringLiteral("argument"), JsValue(name));
    static_cast<void>(m_lab.run({"act", act}));
    m_notice->show(tr("This is %1, not the running lab.").arg(name), tr("Back to the lab"), [this] {
        const std::unique_ptr<CaptureStore> closed = std::move(m_opened);
        showStore();
    });
}

void MainWindow::revealOption(const QByteArray &path)
{
    m_workspace->setShown(Workspace::Part::Server, true);
    m_selection.selectOption(path);
    m_server->revealOption(path);
}

quint64 MainWindow::selectedExchange() const
{
    return m_inspector->inspected().exchange ? m_inspector->inspected().exchange->id : 0;
}

void MainWindow::restore(const WindowState &state)
{
    m_theme.setChoice(state.theme);
    m_theme.setTextScale(state.textScale);
    m_actions->setShortcuts(state.shortcuts);
    static constexpr const char *themes[]
        = {"settings.theme.system", "settings.theme.light", "settings.theme.dark"};
    m_actions->action(QLatin1StringView(themes[static_cast<int>(state.theme)]))->setChecked(true);
    if (!restoreGeometry(state.geometry))
        resize(1600, 1000);
    if (!m_workspace->restore(state.workspace))
        m_workspace->arrange(Workspace::Arrangement::Learn);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    WindowState state;
    state.geometry = saveGeometry();
    state.workspace = m_workspace->save();
    state.theme = m_theme.choice();
    state.textScale = m_theme.textScale();
    state.shortcuts = m_actions->changedShortcuts();
    state.save();
    if (m_store)
        m_store->close();
    event->accept();
}

} // namespace rt
