// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "delegates/searchdelegate.h"

#include "models/searchmodel.h"
#include "widgets/icons.h"

#include <QPainter>

namespace rt {

SearchDelegate::SearchDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{
}

QSize SearchDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, m_theme.rowHeight() + 6};
}

void SearchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const bool selected = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect, m_theme.color(selected ? Token::Selection : Token::Pane));
    const auto mirror = [&option](const QRect &rect) {
        return QStyle::visualRect(option.direction, option.rect, rect);
    };
    const int size = QFontMetrics(m_theme.font(FontRole::Ui)).height();
    const QRect icon(option.rect.left() + 12, option.rect.center().y() - size / 2, size, size);
    const QString iconName = index.data(SearchModel::IconRole).toString();
    if (!iconName.isEmpty())
        painter->drawPixmap(mirror(icon),
                            iconPixmap(iconName, m_theme.color(Token::Dim), icon.size(),
                                       painter->device()->devicePixelRatioF()));
    const QFont small = m_theme.font(FontRole::Small);
    const QString shortcut = index.data(SearchModel::ShortcutRole).toString();
    const QString end
        = shortcut.isEmpty() ? index.data(SearchModel::KindRole).toString() : shortcut;
    const int endWidth = QFontMetrics(small).horizontalAdvance(end);
    QRect text = option.rect.adjusted(12 + size + 10, 0, -endWidth - 24, 0);
    const QString title = index.data().toString();
    const QFontMetrics metrics(m_theme.font(FontRole::Ui));
    const int titleWidth = std::min(metrics.horizontalAdvance(title), text.width());
    painter->setFont(m_theme.font(FontRole::Ui));
    painter->setPen(m_theme.color(Token::Text));
    painter->drawText(mirror(QRect(text.left(), text.top(), titleWidth, text.height())),
                      Qt::AlignVCenter | Qt::AlignLeading,
                      metrics.elidedText(title, Qt::ElideRight, titleWidth));
    painter->setPen(m_theme.color(Token::Dim));
    const QRect rest = text.adjusted(titleWidth + 10, 0, 0, 0);
    if (rest.width() > 30)
        painter->drawText(mirror(rest), Qt::AlignVCenter | Qt::AlignLeading,
                          metrics.elidedText(index.data(SearchModel::DetailRole).toString(),
                                             Qt::ElideRight, rest.width()));
    painter->setFont(small);
    painter->drawText(mirror(option.rect.adjusted(12, 0, -12, 0)),
                      Qt::AlignVCenter | Qt::AlignTrailing, end);
}

} // namespace rt
