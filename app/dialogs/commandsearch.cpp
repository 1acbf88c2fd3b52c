// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "dialogs/commandsearch.h"

#include "delegates/searchdelegate.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>

namespace rt {

CommandSearch::CommandSearch(const Theme &theme, QWidget &window)
    : QDialog(&window, Qt::Popup | Qt::FramelessWindowHint), m_theme(theme), m_window(window),
      m_field(new QLineEdit(this)), m_list(new QListView(this)), m_model(new SearchModel(this))
{
    setObjectName(QStringLiteral("search"));
    setWindowTitle(tr("Command or search"));
    m_field->setObjectName(QStringLiteral("search.field"));
    m_field->setAccessibleName(tr("Command or search"));
    m_field->setPlaceholderText(
        tr("A command, an option such as \u201ccors maxAge\u201d, a lesson, a path\u2026"));
    m_field->addAction(theme.icon(QStringLiteral("search"), Token::Dim),
                       QLineEdit::LeadingPosition);
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("search.list"));
    m_list->setAccessibleName(tr("Results"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new SearchDelegate(theme, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    connect(m_field, &QLineEdit::textChanged, this, &CommandSearch::search);
    connect(m_list, &QListView::clicked, this, &CommandSearch::choose);
}

void CommandSearch::openWith(std::vector<SearchItem> items)
{
    m_model->setItems(std::move(items));
    m_field->clear();
    search();
    place();
    open();
    m_field->setFocus();
}

void CommandSearch::place()
{
    const int width = std::min(m_window.width() - 40, m_theme.controlHeight() * 24);
    const int height = std::min(m_window.height() * 2 / 3, m_theme.rowHeight() * 18);
    const QPoint corner((m_window.width() - width) / 2, m_window.height() / 9);
    setGeometry(QRect(m_window.mapToGlobal(corner), QSize(width, height)));
}

void CommandSearch::search()
{
    m_model->setQuery(m_field->text());
    m_list->setCurrentIndex(m_model->index(0));
}

void CommandSearch::moveBy(int rows)
{
    const int last = m_model->rowCount() - 1;
    if (last >= 0)
        m_list->setCurrentIndex(
            m_model->index(std::clamp(m_list->currentIndex().row() + rows, 0, last)));
}

void CommandSearch::choose()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    // The item goes with the model when the next search opens; what it does may open that.
    const auto run = m_model->item(current.row()).run;
    accept();
    run();
}

bool CommandSearch::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        moveBy(1);
        return true;
    case Qt::Key_Up:
        moveBy(-1);
        return true;
    case Qt::Key_PageDown:
        moveBy(10);
        return true;
    case Qt::Key_PageUp:
        moveBy(-10);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

void CommandSearch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Pane));
    painter.setPen(m_theme.color(Token::Dim));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace rt
