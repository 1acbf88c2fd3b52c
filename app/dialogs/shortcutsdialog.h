// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QDialog>
#include <QHash>
#include <QKeySequence>

class QKeySequenceEdit;
class QLabel;
class QTableWidget;

namespace rt {

class Actions;

/// All keys, each changeable: what is pressed here replaces the key of the chosen command.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    ShortcutsDialog(const Theme &theme, Actions &actions, QWidget *parent);

    QTableWidget *table() const { return m_table; }
    QKeySequenceEdit *editor() const { return m_editor; }

private:
    void fill();
    void showCurrent();
    void takeKey();
    void resetCurrent();
    void resetAll();
    void setKey(const QString &id, const QKeySequence &key);
    QString currentId() const;

    const Theme &m_theme;
    Actions &m_actions;
    QTableWidget *m_table;
    QKeySequenceEdit *m_editor;
    QLabel *m_note;
};

} // namespace rt
