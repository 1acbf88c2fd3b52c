// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "windowties.h"

#include "mainwindow.h"
#include "models/headermodel.h"
#include "panels/applicationpanel.h"
#include "panels/clientpanel.h"
#include "panels/codepanel.h"
#include "panels/consolepanel.h"
#include "panels/exchangeheaders.h"
#include "panels/exchangepanel.h"
#include "panels/headermarks.h"
#include "panels/identitypanel.h"
#include "panels/lessonpanel.h"
#include "panels/sequencepanel.h"
#include "panels/serverpanel.h"
#include "panels/tour.h"
#include "widgets/noticebar.h"
#include "workspace.h"

#include <QDesktopServices>

namespace rt {

namespace {

void openLink(MainWindow &window, const QUrl &url)
{
    if (url.scheme() != u"https")
        return;
    window.notice().show(QCoreApplication::translate("links", "This opens %1 in your browser.")
                             .arg(url.toDisplayString()),
                         QCoreApplication::translate("links", "Open"),
                         [url] { QDesktopServices::openUrl(url); });
}

/// Where a lesson's text points: an option of the server, or a control by its name.
void goToControl(MainWindow &window, const QByteArray &id)
{
    if (id.startsWith("server."))
        window.revealOption(id);
    else if (auto *control = window.findChild<QWidget *>(QString::fromLatin1(id)))
        control->setFocus(Qt::OtherFocusReason);
}

QString inWords(const char *sentence)
{
    return QCoreApplication::translate("results", sentence);
}

/// What the console read and what was guessed has no panel of its own. Empty for other acts.
QString resultOf(const ActRecord &act)
{
    if (act.name == "document.cookie")
        return inWords("A script of this page reads: document.cookie = \"%1\"").arg(act.argument);
    if (act.name != "jwt.crack")
        return {};
    return act.argument.isEmpty()
        ? inWords("No secret of the list of bad ones fits the token.")
        : inWords("The token's secret is \"%1\": it was on the list of bad ones.")
              .arg(act.argument);
}

} // namespace

void tieSelection(MainWindow &window)
{
    Selection &selection = window.selection();
    ServerPanel *server = &window.server();
    CodePanel *code = &window.code();
    QObject::connect(&selection, &Selection::fieldPicked, &window.runner(), &LessonRunner::pick);
    QObject::connect(&selection, &Selection::optionSelected, server, &ServerPanel::showOption);
    QObject::connect(&selection, &Selection::optionSelected, code, &CodePanel::markOption);
    QObject::connect(&window.inspector(), &ExchangePanel::linkRequested, &window,
                     [&window](const QUrl &url) { openLink(window, url); });
    QObject::connect(server, &ServerPanel::optionFocused, &selection, &Selection::selectOption);
    QObject::connect(server, &ServerPanel::optionHovered, &selection, &Selection::hoverOption);
    QObject::connect(code, &CodePanel::optionHovered, &selection, &Selection::hoverOption);
    // What is selected stays marked when nothing is hovered.
    QObject::connect(&selection, &Selection::optionHovered, code,
                     [code, &selection](const QByteArray &path) {
                         code->markOption(path.isEmpty() ? selection.option() : path);
                     });
    QObject::connect(&selection, &Selection::optionHovered, server, &ServerPanel::markOption);
    if (const auto *headers = window.inspector().findChild<ExchangeHeaders *>())
        new HeaderMarks(*headers->view(), *headers->model(), selection, window.theme());
    LabDocument *document = &window.document();
    QObject::connect(&window.client(), &ClientPanel::sent, document,
                     [document] { document->markReference(LabDocument::Reference::LastRequest); });
    QObject::connect(&window.runner(), &LessonRunner::stepOpened, document,
                     [document] { document->markReference(LabDocument::Reference::Lesson); });
    QObject::connect(code, &CodePanel::optionActivated, &window, &MainWindow::revealOption);
    QObject::connect(
        &window.sequence(), &SequencePanel::exchangeSelected, &selection,
        [&selection](quint64 exchange) { selection.selectExchange(exchange, selection.call()); });
}

void tieResults(MainWindow &window)
{
    QObject::connect(&window.lab(), &LabSession::itemsArrived, &window,
                     [&window](const std::vector<CaptureItem> &items) {
                         for (const CaptureItem &item : items) {
                             const auto *act = std::get_if<ActRecord>(&item);
                             const QString result = act ? resultOf(*act) : QString();
                             if (!result.isEmpty())
                                 window.notice().show(result);
                         }
                     });
}

void tieLessons(MainWindow &window)
{
    LessonPanel *lessons = &window.lessons();
    QObject::connect(lessons, &LessonPanel::highlightChanged, &window.inspector(),
                     &ExchangePanel::setHighlights);
    QObject::connect(lessons, &LessonPanel::focusChanged, &window, &MainWindow::updateConditions);
    QObject::connect(&window.server(), &ServerPanel::controlsCreated, lessons,
                     &LessonPanel::applyFocus);
    QObject::connect(lessons, &LessonPanel::controlRequested, &window,
                     [&window](const QByteArray &id) { goToControl(window, id); });
    QObject::connect(&window.tour(), &Tour::lessonsRequested, lessons, &LessonPanel::showList);
    QObject::connect(lessons, &LessonPanel::linkActivated, &window,
                     [&window](const QUrl &url) { openLink(window, url); });
}

void tieIdentity(MainWindow &window)
{
    IdentityPanel *identity = &window.identity();
    QObject::connect(identity, &IdentityPanel::said, &window,
                     [&window](const QString &sentence) { window.notice().show(sentence); });
    QObject::connect(identity, &IdentityPanel::sendRequested, &window,
                     [&window](const FetchRequest &request) {
                         window.client().setRequest(request);
                         window.client().send();
                     });
}

void tieBrowserTools(MainWindow &window)
{
    QObject::connect(&window.console(), &ConsolePanel::fixRequested, &window.inspector(),
                     &ExchangePanel::runFix);
    QObject::connect(&window.console(), &ConsolePanel::lessonRequested, &window,
                     [&window](const QString &id) {
                         window.workspace().setShown(Workspace::Part::Lesson, true);
                         window.lessons().startLesson(id);
                     });
    ApplicationPanel *application = &window.application();
    QObject::connect(application, &ApplicationPanel::refused, &window,
                     [&window](const QString &sentence) { window.notice().show(sentence); });
    QObject::connect(application, &ApplicationPanel::stealRequested, &window.client(),
                     &ClientPanel::useInRawTool);
}

} // namespace rt
