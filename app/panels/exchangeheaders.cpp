// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/exchangeheaders.h"

#include "delegates/headerdelegate.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <QTableView>

namespace rt {

ExchangeHeaders::ExchangeHeaders(const Theme &theme, Selection &selection, QWidget *parent)
    : ExchangePage(theme, selection, parent), m_model(new HeaderModel(this)),
      m_view(new QTableView(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    setupView();
    connect(&theme, &Theme::changed, this, &ExchangeHeaders::fit);
    connect(&selection, &Selection::headerSelected, this, &ExchangeHeaders::showHeader);
}

void ExchangeHeaders::setupView()
{
    auto *delegate = new HeaderDelegate(m_theme, *m_model, this);
    m_view->setObjectName(QStringLiteral("inspector.headers"));
    m_view->setAccessibleName(tr("Headers"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(delegate);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setShowGrid(false);
    m_view->setTabKeyNavigation(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setMinimumSectionSize(16);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->horizontalHeader()->setMinimumSectionSize(16);
    m_view->viewport()->installEventFilter(this);
    m_view->installEventFilter(this);
    connect(delegate, &HeaderDelegate::fixClicked, this, &ExchangePage::fixRequested);
    connect(delegate, &HeaderDelegate::optionClicked, &m_selection, &Selection::selectOption);
    connect(delegate, &HeaderDelegate::referenceClicked, this,
            [this](const QString &url) { emit linkRequested(QUrl(url)); });
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QTableView::customContextMenuRequested, this, &ExchangeHeaders::openMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) { onCurrentChanged(current.row()); });
}

void ExchangeHeaders::show(const Inspected &inspected)
{
    m_filling = true;
    const quint64 before = m_exchange;
    const int scroll = m_view->verticalScrollBar()->value();
    m_exchange = inspected.exchange ? inspected.exchange->id : 0;
    m_model->setInspected(inspected);
    m_view->clearSpans();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->row(row).kind == HeaderRow::Kind::Section)
            m_view->setSpan(row, 0, 1, HeaderModel::ColumnCount);
    }
    fit();
    if (before == m_exchange)
        m_view->verticalScrollBar()->setValue(scroll);
    m_filling = false;
    showHeader(m_selection.header());
}

void ExchangeHeaders::setHighlights(const QStringList &paths)
{
    m_model->setHighlights(paths);
}

void ExchangeHeaders::fit()
{
    const int mark = QFontMetrics(m_theme.font(FontRole::Mono)).horizontalAdvance(u'+') + 20;
    const int width = m_view->viewport()->width() - mark;
    const QFontMetrics small(m_theme.font(FontRole::Small));
    const int setBy = std::min(width * 3 / 10, small.averageCharWidth() * 30 + 24);
    const int field = (width - setBy) * 9 / 20;
    m_view->setColumnWidth(HeaderModel::Mark, mark);
    m_view->setColumnWidth(HeaderModel::Field, field);
    m_view->setColumnWidth(HeaderModel::Meaning, width - setBy - field);
    m_view->setColumnWidth(HeaderModel::SetBy, setBy);
    QPalette colors = palette();
    colors.setColor(QPalette::ButtonText, m_theme.color(Token::Dim));
    m_view->horizontalHeader()->setPalette(colors);
    m_view->horizontalHeader()->setFont(m_theme.font(FontRole::Small));
    m_view->resizeRowsToContents();
}

void ExchangeHeaders::resizeEvent(QResizeEvent *event)
{
    ExchangePage::resizeEvent(event);
    fit();
}

bool ExchangeHeaders::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_view->viewport())
        fit();
    if (event->type() == QEvent::KeyPress && watched == m_view) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const QModelIndex current = m_view->currentIndex();
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && current.isValid()) {
            act(current.row());
            return true;
        }
    }
    return ExchangePage::eventFilter(watched, event);
}

void ExchangeHeaders::act(int rowNumber)
{
    const HeaderRow &row = m_model->row(rowNumber);
    if (row.fix >= 0)
        emit fixRequested(row.fix);
    else if (!row.option.isEmpty())
        m_selection.selectOption(row.option);
}

/// Everything a row offers, for whoever has no mouse at hand.
void ExchangeHeaders::openMenu(const QPoint &position)
{
    const QModelIndex index = m_view->indexAt(position);
    const int rowNumber = index.isValid() ? index.row() : m_view->currentIndex().row();
    if (rowNumber < 0 || m_model->row(rowNumber).kind == HeaderRow::Kind::Section)
        return;
    const HeaderRow row = m_model->row(rowNumber);
    QMenu menu(this);
    if (row.fix >= 0)
        menu.addAction(m_model->fixes()[static_cast<size_t>(row.fix)].label, this,
                       [this, row] { emit fixRequested(row.fix); });
    if (!row.option.isEmpty())
        menu.addAction(tr("Show the option %1").arg(row.setBy), this,
                       [this, row] { m_selection.selectOption(row.option); });
    if (!row.referenceUrl.isEmpty())
        menu.addAction(tr("Read on in %1").arg(row.reference), this,
                       [this, row] { emit linkRequested(QUrl(row.referenceUrl)); });
    menu.addAction(tr("Copy the line"), this, [row] {
        QGuiApplication::clipboard()->setText(row.name + QStringLiteral(": ") + row.value);
    });
    menu.exec(m_view->viewport()->mapToGlobal(position));
}

void ExchangeHeaders::onCurrentChanged(int rowNumber)
{
    if (m_filling || rowNumber < 0)
        return;
    const HeaderRow &row = m_model->row(rowNumber);
    m_selection.selectHeader(row.header);
    pick(row.pick, m_exchange);
}

void ExchangeHeaders::showHeader(const QByteArray &name)
{
    const int row = m_model->rowOfHeader(name);
    if (row < 0 || (m_view->currentIndex().isValid() && m_view->currentIndex().row() == row))
        return;
    m_filling = true;
    m_view->setCurrentIndex(m_model->index(row, HeaderModel::Field));
    m_filling = false;
}

} // namespace rt
