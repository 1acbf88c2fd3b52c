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
class CaptureStore;
class ClientPanel;
class CodePanel;
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
    /// Sizes, panels and shortcuts as they were left.
    void restore(const WindowState &state);

    Theme &theme() { return m_theme; }
    LabSession &lab() { return m_lab; }
    LabDocument &document() { return m_document; }
    LessonRunner &runner() { return m_runner; }
    Selection &selection() { return m_selection; }
    CaptureStore *store() { return m_store.get(); }
    Actions &actions() { return *m_actions; }
    Workspace &workspace() { return *m_workspace; }
    ClientPanel &client() { return *m_client; }
    LessonPanel &lessons() { return *m_lessons; }
    SequencePanel &sequence() { return *m_sequence; }
    TrafficPanel &traffic() { return *m_traffic; }
    Tour &tour() { return *m_tour; }
    /// Tells the user something in one sentence, without a dialog.
    NoticeBar &notice() { return *m_notice; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void setupStore(const QString &sessions);
    void setupPanels();
    void setupBars();
    void loadLessons();
    void connectParts();
    void connectSelection();
    void showSelected();
    void updateConditions();

    Theme &m_theme;
    LabSession m_lab;
    LabDocument m_document;
    LessonRunner m_runner;
    Selection m_selection;
    std::unique_ptr<CaptureStore> m_store;
    ActionHandlers m_handlers;
    Actions *m_actions = nullptr;
    Workspace *m_workspace = nullptr;
    ClientPanel *m_client = nullptr;
    CodePanel *m_code = nullptr;
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
