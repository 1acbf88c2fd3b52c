// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "actions.h"

#include "actionhandlers.h"

#include <QAction>
#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace rt {

namespace {

using H = ActionHandlers;
using C = Condition;
using K = CommandRow::Kind;

// clang-format off
constexpr CommandRow rows[] = {
    {"file.new", "File", QT_TRANSLATE_NOOP("actions", "&New lab"), "Ctrl+N", "file", C::Always, &H::newLab},
    {"file.open", "File", QT_TRANSLATE_NOOP("actions", "&Open\u2026"), "Ctrl+O", "folder", C::Always, &H::open},
    {"file.save", "File", QT_TRANSLATE_NOOP("actions", "&Save lab as\u2026"), "Ctrl+S", "save", C::Always, &H::saveLab},
    {"file.export.har", "File/Export", QT_TRANSLATE_NOOP("actions", "Traffic as &HAR\u2026"), "Ctrl+Shift+E", "export", C::HasTraffic, &H::exportHar, K::Plain, true},
    {"file.export.curl", "File/Export", QT_TRANSLATE_NOOP("actions", "Copy request as &cURL"), "Ctrl+Shift+C", "copy", C::HasExchange, &H::copyAsCurl},
    {"file.export.sequence", "File/Export", QT_TRANSLATE_NOOP("actions", "Sequence as &picture\u2026"), "", "sequence", C::HasTraffic, &H::exportSequence},
    {"file.export.express", "File/Export", QT_TRANSLATE_NOOP("actions", "Lab as &Express project\u2026"), "", "code", C::Always, &H::exportExpress},
    {"file.quit", "File", QT_TRANSLATE_NOOP("actions", "&Quit"), "Ctrl+Q", "", C::Always, &H::quit, K::Plain, true},

    {"edit.undo", "Edit", QT_TRANSLATE_NOOP("actions", "&Undo setting"), "Ctrl+Z", "undo", C::CanUndo, &H::undo},
    {"edit.redo", "Edit", QT_TRANSLATE_NOOP("actions", "&Redo setting"), "Ctrl+Y", "redo", C::CanRedo, &H::redo},
    {"edit.search", "Edit", QT_TRANSLATE_NOOP("actions", "&Command or search\u2026"), "Ctrl+K", "search", C::Always, &H::search, K::Plain, true},

    {"lab.send", "Lab", QT_TRANSLATE_NOOP("actions", "&Send"), "Ctrl+Return", "send", C::Always, &H::send},
    {"lab.again", "Lab", QT_TRANSLATE_NOOP("actions", "Send &again"), "Ctrl+R", "again", C::Always, &H::sendAgain},
    {"lab.skip.10s", "Lab/Skip time", QT_TRANSLATE_NOOP("actions", "10 seconds"), "", "skip", C::Always, &H::skip, K::Plain, true},
    {"lab.skip.1m", "Lab/Skip time", QT_TRANSLATE_NOOP("actions", "1 minute"), "", "skip", C::Always, &H::skip},
    {"lab.skip.10m", "Lab/Skip time", QT_TRANSLATE_NOOP("actions", "10 minutes"), "", "skip", C::Always, &H::skip},
    {"lab.skip.1h", "Lab/Skip time", QT_TRANSLATE_NOOP("actions", "1 hour"), "", "skip", C::Always, &H::skip},
    {"lab.skip.1d", "Lab/Skip time", QT_TRANSLATE_NOOP("actions", "1 day"), "", "skip", C::Always, &H::skip},
    {"lab.skip.other", "Lab/Skip time", QT_TRANSLATE_NOOP("actions", "Other\u2026"), "Ctrl+T", "clock", C::Always, &H::skipOther, K::Plain, true},
    {"lab.runInNode", "Lab", QT_TRANSLATE_NOOP("actions", "Run in &Node and compare\u2026"), "Ctrl+Shift+N", "play", C::Always, &H::runInNode, K::Plain, true},
    {"lab.clearPreflightCache", "Lab", QT_TRANSLATE_NOOP("actions", "Forget &preflights"), "", "clear", C::Always, &H::clearPreflightCache, K::Plain, true},
    {"lab.reset", "Lab", QT_TRANSLATE_NOOP("actions", "&Empty browser and server"), "", "restart", C::Always, &H::resetState},
    {"lab.restart", "Lab", QT_TRANSLATE_NOOP("actions", "Res&tart the server"), "", "server", C::Always, &H::restartServer},
    {"lab.jar.copy", "Lab/Jar", QT_TRANSLATE_NOOP("actions", "&Copy the cookies"), "", "copy", C::Always, &H::copyJar, K::Plain, true},
    {"lab.jar.restore", "Lab/Jar", QT_TRANSLATE_NOOP("actions", "&Put the copied cookies back"), "", "cookie", C::Always, &H::restoreJar},
    {"lab.jar.read", "Lab/Jar", QT_TRANSLATE_NOOP("actions", "&Read document.cookie in the page"), "", "code", C::Always, &H::readDocumentCookie},
    {"lab.guessSecret", "Lab", QT_TRANSLATE_NOOP("actions", "&Guess the token\u2019s secret"), "", "lock-open", C::Always, &H::guessSecret},
    {"lab.openInBrowser", "Lab", QT_TRANSLATE_NOOP("actions", "&Open in browser"), "Ctrl+B", "external", C::Always, &H::openInBrowser, K::Plain, true},

    {"traffic.pause", "Traffic", QT_TRANSLATE_NOOP("actions", "&Pause"), "Ctrl+E", "pause", C::Always, &H::pause, K::Toggle},
    {"traffic.clear", "Traffic", QT_TRANSLATE_NOOP("actions", "&Clear"), "Ctrl+L", "clear", C::HasTraffic, &H::clearTraffic},
    {"traffic.filter", "Traffic", QT_TRANSLATE_NOOP("actions", "&Filter"), "Ctrl+F", "filter", C::Always, &H::filterTraffic},
    {"traffic.applyFix", "Traffic", QT_TRANSLATE_NOOP("actions", "&Apply fix"), "Ctrl+Shift+F", "fix", C::HasExchange, &H::applyFix, K::Plain, true},
    {"traffic.resend", "Traffic", QT_TRANSLATE_NOOP("actions", "&Edit and send again"), "Ctrl+Shift+R", "edit", C::HasExchange, &H::editAndResend},

    {"lesson.all", "Lesson", QT_TRANSLATE_NOOP("actions", "&All lessons"), "Ctrl+Shift+L", "list", C::Always, &H::showLessons},
    {"lesson.hint", "Lesson", QT_TRANSLATE_NOOP("actions", "Next &hint"), "Ctrl+H", "hint", C::LessonRunning, &H::openHint, K::Plain, true},
    {"lesson.show", "Lesson", QT_TRANSLATE_NOOP("actions", "&Show me"), "", "show", C::LessonRunning, &H::showMe},
    {"lesson.restart", "Lesson", QT_TRANSLATE_NOOP("actions", "&Restart step"), "", "restart", C::LessonRunning, &H::restartStep},
    {"lesson.stop", "Lesson", QT_TRANSLATE_NOOP("actions", "&Leave lesson"), "", "close", C::LessonRunning, &H::leaveLesson},

    {"view.lesson", "View", QT_TRANSLATE_NOOP("actions", "&Lesson"), "Alt+1", "lesson", C::Always, &H::goToPanel},
    {"view.client", "View", QT_TRANSLATE_NOOP("actions", "&Client"), "Alt+2", "client", C::Always, &H::goToPanel},
    {"view.traffic", "View", QT_TRANSLATE_NOOP("actions", "&Traffic"), "Alt+3", "traffic", C::Always, &H::goToPanel},
    {"view.inspector", "View", QT_TRANSLATE_NOOP("actions", "&Inspector"), "Alt+4", "inspect", C::Always, &H::goToPanel},
    {"view.sequence", "View", QT_TRANSLATE_NOOP("actions", "&Sequence"), "Alt+5", "sequence", C::Always, &H::goToPanel},
    {"view.server", "View", QT_TRANSLATE_NOOP("actions", "Se&rver"), "Alt+6", "server", C::Always, &H::goToPanel},
    {"view.code", "View", QT_TRANSLATE_NOOP("actions", "C&ode"), "Alt+7", "code", C::Always, &H::goToPanel},
    {"view.identity", "View", QT_TRANSLATE_NOOP("actions", "I&dentity bench"), "Alt+8", "person", C::Always, &H::goToPanel},
    {"view.application", "View", QT_TRANSLATE_NOOP("actions", "&Application"), "Alt+9", "cookie", C::Always, &H::goToPanel},
    {"view.console", "View", QT_TRANSLATE_NOOP("actions", "Conso&le"), "Alt+0", "warning", C::Always, &H::goToPanel},
    {"view.next", "View", QT_TRANSLATE_NOOP("actions", "&Next panel"), "F6", "", C::Always, &H::nextPanel},
    {"view.previous", "View", QT_TRANSLATE_NOOP("actions", "&Previous panel"), "Shift+F6", "", C::Always, &H::previousPanel},
    {"view.layout.learn", "View/Layout", QT_TRANSLATE_NOOP("actions", "&Learn"), "", "lesson", C::Always, &H::useLayout, K::Plain, true},
    {"view.layout.work", "View/Layout", QT_TRANSLATE_NOOP("actions", "&Work"), "", "layout", C::Always, &H::useLayout},
    {"view.layout.present", "View/Layout", QT_TRANSLATE_NOOP("actions", "&Present"), "", "fullscreen", C::Always, &H::useLayout},
    {"view.layout.reset", "View", QT_TRANSLATE_NOOP("actions", "&Reset layout"), "", "", C::Always, &H::resetLayout},
    {"view.fullScreen", "View", QT_TRANSLATE_NOOP("actions", "&Full screen"), "F11", "fullscreen", C::Always, &H::fullScreen, K::Toggle, true},

    {"settings.theme.system", "Settings/Colours", QT_TRANSLATE_NOOP("actions", "As the &system"), "", "", C::Always, &H::chooseTheme, K::Choice},
    {"settings.theme.light", "Settings/Colours", QT_TRANSLATE_NOOP("actions", "&Light"), "", "light", C::Always, &H::chooseTheme, K::Choice},
    {"settings.theme.dark", "Settings/Colours", QT_TRANSLATE_NOOP("actions", "&Dark"), "", "dark", C::Always, &H::chooseTheme, K::Choice},
    {"settings.text.larger", "Settings/Text size", QT_TRANSLATE_NOOP("actions", "&Larger"), "Ctrl++", "plus", C::Always, &H::resizeText},
    {"settings.text.smaller", "Settings/Text size", QT_TRANSLATE_NOOP("actions", "&Smaller"), "Ctrl+-", "minus", C::Always, &H::resizeText},
    {"settings.text.normal", "Settings/Text size", QT_TRANSLATE_NOOP("actions", "&Normal"), "Ctrl+0", "", C::Always, &H::resizeText},
    {"settings.shortcuts", "Settings", QT_TRANSLATE_NOOP("actions", "&Keyboard shortcuts\u2026"), "", "keyboard", C::Always, &H::showShortcuts, K::Plain, true},

    {"help.focused", "Help", QT_TRANSLATE_NOOP("actions", "&What is this?"), "F1", "help", C::Always, &H::helpOnFocused},
    {"help.tour", "Help", QT_TRANSLATE_NOOP("actions", "Show the &tour"), "", "play", C::Always, &H::startTour},
    {"help.shortcuts", "Help", QT_TRANSLATE_NOOP("actions", "&Shortcuts"), "Ctrl+/", "keyboard", C::Always, &H::showShortcuts},
    {"help.certificate", "Help", QT_TRANSLATE_NOOP("actions", "&Trust the lab's certificate\u2026"), "", "lock", C::Always, &H::showCertificate},
    {"help.about", "Help", QT_TRANSLATE_NOOP("actions", "&About Roundtrip"), "", "info", C::Always, &H::about, K::Plain, true},
};

// Menu titles in the order of the menu bar; submenus come where their first command stands.
constexpr const char *menuTitles[][2] = {
    {"File", QT_TRANSLATE_NOOP("actions", "&File")},
    {"Edit", QT_TRANSLATE_NOOP("actions", "&Edit")},
    {"Lab", QT_TRANSLATE_NOOP("actions", "&Lab")},
    {"Traffic", QT_TRANSLATE_NOOP("actions", "&Traffic")},
    {"Lesson", QT_TRANSLATE_NOOP("actions", "Le&sson")},
    {"View", QT_TRANSLATE_NOOP("actions", "&View")},
    {"Settings", QT_TRANSLATE_NOOP("actions", "Sett&ings")},
    {"Help", QT_TRANSLATE_NOOP("actions", "&Help")},
    {"File/Export", QT_TRANSLATE_NOOP("actions", "&Export")},
    {"Lab/Jar", QT_TRANSLATE_NOOP("actions", "Cookie &jar")},
    {"Lab/Skip time", QT_TRANSLATE_NOOP("actions", "Skip &time")},
    {"View/Layout", QT_TRANSLATE_NOOP("actions", "&Layout")},
    {"Settings/Colours", QT_TRANSLATE_NOOP("actions", "&Colours")},
    {"Settings/Text size", QT_TRANSLATE_NOOP("actions", "&Text size")},
};
// clang-format on

QString translated(const char *text)
{
    return QCoreApplication::translate("actions", text);
}

const CommandRow &rowOf(const QString &id)
{
    const auto row = std::find_if(std::begin(rows), std::end(rows), [&id](const CommandRow &known) {
        return id == QLatin1StringView(known.id);
    });
    Q_ASSERT(row != std::end(rows));
    return *row;
}

} // namespace

