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

int TraceDelegate::layOut(const AlgorithmStep &step, const QRect &area, QPainter *painter) const
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
            painter->setPen(m_theme.color(line.token));
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
    return {width, layOut(m_model.step(index.row()), area, nullptr)};
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
    const bool passed = step.outcome == AlgorithmStep::Outcome::Passed;
    const QString icon = failed ? QStringLiteral("cross")
        : passed                ? QStringLiteral("check")
                                : QStringLiteral("circle");
    const int size = QFontMetrics(m_theme.font(FontRole::Ui)).height();
    QRect mark(option.rect.left() + 14, option.rect.top() + padding, size, size);
    mark = QStyle::visualRect(option.direction, option.rect, mark);
    const Token token = failed ? Token::Bad : passed ? Token::Good : Token::Dim;
    painter->drawPixmap(mark,
                        iconPixmap(icon, m_theme.color(token), mark.size(),
                                   painter->device()->devicePixelRatioF()));
    const QRect area = QStyle::visualRect(option.direction, option.rect,
                                          option.rect.adjusted(markWidth, 0, -14, 0));
    layOut(step, area, painter);
    painter->restore();
}

} // namespace rt
