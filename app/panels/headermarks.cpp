// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/headermarks.h"

#include "lab/labconfig.h"
#include "models/headermodel.h"
#include "selection.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QTableView>

#include <algorithm>

namespace rt {

namespace {

bool isPartOf(const QByteArray &path, const QByteArray &whole)
{
    return path == whole || path.startsWith(whole + '.');
}

/// Headers that the option's own description names.
QByteArrayList headersOf(const QByteArray &path)
{
    const QByteArray stage = path.split('.').value(1);
    const MiddlewareInfo *info = middlewareInfo(stage);
    const OptionSpec *spec = info ? info->options.find(path.mid(8 + stage.size())) : nullptr;
    return spec ? spec->headers : QByteArrayList();
}

} // namespace

HeaderMarks::HeaderMarks(QTableView &view, const HeaderModel &model, Selection &selection,
                         const Theme &theme)
    : QWidget(&view), m_view(view), m_model(model), m_selection(selection), m_theme(theme)
{
    setObjectName(QStringLiteral("inspector.headers.marks"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    view.setMouseTracking(true);
    view.viewport()->installEventFilter(this);
    connect(&selection, &Selection::optionHovered, this, [this](const QByteArray &path) {
        m_hovered = path;
        update();
    });
    connect(&selection, &Selection::optionSelected, this, qOverload<>(&QWidget::update));
    connect(&view, &QTableView::entered, this, [this](const QModelIndex &index) {
        m_selection.hoverOption(m_model.row(index.row()).option);
    });
    connect(view.verticalScrollBar(), &QScrollBar::valueChanged, this,
            qOverload<>(&QWidget::update));
    connect(&model, &QAbstractItemModel::modelReset, this, qOverload<>(&QWidget::update));
    cover();
    show();
}

QByteArray HeaderMarks::option() const
{
    return m_hovered.isEmpty() ? m_selection.option() : m_hovered;
}

QList<int> HeaderMarks::markedRows() const
{
    QList<int> rows;
    const QByteArray path = option();
    if (!path.startsWith("server."))
        return rows;
    const QByteArrayList headers = headersOf(path);
    const QByteArray stage = "server." + path.split('.').value(1);
    for (int i = 0; i < m_model.rowCount(); ++i) {
        const HeaderRow &row = m_model.row(i);
        if (row.option.isEmpty())
            continue;
        const bool named = headers.contains(row.header) && isPartOf(row.option, stage);
        if (named || isPartOf(row.option, path) || isPartOf(path, row.option))
            rows.append(i);
    }
    return rows;
}

void HeaderMarks::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor tint = m_theme.color(Token::Accent);
    for (const int row : markedRows()) {
        const int y = m_view.rowViewportPosition(row);
        const QRect place(0, y, width(), m_view.rowHeight(row));
        tint.setAlpha(28);
        painter.fillRect(place, tint);
        const QRect bar(0, y, 4, place.height());
        painter.fillRect(QStyle::visualRect(layoutDirection(), place, bar),
                         m_theme.color(Token::Accent));
    }
}

bool HeaderMarks::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show)
        cover();
    else if (event->type() == QEvent::Leave)
        m_selection.hoverOption({});
    return QWidget::eventFilter(watched, event);
}

void HeaderMarks::cover()
{
    setGeometry(m_view.viewport()->geometry());
    raise();
}

} // namespace rt
