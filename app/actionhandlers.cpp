// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "actionhandlers.h"

#include "actions.h"
#include "capture/capturestore.h"
#include "dialogs/certificatedialog.h"
#include "dialogs/commandsearch.h"
#include "dialogs/shortcutsdialog.h"
#include "lab/labsession.h"
#include "mainwindow.h"
#include "models/callrequest.h"
#include "panels/clientpanel.h"
#include "panels/exchangepanel.h"
#include "panels/lessonpanel.h"
#include "panels/tour.h"
#include "panels/trafficpanel.h"
#include "searchitems.h"
#include "widgets/noticebar.h"
#include "workspace.h"

#include <QAction>
#include <QApplication>
#include <QDesktopServices>
#include <QInputDialog>
#include <QMessageBox>
#include <QUrl>
#include <QWhatsThis>

namespace rt {

namespace {

QString lastPart(const QAction &action)
{
    return action.objectName().section(u'.', -1);
}

} // namespace

void ActionHandlers::newLab(QAction &)
{
    m_window.document().setConfig(LabConfig::base(), tr("New lab"));
}

void ActionHandlers::quit(QAction &)
{
    m_window.close();
}

void ActionHandlers::undo(QAction &)
{
    m_window.document().undoStack().undo();
}

void ActionHandlers::redo(QAction &)
{
    m_window.document().undoStack().redo();
}

void ActionHandlers::search(QAction &)
{
    m_window.search().openWith(searchItems(m_window));
}

void ActionHandlers::send(QAction &)
{
    m_window.client().send();
}

void ActionHandlers::sendAgain(QAction &)
{
    m_window.client().sendAgain();
}

void ActionHandlers::skip(QAction &action)
{
    skipBy(lastPart(action));
}

void ActionHandlers::skipBy(const QString &duration)
{
    const qint64 milliseconds = parseDuration(duration.trimmed());
    if (milliseconds < 0) {
        m_window.notice().show(
            tr("\u201c%1\u201d is no duration. Write a number and s, m, h or d: 20m.")
                .arg(duration));
        return;
    }
    Command command {"advance", JsValue::object()};
    command.arguments.insert(QStringLiteral("milliseconds"), JsValue(milliseconds));
    if (const auto done = m_window.lab().run(command); !done)
        m_window.notice().show(done.error().message);
}

void ActionHandlers::skipOther(QAction &)
{
    const QString text = QInputDialog::getText(&m_window, tr("Skip time"),
                                               tr("How far? For example 45s, 20m, 2h or 3d."),
                                               QLineEdit::Normal, QStringLiteral("15m"));
    if (!text.isEmpty())
        skipBy(text);
}

void ActionHandlers::runInLab(const char *verb, const char *argument, const JsValue &value)
{
    JsValue arguments = JsValue::object();
    if (argument)
        arguments.insert(QString::fromLatin1(argument), value);
    if (const auto done = m_window.lab().run({verb, arguments}); !done)
        m_window.notice().show(done.error().message);
}

void ActionHandlers::clearPreflightCache(QAction &)
{
    runInLab("clearPreflightCache");
}

void ActionHandlers::resetState(QAction &)
{
    runInLab("reset");
}

void ActionHandlers::restartServer(QAction &)
{
    runInLab("server", "value", JsValue(QStringLiteral("restart")));
    m_window.notice().show(tr("The server was restarted: what it kept in memory is gone."));
}

void ActionHandlers::copyJar(QAction &)
{
    runInLab("cookie", "copy", JsValue(true));
    m_window.notice().show(tr("The cookies in the jar are remembered."), tr("Put them back"),
                           [this] { runInLab("cookie", "restore", JsValue(true)); });
}

void ActionHandlers::restoreJar(QAction &)
{
    runInLab("cookie", "restore", JsValue(true));
}

void ActionHandlers::readDocumentCookie(QAction &)
{
    runInLab("console", "value", JsValue(QStringLiteral("document.cookie")));
}

void ActionHandlers::guessSecret(QAction &)
{
    runInLab("jwt", "crack", JsValue(true));
}

void ActionHandlers::openInBrowser(QAction &)
{
    for (const ServerState::Listener &listener : m_window.lab().servers().listeners) {
        if (listener.title == u"Site")
            QDesktopServices::openUrl(
                QUrl(QStringLiteral("http://localhost:%1/").arg(listener.port)));
    }
}

void ActionHandlers::pause(QAction &action)
{
    m_window.traffic().model().setPaused(action.isChecked());
}

void ActionHandlers::clearTraffic(QAction &)
{
    m_window.selection().clear();
    if (m_window.store())
        m_window.store()->clear();
}

void ActionHandlers::filterTraffic(QAction &)
{
    m_window.workspace().setShown(Workspace::Part::Traffic, true);
    m_window.traffic().focusFilter();
}

void ActionHandlers::applyFix(QAction &)
{
    if (!m_window.inspector().applyFix())
        m_window.notice().show(
            tr("Nothing to mend here: no setting stands in the way of this request."));
}

void ActionHandlers::editAndResend(QAction &)
{
    const CallRecord *call
        = m_window.store() ? m_window.store()->call(m_window.selection().call()) : nullptr;
    if (!call) {
        m_window.notice().show(
            tr("This request came from another client. Only the lab's own can be edited."));
        return;
    }
    m_window.client().setRequest(requestOf(*call));
    m_window.workspace().setShown(Workspace::Part::Client, true);
    m_window.client().focusUrl();
}

void ActionHandlers::showLessons(QAction &)
{
    m_window.workspace().setShown(Workspace::Part::Lesson, true);
    m_window.lessons().showList();
}

void ActionHandlers::openHint(QAction &)
{
    m_window.runner().openHint();
}

void ActionHandlers::showMe(QAction &)
{
    m_window.runner().showMe();
}

void ActionHandlers::restartStep(QAction &)
{
    m_window.runner().restartStep();
}

void ActionHandlers::leaveLesson(QAction &)
{
    m_window.lessons().leaveLesson();
}

void ActionHandlers::goToPanel(QAction &action)
{
    static const QStringList names {QStringLiteral("lesson"),      QStringLiteral("client"),
                                    QStringLiteral("traffic"),     QStringLiteral("inspector"),
                                    QStringLiteral("sequence"),    QStringLiteral("server"),
                                    QStringLiteral("code"),        QStringLiteral("identity"),
                                    QStringLiteral("application"), QStringLiteral("console")};
    m_window.workspace().goTo(static_cast<Workspace::Part>(names.indexOf(lastPart(action))));
}

void ActionHandlers::nextPanel(QAction &)
{
    m_window.workspace().goOn(1);
}

void ActionHandlers::previousPanel(QAction &)
{
    m_window.workspace().goOn(-1);
}

void ActionHandlers::useLayout(QAction &action)
{
    static const QStringList names {QStringLiteral("learn"), QStringLiteral("work"),
                                    QStringLiteral("present")};
    const auto arrangement = static_cast<Workspace::Arrangement>(names.indexOf(lastPart(action)));
    m_window.theme().setTextScale(arrangement == Workspace::Arrangement::Present ? 2.0 : 1.0);
    m_window.workspace().arrange(arrangement);
}

void ActionHandlers::resetLayout(QAction &)
{
    m_window.theme().setTextScale(1.0);
    m_window.workspace().arrange(Workspace::Arrangement::Learn);
}

void ActionHandlers::fullScreen(QAction &action)
{
    m_window.setWindowState(
        m_window.windowState().setFlag(Qt::WindowFullScreen, action.isChecked()));
}

void ActionHandlers::chooseTheme(QAction &action)
{
    const QString name = lastPart(action);
    m_window.theme().setChoice(name == u"light"      ? Theme::Choice::Light
                                   : name == u"dark" ? Theme::Choice::Dark
                                                     : Theme::Choice::System);
}

void ActionHandlers::resizeText(QAction &action)
{
    const QString name = lastPart(action);
    const double scale = m_window.theme().textScale();
    const double wanted = name == u"larger" ? scale + 0.125
        : name == u"smaller"                ? scale - 0.125
                                            : 1.0;
    m_window.theme().setTextScale(std::clamp(wanted, 0.75, 3.0));
}

void ActionHandlers::showShortcuts(QAction &)
{
    auto *dialog = new ShortcutsDialog(m_window.theme(), m_window.actions(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ActionHandlers::helpOnFocused(QAction &)
{
    const QWidget *focus = QApplication::focusWidget();
    if (!focus)
        return;
    const QString help = focus->whatsThis().isEmpty() ? focus->toolTip() : focus->whatsThis();
    const QString name = focus->accessibleName();
    QWhatsThis::showText(focus->mapToGlobal(QPoint(0, focus->height())),
                         help.isEmpty() ? name : help, &m_window);
}

void ActionHandlers::startTour(QAction &)
{
    m_window.tour().start();
}

void ActionHandlers::showCertificate(QAction &)
{
    auto *dialog = new CertificateDialog(m_window.theme(), m_window.lab(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ActionHandlers::about(QAction &)
{
    QMessageBox::about(
        &m_window, tr("About Roundtrip"),
        tr("Roundtrip %1: a lab in which you learn how web servers and browsers talk.")
            .arg(QStringLiteral(RT_VERSION)));
}

} // namespace rt
