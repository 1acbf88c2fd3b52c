// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "workspace.h"

#include "widgets/docktitlebar.h"

#include <QApplication>
#include <QBoxLayout>
#include <QDataStream>
#include <QDockWidget>
#include <QIODevice>
#include <QMainWindow>
#include <QSplitter>

namespace rt {

namespace {

constexpr int stateVersion = 3;

/// Docks that share the server's place, as tabs.
bool standsBehindServer(Workspace::Part part)
{
    return part == Workspace::Part::Identity || part == Workspace::Part::Application
        || part == Workspace::Part::Console;
}

bool isDock(Workspace::Part part)
{
    return part == Workspace::Part::Lesson || part == Workspace::Part::Server
        || part == Workspace::Part::Code || standsBehindServer(part);
}

/// The panel's own first row, which becomes the handle the dock is dragged by.
QWidget *captionOf(const QWidget &panel)
{
    if (auto *named = panel.findChild<QWidget *>(panel.objectName() + QStringLiteral(".caption")))
        return named;
    return nullptr;
}

QWidget *firstFocusable(QWidget *panel)
{
    if (panel->focusPolicy() & Qt::TabFocus)
        return panel;
    for (QWidget *next = panel->nextInFocusChain(); next != panel;
         next = next->nextInFocusChain()) {
        if (panel->isAncestorOf(next) && next->isVisible() && next->isEnabled()
            && next->focusPolicy() & Qt::TabFocus)
            return next;
    }
    return panel;
}

} // namespace

Workspace::Workspace(QMainWindow &window, const Theme &theme)
    : QObject(&window), m_window(window), m_theme(theme),
      m_centre(new QSplitter(Qt::Vertical, &window))
{
    m_centre->setObjectName(QStringLiteral("centre"));
    m_centre->setChildrenCollapsible(false);
    auto *centre = new QWidget(&window);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_centre, 1);
    window.setCentralWidget(centre);
    window.setDockNestingEnabled(true);
    window.setCorner(Qt::TopLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::TopRightCorner, Qt::RightDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

void Workspace::putAbove(QWidget *bar)
{
    static_cast<QVBoxLayout *>(m_window.centralWidget()->layout())->insertWidget(0, bar);
}

void Workspace::setPart(Part part, QWidget *panel, const QString &title)
{
    const auto index = static_cast<size_t>(part);
    m_panels[index] = panel;
    panel->setAccessibleName(title);
    if (!isDock(part)) {
        m_centre->addWidget(panel);
        m_centre->setStretchFactor(m_centre->indexOf(panel), part == Part::Client ? 0 : 1);
        return;
    }
    auto *dock = new QDockWidget(title, &m_window);
    dock->setObjectName(QStringLiteral("dock.") + panel->objectName());
    dock->setWidget(panel);
    dock->setTitleBarWidget(new DockTitleBar(m_theme, *dock, captionOf(*panel)));
    m_docks[index] = dock;
    m_window.addDockWidget(part == Part::Lesson ? Qt::LeftDockWidgetArea : Qt::RightDockWidgetArea,
                           dock);
}

QWidget *Workspace::holder(Part part) const
{
    const auto index = static_cast<size_t>(part);
    return m_docks[index] ? m_docks[index] : m_panels[index];
}

bool Workspace::isShown(Part part) const
{
    return !holder(part)->isHidden();
}

void Workspace::setShown(Part part, bool shown)
{
    holder(part)->setVisible(shown);
}

bool Workspace::hasFocus(Part part) const
{
    const QWidget *focus = QApplication::focusWidget();
    return focus && (focus == panel(part) || panel(part)->isAncestorOf(focus));
}

void Workspace::goTo(Part part)
{
    if (isShown(part) && hasFocus(part)) {
        setShown(part, false);
        return;
    }
    setShown(part, true);
    holder(part)->raise();
    firstFocusable(panel(part))->setFocus(Qt::ShortcutFocusReason);
}

void Workspace::goOn(int step)
{
    int from = -1;
    for (int i = 0; i < partCount; ++i) {
        if (hasFocus(static_cast<Part>(i)))
            from = i;
    }
    for (int i = 1; i <= partCount; ++i) {
        const auto part = static_cast<Part>((from + step * i + 2 * partCount) % partCount);
        if (!isShown(part) || hasFocus(part))
            continue;
        holder(part)->raise(); // it may stand behind another
        firstFocusable(panel(part))->setFocus(Qt::TabFocusReason);
        return;
    }
}

void Workspace::arrange(Arrangement arrangement)
{
    const bool present = arrangement == Arrangement::Present;
    for (int i = 0; i < partCount; ++i) {
        const auto part = static_cast<Part>(i);
        if (QDockWidget *dock = m_docks[static_cast<size_t>(i)]) {
            dock->setFloating(false);
            m_window.addDockWidget(part == Part::Lesson ? Qt::LeftDockWidgetArea
                                                        : Qt::RightDockWidgetArea,
                                   dock, Qt::Vertical);
            if (standsBehindServer(part))
                m_window.tabifyDockWidget(m_docks[static_cast<size_t>(Part::Server)], dock);
        }
        bool shown = true;
        if (present)
            shown = part == Part::Lesson || part == Part::Traffic || part == Part::Sequence;
        else if (part == Part::Lesson)
            shown = arrangement == Arrangement::Learn;
        else if (part == Part::Identity)
            shown = false; // Alt+8 brings it
        setShown(part, shown);
    }
    m_docks[static_cast<size_t>(Part::Server)]->raise();
    distribute(arrangement);
}

// Shares of the height in the centre and of the width beside it, from the design at 1600 x 1000.
void Workspace::distribute(Arrangement arrangement)
{
    const int height = std::max(400, m_centre->height());
    const bool present = arrangement == Arrangement::Present;
    const int client = std::max(panel(Part::Client)->minimumSizeHint().height(), height * 18 / 100);
    const int rest = std::max(0, height - client);
    m_centre->setSizes(
        present ? QList<int> {0, height / 2, 0, height / 2}
                : QList<int> {client, rest * 28 / 100, rest * 43 / 100, rest * 29 / 100});
    const double scale = present ? 1.0 : std::min(1.25, m_window.width() / 1600.0);
    const auto dock = [this](Part part) { return m_docks[static_cast<size_t>(part)]; };
    const int lesson = present ? m_window.width() * 2 / 5 : std::clamp(int(320 * scale), 288, 400);
    const int server = std::clamp(int(372 * scale), 300, 440);
    m_window.resizeDocks({dock(Part::Lesson), dock(Part::Server)}, {lesson, server},
                         Qt::Horizontal);
    m_window.resizeDocks({dock(Part::Server), dock(Part::Code)},
                         {height * 64 / 100, height * 36 / 100}, Qt::Vertical);
}

QByteArray Workspace::save() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_window.saveState(stateVersion) << m_centre->saveState();
    for (int i = 0; i < partCount; ++i)
        stream << isShown(static_cast<Part>(i));
    return state;
}

bool Workspace::restore(const QByteArray &state)
{
    QDataStream stream(state);
    QByteArray window;
    QByteArray centre;
    stream >> window >> centre;
    if (stream.status() != QDataStream::Ok || !m_window.restoreState(window, stateVersion)
        || !m_centre->restoreState(centre))
        return false;
    m_centre->setChildrenCollapsible(false);
    for (int i = 0; i < partCount; ++i) {
        bool shown = true;
        stream >> shown;
        setShown(static_cast<Part>(i), shown);
    }
    return true;
}

} // namespace rt
