// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/trafficview.h"

#include "delegates/trafficdelegate.h"
#include "models/trafficmodel.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>

#include <array>

namespace rt {

namespace {

struct ColumnPlan
{
    TrafficModel::Column column;
    /// Sample text that has to fit.
    const char *sample;
    /// From this width of the view, in digits, the column is shown.
    int shownFrom;
};

constexpr std::array columnPlans {
    ColumnPlan {TrafficModel::Number, "   1000", 0},
    ColumnPlan {TrafficModel::Method, "OPTIONS", 0},
    ColumnPlan {TrafficModel::Status, "x  blocked - OriginMismatch", 0},
    ColumnPlan {TrafficModel::From, "external  x", 78},
    ColumnPlan {TrafficModel::Wire, "999.9 kB", 88},
    ColumnPlan {TrafficModel::Time, "1000 ms", 66},
    ColumnPlan {TrafficModel::Waterfall, "Waterfall..", 102},
};

} // namespace

TrafficView::TrafficView(const Theme &theme, TrafficModel &traffic, QWidget *parent)
    : QTableView(parent), m_theme(theme), m_traffic(traffic),
      m_delegate(new TrafficDelegate(theme, this))
{
    setModel(&traffic);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setObjectName(QStringLiteral("traffic.view"));
    setAccessibleName(tr("Traffic"));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(TrafficModel::Path, QHeaderView::Stretch);
    horizontalHeader()->setMinimumSectionSize(40);
    restyle();
    connect(&theme, &Theme::changed, this, &TrafficView::restyle);
    connect(&traffic, &QAbstractItemModel::rowsAboutToBeInserted, this, &TrafficView::rememberEnd);
    connect(&traffic, &QAbstractItemModel::rowsInserted, this, &TrafficView::followEnd);
}

void TrafficView::restyle()
{
    verticalHeader()->setMinimumSectionSize(m_theme.rowHeight());
    verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
    horizontalHeader()->setFont(m_theme.font(FontRole::Small));
    QPalette colors = palette();
    colors.setColor(QPalette::ButtonText, m_theme.color(Token::Dim));
    horizontalHeader()->setPalette(colors);
    fitColumns();
}

// What matters most stays: number, method, path, state. The rest comes with room.
void TrafficView::fitColumns()
{
    const QFontMetrics mono(m_theme.font(FontRole::Mono));
    const QFontMetrics small(m_theme.font(FontRole::Small));
    const int characters = width() / std::max(1, mono.horizontalAdvance(u'0'));
    for (const ColumnPlan &plan : columnPlans) {
        const bool status = plan.column == TrafficModel::Status;
        const int sample
            = (status ? small : mono).horizontalAdvance(QLatin1StringView(plan.sample));
        const QString title
            = m_traffic.headerData(plan.column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int room = std::max(sample, small.horizontalAdvance(title) + 4) + 16;
        setColumnHidden(plan.column, characters < plan.shownFrom);
        // A very wide list gives its waterfall more room, a very narrow one its states less.
        setColumnWidth(plan.column,
                       plan.column == TrafficModel::Waterfall ? std::max(room, width() / 9)
                           : status && characters < 66        ? room * 3 / 4
                                                              : room);
    }
}

void TrafficView::resizeEvent(QResizeEvent *event)
{
    const bool end = m_atEnd;
    fitColumns();
    QTableView::resizeEvent(event);
    m_atEnd = end;
}

void TrafficView::rememberEnd()
{
    const QScrollBar *bar = verticalScrollBar();
    m_atEnd = bar->value() >= bar->maximum();
}

void TrafficView::followEnd()
{
    if (m_atEnd)
        scrollToBottom();
}

void TrafficView::rebuildScale()
{
    const int first = std::max(0, rowAt(0));
    int last = rowAt(viewport()->height() - 1);
    if (last < 0)
        last = m_traffic.rowCount() - 1;
    std::vector<std::pair<double, double>> spans;
    for (int row = first; row <= last; ++row) {
        const QModelIndex cell = m_traffic.index(row, TrafficModel::Waterfall);
        const double start = cell.data(TrafficModel::StartRole).toDouble();
        spans.emplace_back(start, start + cell.data(TrafficModel::DurationRole).toDouble());
    }
    WaterfallScale scale;
    scale.rebuild(std::move(spans));
    m_delegate->setScale(scale);
}

void TrafficView::paintEvent(QPaintEvent *event)
{
    if (!isColumnHidden(TrafficModel::Waterfall))
        rebuildScale();
    QTableView::paintEvent(event);
}

void TrafficView::keyPressEvent(QKeyEvent *event)
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int fold = mirrored ? Qt::Key_Right : Qt::Key_Left;
    const int unfold = mirrored ? Qt::Key_Left : Qt::Key_Right;
    const QModelIndex current = currentIndex();
    if (!current.isValid() || (event->key() != fold && event->key() != unfold)) {
        QTableView::keyPressEvent(event);
        return;
    }
    m_traffic.setFolded(current.row(), event->key() == fold);
    event->accept();
}

void TrafficView::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid() && index.column() == TrafficModel::Number) {
        const QRect cell = visualRect(index);
        const QRect fold
            = QStyle::visualRect(layoutDirection(), cell, TrafficDelegate::foldRect(cell));
        const auto state = index.data(TrafficModel::FoldRole).value<TrafficModel::Fold>();
        if (fold.contains(event->position().toPoint()) && state != TrafficModel::Fold::None) {
            m_traffic.setFolded(index.row(), state == TrafficModel::Fold::Open);
            event->accept();
            return;
        }
    }
    QTableView::mousePressEvent(event);
    if (index.isValid() && event->button() == Qt::LeftButton)
        emit cellPressed(index.row(), index.column());
}

} // namespace rt
