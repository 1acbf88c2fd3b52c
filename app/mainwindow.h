// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "actionhandlers.h"
#include "lab/labsession.h"
#include "lesson/lessonrunner.h"
#include "models/labdocument.h"
#include "selection.h"
#include "windowstate.h"

#include <QMainWindow>

#include <memory>

namespace rt {

class Actions;
class ApplicationPanel;
class CaptureStore;
class ClientPanel;
class CodePanel;
class CommandSearch;
class ConsolePanel;
class ExchangePanel;
class IdentityPanel;
class LessonPanel;
class NoticeBar;
class SequencePanel;
class ServerPanel;
class StatusBarPanel;
class ToolBarPanel;
class Tour;
class TrafficPanel;
class Workspace;

/// The window: owns the lab, its capture and the panels, and ties them together. What commands do
/// is in ActionHandlers, where panels stand in Workspace.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `sessions`: folder of the capture files.
    MainWindow(Theme &theme, LabSetup setup, const QString &sessions, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Starts the servers; the error is shown in the window as well.
    Result<void> startLab();
    /// A lab, capture, HAR or lesson pack.
    void openFile(const QString &file);
    /// Shows the option in the server panel and gives it the keyboard.
    void revealOption(const QByteArray &path);
    /// Enables the commands that can do something now.
    void updateConditions();
    /// The selected exchange, or the last one of the selected call; 0 when there is none.
    quint64 selectedExchange() const;
    /// Id and title of every lesson that can be played.
    const std::vector<std::pair<QString, QString>> &lessonTitles() const { return m_lessonTitles; }
    /// Sizes, panels and shortcuts as they were left.
    void restore(const WindowState &state);

    Theme &theme() { return m_theme; }
    LabSession &lab() { return m_lab; }
    LabDocument &document() { return m_document; }
    LessonRunner &runner() { return m_runner; }
    Selection &selection() { return m_selection; }
    /// What the panels show: the running session, or an opened file.
    CaptureStore *store() { return m_opened ? m_opened.get() : m_store.get(); }
    ActionHandlers &handlers() { return m_handlers; }
    CodePanel &code() { return *m_code; }
    CommandSearch &search() { return *m_search; }
    ServerPanel &server() { return *m_server; }
    Actions &actions() { return *m_actions; }
    Workspace &workspace() { return *m_workspace; }
    ClientPanel &client() { return *m_client; }
    ExchangePanel &inspector() { return *m_inspector; }
    IdentityPanel &identity() { return *m_identity; }
    ApplicationPanel &application() { return *m_application; }
    ConsolePanel &console() { return *m_console; }
    LessonPanel &lessons() { return *m_lessons; }
    SequencePanel &sequence() { return *m_sequence; }
    TrafficPanel &traffic() { return *m_traffic; }
    Tour &tour() { return *m_tour; }
    /// Tells the user something in one sentence, without a dialog.
    NoticeBar &notice() { return *m_notice; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void setupStore();
    void offerAbandoned();
    void showStore();
    void showOpened(std::unique_ptr<CaptureStore> store, const QString &name);
    Result<void> openLab(const QString &file);
    Result<void> openCapture(const QString &file);
    void setupPanels();
    void setupBars();
    void loadLessons();
    void connectParts();
    void showSelected();

    Theme &m_theme;
    LabSession m_lab;
    LabDocument m_document;
    LessonRunner m_runner;
    Selection m_selection;
    std::unique_ptr<CaptureStore> m_store;
    std::unique_ptr<CaptureStore> m_opened;
    QString m_sessions;
    std::vector<std::pair<QString, QString>> m_lessonTitles;
    ActionHandlers m_handlers;
    Actions *m_actions = nullptr;
    Workspace *m_workspace = nullptr;
    CommandSearch *m_search = nullptr;
    ClientPanel *m_client = nullptr;
    CodePanel *m_code = nullptr;
    ExchangePanel *m_inspector = nullptr;
    IdentityPanel *m_identity = nullptr;
    ApplicationPanel *m_application = nullptr;
    ConsolePanel *m_console = nullptr;
    LessonPanel *m_lessons = nullptr;
    SequencePanel *m_sequence = nullptr;
    ServerPanel *m_server = nullptr;
    TrafficPanel *m_traffic = nullptr;
    Tour *m_tour = nullptr;
    NoticeBar *m_notice = nullptr;
    ToolBarPanel *m_toolBar = nullptr;
    StatusBarPanel *m_status = nullptr;
};

} // namespace rt
