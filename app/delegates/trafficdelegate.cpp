// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "delegates/trafficdelegate.h"

#include "capture/annotation.h"

#include <QFontMetrics>
#include <QPainter>

namespace rt {

namespace {
constexpr int cellPadding = 8;
constexpr int foldWidth = 18;
constexpr int shortestBar = 3;
constexpr int shortestNote = 60;

bool isChild(const QModelIndex &index)
{
    return index.data(TrafficModel::ChildRole).toBool();
}

} // namespace

PillTone rowTone(RowState state)
{
    switch (state) {
    case RowState::Success:
        return PillTone::Good;
    case RowState::Redirect:
    case RowState::ClientError:
        return PillTone::Caution;
    case RowState::ServerError:
    case RowState::Blocked:
    case RowState::Failed:
        return PillTone::Bad;
    case RowState::Informational:
        return PillTone::Accent;
    case RowState::Pending:
    case RowState::Aborted:
        return PillTone::Neutral;
    }
    return PillTone::Neutral;
}

TrafficDelegate::TrafficDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{
    restyle();
    connect(&theme, &Theme::changed, this, &TrafficDelegate::restyle);
}

void TrafficDelegate::restyle()
{
    m_mono = m_theme.font(FontRole::Mono);
    m_small = m_theme.font(FontRole::Small);
}

QRect TrafficDelegate::foldRect(const QRect &cell)
{
    return {cell.left(), cell.top(), foldWidth + 4, cell.height()};
}

QSize TrafficDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString text = index.data().toString();
    const int width = QFontMetrics(m_mono).horizontalAdvance(text) + 2 * cellPadding;
    return {std::max(width, option.rect.width()), m_theme.rowHeight()};
}

void TrafficDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, m_theme.color(Token::Selection));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, m_theme.color(Token::Code));
    painter->setFont(m_mono);
    switch (index.column()) {
    case TrafficModel::Number:
        return paintNumber(*painter, option, index);
    case TrafficModel::Path:
        return paintPath(*painter, option, index);
    case TrafficModel::Status:
        return paintStatus(*painter, option, index);
    case TrafficModel::Waterfall:
        return paintWaterfall(*painter, option, index);
    default:
        paintText(*painter, option, index);
    }
}

void TrafficDelegate::paintText(QPainter &painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index) const
{
    const bool right = index.column() == TrafficModel::Wire || index.column() == TrafficModel::Time;
    const QRect rect = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    const QString text
        = QFontMetrics(m_mono).elidedText(index.data().toString(), Qt::ElideRight, rect.width());
    painter.setPen(m_theme.color(isChild(index) ? Token::Dim : Token::Text));
    const Qt::Alignment side = right ? Qt::AlignRight : Qt::AlignLeft;
    painter.drawText(rect, Qt::AlignVCenter | QStyle::visualAlignment(option.direction, side),
                     text);
}

