// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/exchangetrace.h"

#include "delegates/tracedelegate.h"
#include "models/tracephases.h"
#include "panels/fixbar.h"
#include "panels/tracephasebar.h"
#include "widgets/captionlabel.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QToolButton>

namespace rt {

ExchangeTrace::ExchangeTrace(const Theme &theme, Selection &selection, QWidget *parent)
    : ExchangePage(theme, selection, parent), m_model(new TraceModel(this)),
      m_phases(new TracePhaseBar(theme, this)), m_view(new QListView(this)),
      m_fixes(new FixBar(theme, QStringLiteral("inspector.trace.fix"), this)),
      m_position(new CaptionLabel(theme, {}, this, FontRole::Small))
{
    setupView();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(14, 2, 14, 4);
    row->setSpacing(6);
    row->addWidget(makeButton(QStringLiteral("chevron-left"), tr("Step back"), -1));
    row->addWidget(makeButton(QStringLiteral("chevron-right"), tr("Step forward"), 1));
    row->addWidget(m_position, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_phases);
    column->addLayout(row);
    column->addWidget(m_view, 1);
    column->addWidget(m_fixes);
    connect(m_phases, &TracePhaseBar::stepRequested, this, &ExchangeTrace::goTo);
    connect(m_fixes, &FixBar::fixRequested, this, &ExchangeTrace::fixRequested);
    connect(m_fixes, &FixBar::optionRequested, &selection, &Selection::selectOption);
}

void ExchangeTrace::setupView()
{
    m_view->setObjectName(QStringLiteral("inspector.trace"));
    m_view->setAccessibleName(tr("Trace"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new TraceDelegate(m_theme, *m_model, m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->installEventFilter(this);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ExchangeTrace::showPosition);
    connect(&m_theme, &Theme::changed, m_view, &QListView::doItemsLayout);
}

QToolButton *ExchangeTrace::makeButton(const QString &icon, const QString &name, int by)
{
    auto *button = new QToolButton(this);
    button->setIcon(m_theme.icon(icon));
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    connect(button, &QToolButton::clicked, this, [this, by] { step(by); });
    return button;
}

void ExchangeTrace::show(const Inspected &inspected)
{
    const quint64 call = inspected.call ? inspected.call->id : 0;
    const bool same = call && call == m_call;
    const int row = same ? m_view->currentIndex().row() : -1;
    m_filling = true;
    m_call = call;
    m_model->setSteps(inspected.call ? inspected.call->steps : std::vector<AlgorithmStep>());
    m_phases->setPhases(inspected.call ? tracePhases(*inspected.call, inspected.exchanges)
                                       : std::vector<TracePhase>());
    m_fixes->setDiagnosis(inspected.call ? inspected.diagnosis : Diagnosis());
    m_view->setCurrentIndex(m_model->index(row >= 0 ? row : failedRow()));
    m_filling = false;
    showPosition();
}

int ExchangeTrace::failedRow() const
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->step(row).outcome == AlgorithmStep::Outcome::Failed)
            return row;
    }
    return -1;
}

void ExchangeTrace::step(int by)
{
    goTo(m_view->currentIndex().isValid() ? m_view->currentIndex().row() + by : 0);
}

void ExchangeTrace::goTo(int row)
{
    const int last = m_model->rowCount() - 1;
    if (last >= 0)
        m_view->setCurrentIndex(m_model->index(std::clamp(row, 0, last)));
}

void ExchangeTrace::showPosition()
{
    const QModelIndex current = m_view->currentIndex();
    const int count = m_model->rowCount();
    m_view->viewport()->update(); // rows after the current one are dim
    if (count == 0)
        m_position->setText(
            tr("No browser was involved, so there are no browser rules to follow."));
    else if (!current.isValid())
        m_position->setText(tr("%1 steps. The arrow keys walk through them.").arg(count));
    else
        m_position->setText((current.row() == failedRow()
                                 ? tr("Step %1 of %2: the browser stopped here")
                                 : tr("Step %1 of %2"))
                                .arg(current.row() + 1)
                                .arg(count));
    if (!current.isValid() || m_filling)
        return;
    if (const quint64 exchange = m_model->step(current.row()).exchange)
        m_selection.selectExchange(exchange, m_call);
}

bool ExchangeTrace::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        if (key == Qt::Key_Left || key == Qt::Key_Right) {
            step((key == Qt::Key_Right) != mirrored ? 1 : -1);
            return true;
        }
    }
    return ExchangePage::eventFilter(watched, event);
}

} // namespace rt