std::span<const CommandRow> commandRows()
{
    return rows;
}

Actions::Actions(const Theme &theme, ActionHandlers &handlers, QWidget &window)
    : QObject(&window), m_theme(theme)
{
    for (const CommandRow &row : rows)
        m_actions.push_back(makeAction(row, handlers, window));
    for (int i = 1; i < conditionCount; ++i)
        setHolds(static_cast<Condition>(i), false);
}

QAction *Actions::makeAction(const CommandRow &row, ActionHandlers &handlers, QWidget &window)
{
    auto *action = new QAction(translated(row.text), &window);
    action->setObjectName(QLatin1StringView(row.id));
    action->setShortcut(QKeySequence(QLatin1StringView(row.shortcut)));
    action->setCheckable(row.kind != CommandRow::Kind::Plain);
    if (*row.icon)
        action->setIcon(m_theme.icon(QLatin1StringView(row.icon)));
    if (row.kind == CommandRow::Kind::Choice) {
        QActionGroup *&group = m_groups[QLatin1StringView(row.menu)];
        if (!group)
            group = new QActionGroup(this);
        group->addAction(action);
    }
    connect(action, &QAction::triggered, this,
            [&row, &handlers, action] { (handlers.*row.run)(*action); });
    window.addAction(action);
    return action;
}

