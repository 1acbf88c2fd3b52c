// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "delegates/tracedelegate.h"

#include "widgets/icons.h"

#include <QAbstractItemView>
#include <QPainter>

namespace rt {

namespace {
constexpr int padding = 6;
constexpr int markWidth = 40;
} // namespace

TraceDelegate::TraceDelegate(const Theme &theme, const TraceModel &model, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_model(model)
{
}

int TraceDelegate::layOut(const AlgorithmStep &step, const QRect &area, QPainter *painter,
                          bool walked) const
{
    struct Line
    {
        QString text;
        FontRole font;
        Token token;
    };
    const Line lines[] = {{step.sentence, FontRole::Ui, Token::Text},
                          {QString::fromUtf8(step.evidence), FontRole::Mono, Token::Text},
                          {step.source, FontRole::Small, Token::Dim}};
    int y = area.top() + padding;
    for (const Line &line : lines) {
        if (line.text.isEmpty())
            continue;
        const QFont font = m_theme.font(line.font);
        const int flags = Qt::TextWordWrap | Qt::TextWrapAnywhere * (line.font == FontRole::Mono);
        const QRect room(area.left(), y, area.width(), 10'000);
        const QRect used = QFontMetrics(font).boundingRect(room, flags, line.text);
        if (painter) {
            painter->setFont(font);
            painter->setPen(m_theme.color(walked ? line.token : Token::Dim));
            painter->drawText(QRect(area.left(), y, area.width(), used.height()), flags, line.text);
        }
        y += used.height() + 2;
    }
    return y + padding - area.top();
}

QSize TraceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    const QRect area(0, 0, std::max(80, width - markWidth - 14), 0);
    return {width, layOut(m_model.step(index.row()), area, nullptr, true)};
}

void TraceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    const AlgorithmStep &step = m_model.step(index.row());
    const bool selected = option.state & QStyle::State_Selected;
    const bool failed = step.outcome == AlgorithmStep::Outcome::Failed;
    painter->save();
    painter->fillRect(option.rect,
                      m_theme.color(selected     ? Token::Selection
                                        : failed ? Token::BadTint
                                                 : Token::Pane));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      m_theme.color(Token::Line));
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int current = view ? view->currentIndex().row() : -1;
    const bool walked = current < 0 || index.row() <= current;
    paintMark(*painter, option, index.row(), walked);
    const QRect area = QStyle::visualRect(option.direction, option.rect,
                                          option.rect.adjusted(markWidth, 0, -14, 0));
    layOut(step, area, painter, walked);
    painter->restore();
}

void TraceDelegate::paintMark(QPainter &painter, const QStyleOptionViewItem &option, int row,
                              bool walked) const
{
    const AlgorithmStep::Outcome outcome = m_model.step(row).outcome;
    const bool failed = outcome == AlgorithmStep::Outcome::Failed;
    const bool passed = outcome == AlgorithmStep::Outcome::Passed;
    const QString icon = failed ? QStringLiteral("cross")
        : passed                ? QStringLiteral("check")
                                : QStringLiteral("circle");
    const int size = QFontMetrics(m_theme.font(FontRole::Ui)).height();
    const QRect &all = option.rect;
    QRect mark(all.left() + 14, all.top() + padding, size, size);
    QRect above(mark.center().x() - 1, all.top(), 2, padding);
    QRect below(mark.center().x() - 1, mark.bottom() + 1, 2, all.bottom() - mark.bottom());
    mark = QStyle::visualRect(option.direction, all, mark);
    const QColor path = m_theme.color(walked ? Token::Accent : Token::Line);
    if (row > 0)
        painter.fillRect(QStyle::visualRect(option.direction, all, above), path);
    if (row + 1 < m_model.rowCount())
        painter.fillRect(QStyle::visualRect(option.direction, all, below), path);
    const Token token = failed ? Token::Bad : passed ? Token::Good : Token::Dim;
    painter.drawPixmap(
        mark,
        iconPixmap(icon, m_theme.color(token), mark.size(), painter.device()->devicePixelRatioF()));
}

} // namespace rt
