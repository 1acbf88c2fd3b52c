// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/exchangepage.h"

class QListView;
class QToolButton;

namespace rt {

class CaptionLabel;
class FixBar;
class TraceModel;
class TracePhaseBar;

/// The algorithm the browser went through, step by step, as the Fetch Standard has it. The step
/// that failed offers the setting that mends it.
class ExchangeTrace : public ExchangePage
{
    Q_OBJECT

public:
    ExchangeTrace(const Theme &theme, Selection &selection, QWidget *parent = nullptr);

    void show(const Inspected &inspected) override;
    /// 1 for the next step, -1 for the one before.
    void step(int by);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupView();
    QToolButton *makeButton(const QString &icon, const QString &name, int by);
    void goTo(int row);
    void showPosition();
    int failedRow() const;

    TraceModel *m_model;
    TracePhaseBar *m_phases;
    QListView *m_view;
    FixBar *m_fixes;
    CaptionLabel *m_position;
    quint64 m_call = 0;
    bool m_filling = false;
};

} // namespace rt
