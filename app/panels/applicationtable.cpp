// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/applicationtable.h"

#include "widgets/emptystate.h"
#include "widgets/flowlayout.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QPushButton>

namespace rt {

ApplicationTable::ApplicationTable(const QString &name, const QStringList &titles,
                                   const QString &empty, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_rows(new RowsModel(titles, this)),
      m_view(new QTableView(this)), m_buttons(new QWidget(this)),
      m_flow(new FlowLayout(m_buttons, 8)),
      m_empty(new EmptyState(theme, QStringLiteral("cookie"), empty, this))
{
    m_view->setObjectName(name);
    setupView();
    m_flow->setContentsMargins(12, 4, 12, 4);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_empty, 1);
    column->addWidget(m_buttons);
    m_view->hide();
}

void ApplicationTable::setupView()
{
    m_view->setModel(m_rows);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setShowGrid(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_view->horizontalHeader()->setHighlightSections(false);
    const auto restyle = [this] {
        m_view->setFont(m_theme.font(FontRole::Mono));
        m_view->verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
    };
    restyle();
    connect(&m_theme, &Theme::changed, m_view, restyle);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        showButtons();
        emit currentChanged();
    });
}

void ApplicationTable::setRows(std::vector<RowsModel::Row> rows)
{
    const QString key = currentKey();
    const int column = std::max(0, m_view->currentIndex().column());
    m_rows->setRows(std::move(rows));
    const int row = m_rows->rowOf(key);
    if (row >= 0 && row != m_view->currentIndex().row())
        m_view->setCurrentIndex(m_rows->index(row, column));
    m_view->setVisible(m_rows->rowCount() > 0);
    m_empty->setVisible(m_rows->rowCount() == 0);
    showButtons();
}

QString ApplicationTable::currentKey() const
{
    return m_view->currentIndex().data(RowsModel::KeyRole).toString();
}

QPushButton *ApplicationTable::addButton(const QString &name, const QString &text,
                                         const QString &icon)
{
    auto *button = new QPushButton(m_theme.icon(icon), text, m_buttons);
    button->setObjectName(name);
    button->setAutoDefault(false);
    m_flow->addWidget(button);
    return button;
}

QPushButton *ApplicationTable::addRowButton(const QString &name, const QString &text,
                                            const QString &icon)
{
    m_rowButtons.append(addButton(name, text, icon));
    m_rowButtons.back()->setEnabled(false);
    return m_rowButtons.back();
}

void ApplicationTable::addBelow(QWidget *widget)
{
    static_cast<QVBoxLayout *>(layout())->addWidget(widget);
}

void ApplicationTable::showButtons()
{
    for (QPushButton *button : std::as_const(m_rowButtons))
        button->setEnabled(m_view->currentIndex().isValid());
}

} // namespace rt
