// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QHash>
#include <QKeySequence>
#include <QObject>

#include <functional>
#include <span>
#include <vector>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QWidget;

namespace rt {

class ActionHandlers;

/// What has to hold for a command to be offered.
enum class Condition { Always, HasTraffic, HasExchange, CanUndo, CanRedo, LessonRunning };
inline constexpr int conditionCount = static_cast<int>(Condition::LessonRunning) + 1;

/// One command. Menus, tool bar, command search, shortcut dialog and tests derive from this row.
struct CommandRow
{
    enum class Kind { Plain, Toggle, Choice };
    /// "lab.skip.10m": also the QAction's objectName.
    const char *id;
    /// Menu path with translatable parts: "Lab/Skip time"; empty for none.
    const char *menu;
    const char *text;
    const char *shortcut;
    const char *icon;
    Condition enabledWhen;
    void (ActionHandlers::*run)(QAction &action);
    Kind kind = Kind::Plain;
    bool separatorBefore = false;
};

std::span<const CommandRow> commandRows();

/// The QActions of the table.
class Actions : public QObject
{
    Q_OBJECT

public:
    Actions(const Theme &theme, ActionHandlers &handlers, QWidget &window);

    /// Asserts that the id is in the table.
    QAction *action(const QString &id) const;
    const std::vector<QAction *> &all() const { return m_actions; }
    void fill(QMenuBar &menuBar);
    /// The submenu of a path, for tool buttons; null before fill().
    QMenu *menu(const QString &path) const { return m_menus.value(path); }
    void setHolds(Condition condition, bool holds);
    /// Empty `sequences` entries mean "no key"; ids that are missing keep the table's key.
    void setShortcuts(const QHash<QString, QKeySequence> &shortcuts);
    QHash<QString, QKeySequence> changedShortcuts() const;
    static QKeySequence defaultShortcut(const QString &id);

private:
    QAction *makeAction(const CommandRow &row, ActionHandlers &handlers, QWidget &window);
    QMenu *submenu(QMenuBar &menuBar, const QString &path);

    const Theme &m_theme;
    std::vector<QAction *> m_actions;
    QHash<QString, QMenu *> m_menus;
    QHash<QString, QActionGroup *> m_groups;
};

} // namespace rt
