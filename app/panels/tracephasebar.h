// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/tracephases.h"
#include "widgets/theme.h"

#include <QWidget>

namespace rt {

class FlowLayout;

/// The parts of fetching in a row: those a call went through are lit, the one that stopped it is
/// marked, the others stay dim.
class TracePhaseBar : public QWidget
{
    Q_OBJECT

public:
    explicit TracePhaseBar(const Theme &theme, QWidget *parent = nullptr);

    void setPhases(const std::vector<TracePhase> &phases);

signals:
    /// Row of the first, or failing, step of the part that was pressed.
    void stepRequested(int row);

private:
    void add(const TracePhase &phase);

    const Theme &m_theme;
    FlowLayout *m_flow;
};

} // namespace rt
