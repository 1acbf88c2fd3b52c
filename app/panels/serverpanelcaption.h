// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QHBoxLayout;
class QMenu;
class QToolButton;

namespace rt {

class LabDocument;
class Theme;

/// The server panel's first line: its title, the presets, and the way back and forth through the
/// changes, step by step or by name.
class ServerPanelCaption final : public QWidget
{
    Q_OBJECT

public:
    ServerPanelCaption(LabDocument &document, const Theme &theme, QWidget *parent);

private:
    QToolButton *addButton(const QString &name, const QString &icon, const QString &text);
    void addPresets();
    void addSteps();
    void fillPresets(QMenu &menu);
    /// Steps that undo would take back, or redo bring again, the nearest first.
    void fillSteps(QMenu &menu, bool undo);
    void refreshSteps();

    LabDocument &m_document;
    const Theme &m_theme;
    QHBoxLayout *m_row;
    QToolButton *m_undo = nullptr;
    QToolButton *m_redo = nullptr;
};

} // namespace rt
