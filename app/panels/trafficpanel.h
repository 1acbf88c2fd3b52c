// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/trafficmodel.h"
#include "selection.h"
#include "widgets/theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QTimer;

namespace rt {

class EmptyState;
class TrafficView;

/// The list of everything that went over the wire, with its filter.
class TrafficPanel : public QWidget
{
    Q_OBJECT

public:
    TrafficPanel(const Theme &theme, Selection &selection, QWidget *parent = nullptr);

    TrafficModel &model() { return *m_model; }
    TrafficView &view() { return *m_view; }
    EmptyState &emptyState() { return *m_empty; }
    void setStore(CaptureStore *store) { m_model->setStore(store); }
    void focusFilter();

private:
    void setupHeader();
    void setupBody();
    void applyFilter();
    void showCounts();
    void publishSelection();
    void restoreSelection();
    void pick(int row, int column);

    const Theme &m_theme;
    Selection &m_selection;
    TrafficModel *m_model;
    TrafficView *m_view = nullptr;
    QLineEdit *m_filter = nullptr;
    QLabel *m_count = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    QTimer *m_filterDelay;
    bool m_restoring = false;
};

} // namespace rt
