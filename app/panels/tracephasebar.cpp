// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/tracephasebar.h"

#include "widgets/flowlayout.h"
#include "widgets/pill.h"

namespace rt {

TracePhaseBar::TracePhaseBar(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_flow(new FlowLayout(this, 6))
{
    setObjectName(QStringLiteral("inspector.trace.phases"));
    m_flow->setContentsMargins(14, 2, 14, 6);
}

void TracePhaseBar::setPhases(const std::vector<TracePhase> &phases)
{
    while (m_flow->count() > 0) {
        const std::unique_ptr<QLayoutItem> item(m_flow->takeAt(0));
        item->widget()->hide();
        item->widget()->deleteLater();
    }
    for (const TracePhase &phase : phases)
        add(phase);
    setVisible(!phases.empty());
}

void TracePhaseBar::add(const TracePhase &phase)
{
    struct Look
    {
        QString text;
        QString spoken;
        PillTone tone;
    };
    const Look look = phase.state == TracePhase::State::Failed
        ? Look {QStringLiteral("\u2715 %1"), tr("%1: stopped here"), PillTone::Bad}
        : phase.state == TracePhase::State::Walked
        ? Look {QStringLiteral("\u2713 %1"), tr("%1: passed"), PillTone::Good}
        : Look {QStringLiteral("\u2013 %1"), tr("%1: not on the way"), PillTone::Neutral};
    const QString text = look.text.arg(phase.title);
    QWidget *shown = nullptr;
    if (phase.step < 0) {
        shown = new Pill(m_theme, text, look.tone, this);
    } else {
        auto *button = new PillButton(m_theme, text, this);
        button->setTone(look.tone);
        connect(button, &QAbstractButton::clicked, this,
                [this, row = phase.step] { emit stepRequested(row); });
        shown = button;
    }
    shown->setAccessibleName(look.spoken.arg(phase.title));
    shown->setToolTip(shown->accessibleName());
    m_flow->addWidget(shown);
    shown->show();
}

} // namespace rt