QAction *Actions::action(const QString &id) const
{
    const auto found
        = std::find_if(m_actions.begin(), m_actions.end(),
                       [&id](const QAction *known) { return known->objectName() == id; });
    Q_ASSERT(found != m_actions.end());
    return *found;
}

QMenu *Actions::submenu(QMenuBar &menuBar, const QString &path)
{
    if (QMenu *known = m_menus.value(path))
        return known;
    QString title = path;
    for (const auto &[name, text] : menuTitles) {
        if (path == QLatin1StringView(name))
            title = translated(text);
    }
    const qsizetype slash = path.lastIndexOf(u'/');
    QMenu *menu
        = slash < 0 ? menuBar.addMenu(title) : submenu(menuBar, path.first(slash))->addMenu(title);
    menu->setObjectName(QStringLiteral("menu.") + path);
    m_menus.insert(path, menu);
    return menu;
}

void Actions::fill(QMenuBar &menuBar)
{
    for (size_t i = 0; i < m_actions.size(); ++i) {
        const QString path = QLatin1StringView(rows[i].menu);
        if (path.isEmpty())
            continue;
        const bool isNewSubmenu = path.contains(u'/') && !m_menus.contains(path);
        if (rows[i].separatorBefore)
            submenu(menuBar, isNewSubmenu ? path.section(u'/', 0, 0) : path)->addSeparator();
        submenu(menuBar, path)->addAction(m_actions[i]);
    }
}

void Actions::setHolds(Condition condition, bool holds)
{
    for (size_t i = 0; i < m_actions.size(); ++i) {
        if (rows[i].enabledWhen == condition)
            m_actions[i]->setEnabled(holds);
    }
}

void Actions::setShortcuts(const QHash<QString, QKeySequence> &shortcuts)
{
    for (QAction *action : m_actions) {
        const QString id = action->objectName();
        action->setShortcut(shortcuts.value(id, defaultShortcut(id)));
    }
}

QHash<QString, QKeySequence> Actions::changedShortcuts() const
{
    QHash<QString, QKeySequence> changed;
    for (const QAction *action : m_actions) {
        if (action->shortcut() != defaultShortcut(action->objectName()))
            changed.insert(action->objectName(), action->shortcut());
    }
    return changed;
}

QKeySequence Actions::defaultShortcut(const QString &id)
{
    return QKeySequence(QLatin1StringView(rowOf(id).shortcut));
}

} // namespace rt
