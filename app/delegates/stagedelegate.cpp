// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "delegates/stagedelegate.h"

#include "models/trafficformat.h"

#include <QListView>
#include <QPainter>

namespace rt {

namespace {

using Kind = StackStep::Kind;
using Mark = HeadLine::Mark;

constexpr int gutter = 30;
constexpr int margin = 10;
constexpr int stripWidth = 168;
constexpr int barWidth = 46;

bool hasRun(const StackStep &step)
{
    return step.kind != Kind::NotReached && step.kind != Kind::PassedBy;
}

} // namespace

StageDelegate::StageDelegate(const Theme &theme, const StageModel &model, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_model(model)
{
}

/// Side by side above the details when there is no room beside them.
bool StageDelegate::isStrip(const QStyleOptionViewItem &option) const
{
    const auto *view = qobject_cast<const QListView *>(option.widget);
    return view && view->flow() == QListView::LeftToRight;
}

QSize StageDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int height = QFontMetrics(m_theme.font(FontRole::Ui)).height()
        + QFontMetrics(m_theme.font(FontRole::Small)).height() + 14;
    return {isStrip(option) ? stripWidth * std::max(1, qRound(m_theme.textScale()))
                            : option.rect.width(),
            height};
}

void StageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect, m_theme.color(selected ? Token::Selection : Token::Pane));
    paintLine(*painter, option, index.row());
    paintTexts(*painter, option, index.row());
    painter->restore();
}

void StageDelegate::paintLine(QPainter &painter, const QStyleOptionViewItem &option, int row) const
{
    const StackStep &step = m_model.step(row);
    const QRect area = QStyle::visualRect(
        option.direction, option.rect,
        QRect(option.rect.left(), option.rect.top(), gutter, option.rect.height()));
    const QPointF centre(area.center().x() + 0.5,
                         option.rect.top() + 7
                             + QFontMetrics(m_theme.font(FontRole::Ui)).height() / 2.0);
    if (!isStrip(option)) {
        QPen pen(m_theme.color(Token::Line), 2);
        pen.setCapStyle(Qt::FlatCap);
        if (step.kind == Kind::NotReached)
            pen.setDashPattern({2, 2});
        painter.setPen(pen);
        const double top = row == 0 ? centre.y() : option.rect.top();
        const bool last = row == m_model.rowCount() - 1;
        painter.drawLine(QPointF(centre.x(), top),
                         QPointF(centre.x(), last ? centre.y() : option.rect.bottom() + 1.0));
    }
    const Token token = !step.error.isEmpty() ? Token::Bad
        : step.ended                          ? Token::Accent
        : hasRun(step)                        ? Token::Good
                                              : Token::Dim;
    painter.setPen(QPen(m_theme.color(token), 2));
    painter.setBrush(hasRun(step) ? m_theme.color(token) : m_theme.color(Token::Pane));
    if (step.ended) // a square: the chain stops here
        painter.drawRoundedRect(QRectF(centre.x() - 5, centre.y() - 5, 10, 10), 2, 2);
    else
        painter.drawEllipse(centre, step.kind == Kind::Callback ? 3.0 : 4.0,
                            step.kind == Kind::Callback ? 3.0 : 4.0);
}

int StageDelegate::paintMarks(QPainter &painter, const QRect &line, const StackStep &step,
                              Qt::LayoutDirection direction) const
{
    struct Count
    {
        Mark mark;
        const char16_t *sign;
        Token token;
    };
    static constexpr Count counts[] = {{Mark::Added, u"+", Token::Good},
                                       {Mark::Changed, u"~", Token::Caution},
                                       {Mark::Removed, u"\u2212", Token::Bad}};
    painter.setFont(m_theme.font(FontRole::Small));
    painter.setLayoutDirection(Qt::LeftToRight); // +3 stays +3 among right-to-left words
    int x = 0;
    for (const Count &count : counts) {
        const int number = step.count(count.mark);
        if (number == 0 || !hasRun(step))
            continue;
        const QString text = QString::fromUtf16(count.sign) + QString::number(number);
        const int width = painter.fontMetrics().horizontalAdvance(text);
        painter.setPen(m_theme.color(count.token));
        const QRect at(line.left() + x, line.top(), width, line.height());
        painter.drawText(QStyle::visualRect(direction, line, at), Qt::AlignVCenter, text);
        x += width + 6;
    }
    painter.setLayoutDirection(direction);
    return x;
}

void StageDelegate::paintTime(QPainter &painter, const QStyleOptionViewItem &option,
                              const QRect &line, const StackStep &step) const
{
    if (step.durationNs < 0)
        return;
    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(m_theme.color(Token::Dim));
    painter.setLayoutDirection(Qt::LeftToRight);
    painter.drawText(line,
                     Qt::AlignVCenter | QStyle::visualAlignment(option.direction, Qt::AlignRight),
                     microsecondsText(step.durationNs));
    painter.setLayoutDirection(option.direction);
    const double share = m_model.longestNs() > 0
        ? static_cast<double>(step.durationNs) / static_cast<double>(m_model.longestNs())
        : 0;
    const int full = std::min(barWidth, line.width() / 3);
    const int width = std::max(2, qRound(full * share));
    const QRect bar(line.right() - width + 1, line.bottom() + 4, width, 3);
    painter.fillRect(QStyle::visualRect(option.direction, option.rect, bar),
                     m_theme.color(Token::Accent));
}

void StageDelegate::paintTexts(QPainter &painter, const QStyleOptionViewItem &option, int row) const
{
    const StackStep &step = m_model.step(row);
    const QFontMetrics ui(m_theme.font(FontRole::Ui));
    const QFontMetrics small(m_theme.font(FontRole::Small));
    const QRect area = option.rect.adjusted(gutter, 6, -margin, -6);
    const QRect first(area.left(), area.top(), area.width(), ui.height());
    const QRect second(area.left(), first.bottom() + 2, area.width(), small.height());
    const int time
        = step.durationNs < 0 ? 0 : small.horizontalAdvance(microsecondsText(step.durationNs)) + 10;
    const bool named = step.kind == Kind::Stage;
    painter.setFont(m_theme.font(named ? FontRole::Strong : FontRole::Ui));
    painter.setPen(m_theme.color(hasRun(step) ? Token::Text : Token::Dim));
    const QRect name = first.adjusted(0, 0, -time, 0);
    painter.drawText(
        QStyle::visualRect(option.direction, option.rect, name),
        Qt::AlignVCenter | QStyle::visualAlignment(option.direction, Qt::AlignLeft),
        painter.fontMetrics().elidedText(StageModel::title(step), Qt::ElideRight, name.width()));
    paintTime(painter, option, QStyle::visualRect(option.direction, option.rect, first), step);
    const QRect marks = QStyle::visualRect(option.direction, option.rect, second);
    const int used = paintMarks(painter, marks, step, option.direction);
    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(m_theme.color(!step.error.isEmpty() ? Token::Bad
                                     : step.ended      ? Token::Accent
                                                       : Token::Dim));
    const QRect rest = second.adjusted(used, 0, -barWidth - 6, 0);
    painter.drawText(QStyle::visualRect(option.direction, option.rect, rest),
                     Qt::AlignVCenter | QStyle::visualAlignment(option.direction, Qt::AlignLeft),
                     small.elidedText(StageModel::outcome(step), Qt::ElideRight, rest.width()));
}

} // namespace rt
