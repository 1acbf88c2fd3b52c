// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/trafficpanel.h"

#include "widgets/captionlabel.h"
#include "widgets/emptystate.h"
#include "widgets/trafficview.h"

#include <QAction>
#include <QBoxLayout>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTimer>

namespace rt {

namespace {

/// What a press on a cell points at, in the names of the check language.
QString pickedPath(int column)
{
    switch (column) {
    case TrafficModel::Method:
        return QStringLiteral("req.method");
    case TrafficModel::Path:
        return QStringLiteral("req.path");
    case TrafficModel::Status:
        return QStringLiteral("res.status");
    case TrafficModel::Wire:
        return QStringLiteral("res.wire");
    case TrafficModel::Time:
        return QStringLiteral("duration");
    default:
        return {};
    }
}

} // namespace

TrafficPanel::TrafficPanel(const Theme &theme, Selection &selection, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_selection(selection), m_model(new TrafficModel(this)),
      m_filterDelay(new QTimer(this))
{
    setObjectName(QStringLiteral("traffic"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    setupHeader();
    setupBody();
    m_filterDelay->setSingleShot(true);
    m_filterDelay->setInterval(80);
    connect(m_filterDelay, &QTimer::timeout, this, &TrafficPanel::applyFilter);
    connect(m_model, &TrafficModel::countsChanged, this, &TrafficPanel::showCounts);
    connect(m_model, &QAbstractItemModel::modelReset, this, &TrafficPanel::restoreSelection);
    connect(&selection, &Selection::exchangeSelected, this, &TrafficPanel::restoreSelection);
    showCounts();
}

void TrafficPanel::setupHeader()
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(14, 6, 14, 6);
    row->setSpacing(10);
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(QStringLiteral("traffic.filter"));
    m_filter->setAccessibleName(tr("Filter the traffic"));
    m_filter->setPlaceholderText(tr("method:PUT status:2xx blocked:cors \u2026"));
    m_filter->setToolTip(tr("Words that must all hold: %1. A minus before a word excludes it.")
                             .arg(TrafficFilter::fieldNames().join(QStringLiteral(" "))));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(m_theme.icon(QStringLiteral("search"), Token::Dim),
                        QLineEdit::LeadingPosition);
    m_filter->setFont(m_theme.font(FontRole::Mono));
    connect(&m_theme, &Theme::changed, m_filter,
            [this] { m_filter->setFont(m_theme.font(FontRole::Mono)); });
    connect(m_filter, &QLineEdit::textChanged, m_filterDelay, qOverload<>(&QTimer::start));
    m_count = new CaptionLabel(m_theme, {}, this);
    m_count->setObjectName(QStringLiteral("traffic.count"));
    row->addWidget(new CaptionLabel(m_theme, tr("TRAFFIC"), this));
    row->addWidget(m_filter, 1);
    row->addWidget(m_count);
    layout()->addItem(row);
}

void TrafficPanel::setupBody()
{
    m_stack = new QStackedWidget(this);
    m_view = new TrafficView(m_theme, *m_model, m_stack);
    m_empty = new EmptyState(m_theme, QStringLiteral("traffic"),
                             tr("Every request and answer appears here, as it was on the wire."),
                             m_stack);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    layout()->addWidget(m_stack);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &TrafficPanel::publishSelection);
    connect(m_view, &TrafficView::cellPressed, this, &TrafficPanel::pick);
}

void TrafficPanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void TrafficPanel::applyFilter()
{
    m_model->setFilter(TrafficFilter::parse(m_filter->text()));
}

void TrafficPanel::showCounts()
{
    const qsizetype total = m_model->totalExchanges();
    m_count->setText(tr("%1 of %2").arg(m_model->shownExchanges()).arg(total));
    const bool nothing = total == 0 && m_model->rowCount() == 0 && m_filter->text().isEmpty();
    m_stack->setCurrentWidget(nothing ? static_cast<QWidget *>(m_empty) : m_view);
}

void TrafficPanel::publishSelection()
{
    const QModelIndex current = m_view->currentIndex();
    if (m_restoring || !current.isValid())
        return;
    m_selection.selectExchange(current.data(TrafficModel::ExchangeRole).toULongLong(),
                               current.data(TrafficModel::CallRole).toULongLong());
}

void TrafficPanel::restoreSelection()
{
    const int row = m_model->rowOf(m_selection.exchange(), m_selection.call());
    if (row == m_view->currentIndex().row())
        return;
    m_restoring = true;
    if (row < 0) {
        m_view->selectionModel()->clear();
    } else {
        const QModelIndex index = m_model->index(row, TrafficModel::Path);
        m_view->setCurrentIndex(index);
        m_view->scrollTo(index);
    }
    m_restoring = false;
}

void TrafficPanel::pick(int row, int column)
{
    const QString path = pickedPath(column);
    const QModelIndex index = m_model->index(row, column);
    if (!path.isEmpty())
        m_selection.pickField(QStringLiteral("http"), path,
                              index.data(TrafficModel::ExchangeRole).toULongLong());
}

} // namespace rt
