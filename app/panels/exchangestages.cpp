// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/exchangestages.h"

#include "delegates/stagedelegate.h"
#include "models/stagemodel.h"
#include "models/trafficformat.h"
#include "panels/stagedetail.h"
#include "widgets/captionlabel.h"
#include "widgets/richview.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QSplitter>
#include <QToolButton>

namespace rt {

namespace {
/// Narrower than this, the steps stand above their details.
constexpr int roomForTwo = 620;
/// And lower than this, only the details.
constexpr int roomForStrip = 240;
} // namespace

ExchangeStages::ExchangeStages(const Theme &theme, Selection &selection, QWidget *parent)
    : ExchangePage(theme, selection, parent), m_model(new StageModel(this)),
      m_list(new QListView(this)), m_detail(new RichView(theme, this)),
      m_splitter(new QSplitter(this)),
      m_position(new CaptionLabel(theme, {}, this, FontRole::Small))
{
    setupList();
    m_detail->setObjectName(QStringLiteral("inspector.stages"));
    m_detail->setAccessibleName(tr("What the step did"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(1, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(m_splitter, 1);
    connect(m_detail, &RichView::linkClicked, this, &ExchangeStages::follow);
    connect(m_detail, &RichView::restyled, this, &ExchangeStages::showStep);
    connect(&theme, &Theme::changed, this, &ExchangeStages::arrange);
    arrange();
}

void ExchangeStages::setupList()
{
    m_list->setObjectName(QStringLiteral("inspector.stageList"));
    m_list->setAccessibleName(tr("Steps of the stack"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new StageDelegate(m_theme, *m_model, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->installEventFilter(this);
    m_detail->installEventFilter(this);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ExchangeStages::showStep);
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex &index) { onClicked(index.row()); });
}

QToolButton *ExchangeStages::makeButton(const QString &icon, const QString &name, int by)
{
    auto *button = new QToolButton(this);
    button->setIcon(m_theme.icon(icon));
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    connect(button, &QToolButton::clicked, this, [this, by] { step(by); });
    return button;
}

QWidget *ExchangeStages::makeBar()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(14, 2, 14, 6);
    row->setSpacing(6);
    row->addWidget(makeButton(QStringLiteral("chevron-left"), tr("Step back"), -1));
    row->addWidget(makeButton(QStringLiteral("chevron-right"), tr("Step forward"), 1));
    row->addWidget(m_position, 1);
    return bar;
}

bool ExchangeStages::isWide() const
{
    return width() >= roomForTwo * m_theme.textScale();
}

/// In a small window the buttons above have to do: the details need the room.
bool ExchangeStages::hasRoomForList() const
{
    return isWide() || height() >= roomForStrip * m_theme.textScale();
}

void ExchangeStages::arrange()
{
    const double scale = m_theme.textScale();
    const bool wide = isWide();
    const auto orientation = wide ? Qt::Horizontal : Qt::Vertical;
    m_list->setFlow(wide ? QListView::TopToBottom : QListView::LeftToRight);
    m_list->setHorizontalScrollBarPolicy(wide ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    m_list->setVerticalScrollBarPolicy(wide ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    const int row = m_list->sizeHintForRow(0) > 0 ? m_list->sizeHintForRow(0) : 44;
    m_list->setMinimumHeight(wide ? 0 : row + 14);
    m_list->setMaximumHeight(wide ? QWIDGETSIZE_MAX : row + 14);
    if (m_splitter->orientation() != orientation || m_splitter->sizes().value(0) == 0) {
        m_splitter->setOrientation(orientation);
        const int list = wide ? int(260 * scale) : row + 14;
        m_splitter->setSizes({list, std::max(100, (wide ? width() : height()) - list)});
    }
    m_list->doItemsLayout();
    showPosition();
}

void ExchangeStages::resizeEvent(QResizeEvent *event)
{
    ExchangePage::resizeEvent(event);
    arrange();
}

void ExchangeStages::show(const Inspected &inspected)
{
    const QModelIndex current = m_list->currentIndex();
    const auto before = current.isValid() ? std::optional(std::pair(
                            m_model->step(current.row()).kind, m_model->step(current.row()).stage))
                                          : std::nullopt;
    const quint64 shown = m_inspected.exchange ? m_inspected.exchange->id : 0;
    m_inspected = inspected;
    m_filling = true;
    m_model->setSteps(inspected.exchange ? stackSteps(*inspected.exchange)
                                         : std::vector<StackStep>());
    const bool same = inspected.exchange && inspected.exchange->id == shown && before;
    const int kept = same ? m_model->rowOf(before->first, before->second) : -1;
    m_list->setCurrentIndex(m_model->index(kept >= 0 ? kept : m_model->tellingRow()));
    m_filling = false;
    arrange();
    showStep();
    m_list->scrollTo(m_list->currentIndex());
}

void ExchangeStages::step(int by)
{
    const int last = m_model->rowCount() - 1;
    const int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() + by : 0;
    if (last >= 0)
        m_list->setCurrentIndex(m_model->index(std::clamp(row, 0, last)));
}

void ExchangeStages::showNothing()
{
    const auto &exchange = m_inspected.exchange;
    m_detail->setContent(
        QStringLiteral("<p class=\"dim\">%1</p>")
            .arg(!exchange ? tr("Nothing reached the server.")
                           : tr("The server is not the lab's: nothing is known of its inside.")));
}

void ExchangeStages::showPosition()
{
    m_list->setVisible(m_model->rowCount() > 0 && hasRoomForList());
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid()) {
        m_position->setText({});
        return;
    }
    const QString position = tr("Step %1 of %2").arg(current.row() + 1).arg(m_model->rowCount());
    const QString title = StageModel::title(m_model->step(current.row()));
    m_position->setText(hasRoomForList() ? tr("%1. The arrow keys walk through them.").arg(position)
                                         : position + QStringLiteral(" \u00b7 ") + title);
}

void ExchangeStages::showStep()
{
    if (m_filling)
        return;
    showPosition();
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid() || !m_inspected.exchange)
        return showNothing();
    m_detail->setContent(
        StageDetail(*m_detail).html(m_model->step(current.row()), *m_inspected.exchange));
}

void ExchangeStages::onClicked(int row)
{
    const StackStep &step = m_model->step(row);
    if (step.stage.isEmpty() || !m_inspected.exchange)
        return;
    m_selection.selectOption("server." + step.stage);
    pick(QStringLiteral("visited"), m_inspected.exchange->id);
}

void ExchangeStages::follow(const QString &link)
{
    const QString target = link.section(u':', 1);
    if (link.startsWith(QStringLiteral("option:")))
        m_selection.selectOption("server." + target.toLatin1());
    else if (m_inspected.exchange)
        pick(target, m_inspected.exchange->id);
}

bool ExchangeStages::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
        if (enter && watched == m_list && m_list->currentIndex().isValid()) {
            onClicked(m_list->currentIndex().row());
            return true;
        }
        if (key == Qt::Key_Left || key == Qt::Key_Right) {
            step((key == Qt::Key_Right) != mirrored ? 1 : -1);
            return true;
        }
    }
    return ExchangePage::eventFilter(watched, event);
}

} // namespace rt
