// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/clientpanelhistorydelegate.h"

#include "models/history.h"
#include "widgets/pill.h"

#include <QPainter>

#include <algorithm>

namespace rt {

namespace {

constexpr int margin = 12;

PillTone toneOf(const QModelIndex &index)
{
    static constexpr PillTone tones[]
        = {PillTone::Neutral, PillTone::Good, PillTone::Caution, PillTone::Bad};
    return tones[std::clamp(index.data(RequestHistory::ToneRole).toInt(), 0, 3)];
}

} // namespace

ClientHistoryDelegate::ClientHistoryDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{
}

QSize ClientHistoryDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, m_theme.rowHeight()};
}

void ClientHistoryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                  const QModelIndex &index) const
{
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, m_theme.color(Token::Selection));
    const QFont mono = m_theme.font(FontRole::Mono);
    const QFontMetrics metrics(mono);
    const QFont small = m_theme.font(FontRole::Small);
    const QString outcome = index.data(RequestHistory::OutcomeRole).toString();
    const QSize pill = pillSize(small, outcome);
    const int method = metrics.horizontalAdvance(QStringLiteral("OPTIONS "));
    const QRect row = option.rect.adjusted(margin, 0, -margin, 0);
    const auto draw = [&](int left, int width, Token token, const QString &text) {
        const QRect part(row.left() + left, row.top(), width, row.height());
        painter->setPen(m_theme.color(token));
        painter->drawText(QStyle::visualRect(option.direction, row, part),
                          int(Qt::AlignVCenter | Qt::AlignLeading),
                          metrics.elidedText(text, Qt::ElideMiddle, width));
    };
    painter->setFont(mono);
    draw(0, method, Token::Text, index.data(RequestHistory::MethodRole).toString());
    const QRect badge(row.left() + method, row.center().y() - pill.height() / 2,
                      std::min(pill.width(), row.width() - method), pill.height());
    paintPill(*painter, m_theme, QStyle::visualRect(option.direction, row, badge), outcome,
              toneOf(index), small);
    painter->setFont(mono);
    const int address = method + pill.width() + 8;
    if (row.width() > address + 40)
        draw(address, row.width() - address, Token::Dim,
             index.data(RequestHistory::UrlRole).toString());
    painter->restore();
}

} // namespace rt
