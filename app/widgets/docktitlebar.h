// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QDockWidget;

namespace rt {

/// The top of a dock: the panel's own caption, by which it is dragged, with float and close.
class DockTitleBar : public QWidget
{
    Q_OBJECT

public:
    /// Takes over `caption`, a row the panel made; null shows the dock's title instead.
    DockTitleBar(const Theme &theme, QDockWidget &dock, QWidget *caption);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace rt
