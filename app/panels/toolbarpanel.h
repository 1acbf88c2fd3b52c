// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QToolBar>

class QBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace rt {

class Actions;
class LabSession;

/// The one tool bar: lab, servers with their ports, recording, time, search, export.
class ToolBarPanel : public QToolBar
{
    Q_OBJECT

public:
    ToolBarPanel(const Theme &theme, LabSession &lab, Actions &actions, QWidget *parent = nullptr);

    void setLabName(const QString &name);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setupLeft();
    void setupRight();
    void showServers();
    QToolButton *button(const QString &actionId);
    QToolButton *menuButton(const QString &menuPath, const QString &text, const QString &icon);
    void addLine();

    const Theme &m_theme;
    LabSession &m_lab;
    Actions &m_actions;
    QWidget *m_content;
    QBoxLayout *m_row;
    QLabel *m_brand = nullptr;
    QToolButton *m_name = nullptr;
    QBoxLayout *m_servers = nullptr;
    QPushButton *m_search = nullptr;
    std::vector<QToolButton *> m_buttons;
};

} // namespace rt
