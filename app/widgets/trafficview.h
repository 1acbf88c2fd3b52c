// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QTableView>

namespace rt {

class TrafficDelegate;
class TrafficModel;

/// The traffic table: as many columns as the width has room for, folding by chevron and arrow
/// keys, and a scroll position that new rows move only when it was at the end.
class TrafficView : public QTableView
{
    Q_OBJECT

public:
    explicit TrafficView(const Theme &theme, TrafficModel &traffic, QWidget *parent = nullptr);

signals:
    /// A press on a cell, for lessons that ask to point at something.
    void cellPressed(int row, int column);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void restyle();
    void fitColumns();
    void rememberEnd();
    void followEnd();
    void rebuildScale();

    const Theme &m_theme;
    TrafficModel &m_traffic;
    TrafficDelegate *m_delegate;
    bool m_atEnd = true;
};

} // namespace rt