void TrafficDelegate::paintNumber(QPainter &painter, const QStyleOptionViewItem &option,
                                  const QModelIndex &index) const
{
    const auto fold = index.data(TrafficModel::FoldRole).value<TrafficModel::Fold>();
    const bool child = isChild(index);
    QRect mark(option.rect.left() + 6 + (child ? 10 : 0), option.rect.top(), foldWidth - 4,
               option.rect.height());
    QRect text = option.rect.adjusted(foldWidth + 6 + (child ? 12 : 0), 0, -2, 0);
    mark = QStyle::visualRect(option.direction, option.rect, mark);
    text = QStyle::visualRect(option.direction, option.rect, text);
    const QPointF centre = QRectF(mark).center();
    painter.setPen(
        QPen(m_theme.color(Token::Dim), 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setRenderHint(QPainter::Antialiasing);
    const double towards = option.direction == Qt::RightToLeft ? -1 : 1;
    if (child) {
        const QPointF corner = centre + QPointF(-4 * towards, 0);
        painter.drawPolyline(
            QPolygonF {corner - QPointF(0, 7), corner, corner + QPointF(7 * towards, 0)});
    } else if (fold == TrafficModel::Fold::Open) {
        painter.drawPolyline(QPolygonF {centre + QPointF(-3.5, -2), centre + QPointF(0, 2),
                                        centre + QPointF(3.5, -2)});
    } else if (fold == TrafficModel::Fold::Closed) {
        painter.drawPolyline(QPolygonF {centre + QPointF(-2 * towards, -3.5),
                                        centre + QPointF(2 * towards, 0),
                                        centre + QPointF(-2 * towards, 3.5)});
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(m_theme.color(child ? Token::Dim : Token::Text));
    painter.drawText(text,
                     Qt::AlignVCenter | QStyle::visualAlignment(option.direction, Qt::AlignLeft),
                     index.data().toString());
}

void TrafficDelegate::paintPath(QPainter &painter, const QStyleOptionViewItem &option,
                                const QModelIndex &index) const
{
    const QFontMetrics metrics(m_mono);
    QRect rect = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    const QString path = index.data().toString();
    QString note = index.data(TrafficModel::NoteRole).toString();
    const QString origin = index.data(TrafficModel::OriginRole).toString();
    const auto place = [&](int width) {
        const QRect cell(rect.left(), rect.top(), std::min(width, rect.width()), rect.height());
        rect.setLeft(rect.left() + width);
        return QStyle::visualRect(option.direction, option.rect, cell);
    };
    if (!origin.isEmpty()) {
        const QString host = origin.mid(origin.indexOf(QStringLiteral("//")) + 2);
        painter.setPen(m_theme.color(Token::Dim));
        painter.drawText(place(metrics.horizontalAdvance(host)), Qt::AlignVCenter | Qt::AlignLeft,
                         host);
    }
    const QString shown = metrics.elidedText(path, Qt::ElideMiddle, rect.width());
    painter.setPen(m_theme.color(isChild(index) ? Token::Dim : Token::Text));
    painter.drawText(place(metrics.horizontalAdvance(shown)), Qt::AlignVCenter | Qt::AlignLeft,
                     shown);
    if (note.isEmpty() || rect.width() < shortestNote + cellPadding)
        return;
    place(cellPadding);
    QSize size = pillSize(m_small, note);
    if (size.width() > rect.width()) {
        note = index.data(TrafficModel::ShortNoteRole).toString();
        size = pillSize(m_small, note);
    }
    QRect pill = place(size.width());
    pill = QRect(pill.left(), pill.center().y() - size.height() / 2 + 1, pill.width(),
                 size.height());
    const auto tone = static_cast<Annotation::Tone>(index.data(TrafficModel::NoteToneRole).toInt());
    paintPill(painter, m_theme, pill, note,
              tone == Annotation::Tone::Caution ? PillTone::Caution : PillTone::Accent, m_small);
}

void TrafficDelegate::paintStatus(QPainter &painter, const QStyleOptionViewItem &option,
                                  const QModelIndex &index) const
{
    const QString text = index.data().toString();
    const QSize size = pillSize(m_small, text);
    const int room = option.rect.width() - cellPadding;
    QRect pill(option.rect.left() + cellPadding / 2,
               option.rect.center().y() - size.height() / 2 + 1, std::min(size.width(), room),
               size.height());
    pill = QStyle::visualRect(option.direction, option.rect, pill);
    paintPill(painter, m_theme, pill, text,
              rowTone(index.data(TrafficModel::StateRole).value<RowState>()), m_small);
}

void TrafficDelegate::paintWaterfall(QPainter &painter, const QStyleOptionViewItem &option,
                                     const QModelIndex &index) const
{
    const double start = index.data(TrafficModel::StartRole).toDouble();
    const double length = index.data(TrafficModel::DurationRole).toDouble();
    const int room = option.rect.width() - 2 * cellPadding - shortestBar;
    if (room <= 0)
        return;
    const double from = m_scale.position(start) * room;
    const double to = m_scale.position(start + length) * room;
    const int height = std::max(8, option.rect.height() / 3);
    QRect bar(option.rect.left() + cellPadding + qRound(from),
              option.rect.center().y() - height / 2, std::max(shortestBar, qRound(to - from)),
              height);
    bar = QStyle::visualRect(option.direction, option.rect, bar);
    const auto state = index.data(TrafficModel::StateRole).value<RowState>();
    const bool bad = rowTone(state) == PillTone::Bad;
    const Token token = isChild(index) ? Token::Dim : bad ? Token::Bad : Token::Accent;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(token));
    painter.drawRoundedRect(bar, 2, 2);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace rt
