// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QStatusBar>

class QLabel;

namespace rt {

class CaptureStore;
class LabSession;

/// The bottom line: what has been captured, that it is safe, what the lab clock says, and that
/// nothing leaves this computer.
class StatusBarPanel : public QStatusBar
{
    Q_OBJECT

public:
    StatusBarPanel(const Theme &theme, LabSession &lab, QWidget *parent = nullptr);

    void setStore(CaptureStore *store);

private:
    void refresh();
    QLabel *makeLabel(const char *name);

    const Theme &m_theme;
    LabSession &m_lab;
    CaptureStore *m_store = nullptr;
    QLabel *m_traffic;
    QLabel *m_saved;
    QLabel *m_clock;
    qint64 m_bytes = 0;
    qsizetype m_counted = 0;
};

} // namespace rt
