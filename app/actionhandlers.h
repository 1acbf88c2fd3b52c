// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <QCoreApplication>
#include <QPointer>

#include <vector>

class QAction;

namespace rt {

class MainWindow;
class NodeRunDialog;
struct ReplayCandidate;

/// What the commands of the table do, each a few lines on the window's parts.
class ActionHandlers
{
    Q_DECLARE_TR_FUNCTIONS(ActionHandlers)

public:
    explicit ActionHandlers(MainWindow &window) : m_window(window) { }

    void newLab(QAction &);
    void open(QAction &);
    void saveLab(QAction &);
    void exportHar(QAction &);
    void copyAsCurl(QAction &);
    void exportSequence(QAction &);
    void exportExpress(QAction &);
    void quit(QAction &);
    void undo(QAction &);
    void redo(QAction &);
    void search(QAction &);
    void send(QAction &);
    void sendAgain(QAction &);
    void skip(QAction &action);
    void skipOther(QAction &);
    void clearPreflightCache(QAction &);
    void resetState(QAction &);
    void restartServer(QAction &);
    void copyJar(QAction &);
    void restoreJar(QAction &);
    void readDocumentCookie(QAction &);
    void guessSecret(QAction &);
    void runInNode(QAction &);
    void openInBrowser(QAction &);
    void pause(QAction &action);
    void clearTraffic(QAction &);
    void filterTraffic(QAction &);
    void applyFix(QAction &);
    void editAndResend(QAction &);
    void showLessons(QAction &);
    void openHint(QAction &);
    void showMe(QAction &);
    void restartStep(QAction &);
    void leaveLesson(QAction &);
    void goToPanel(QAction &action);
    void nextPanel(QAction &);
    void previousPanel(QAction &);
    void useLayout(QAction &action);
    void resetLayout(QAction &);
    void fullScreen(QAction &action);
    void chooseTheme(QAction &action);
    void resizeText(QAction &action);
    void showShortcuts(QAction &);
    void helpOnFocused(QAction &);
    void startTour(QAction &);
    void showCertificate(QAction &);
    void about(QAction &);

    /// By the file's extension; secrets masked.
    void exportTraffic(const QString &file);
    /// Writes the lab as a Node project.
    void exportExpressTo(const QString &folder);
    /// "20m"; says what is wrong when it is no duration.
    void skipBy(const QString &duration);

private:
    void runInLab(const char *verb, const char *argument = nullptr, const JsValue &value = {});
    std::vector<ReplayCandidate> lastRequests(int count) const;

    MainWindow &m_window;
    QPointer<NodeRunDialog> m_nodeRun;
};

} // namespace rt
