// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "delegates/consoledelegate.h"

#include "models/consolemodel.h"
#include "widgets/icons.h"

#include <QAbstractItemView>
#include <QPainter>

namespace rt {

namespace {
constexpr int padding = 5;
constexpr int markWidth = 36;
constexpr int margin = 12;

int longestWord(const QFontMetrics &metrics, const QString &text)
{
    int longest = 0;
    for (const QString &word : text.split(u' '))
        longest = std::max(longest, metrics.horizontalAdvance(word));
    return longest;
}

} // namespace

ConsoleDelegate::ConsoleDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{
}

int ConsoleDelegate::layOut(const QModelIndex &index, const QRect &area, QPainter *painter) const
{
    const bool error
        = index.data(ConsoleModel::KindRole).toInt() == static_cast<int>(ConsoleEntry::Kind::Error);
    struct Line
    {
        QString text;
        FontRole font;
        Token token;
    };
    const Line lines[]
        = {{index.data().toString(), error ? FontRole::Mono : FontRole::Ui, Token::Text},
           {index.data(ConsoleModel::SourceRole).toString(), FontRole::Small, Token::Dim}};
    int y = area.top() + padding;
    for (const Line &line : lines) {
        const QFont font = m_theme.font(line.font);
        // Words are broken only where one alone is wider than the list.
        const int flags = Qt::TextWordWrap
            | Qt::TextWrapAnywhere * (longestWord(QFontMetrics(font), line.text) > area.width());
        const QRect used = QFontMetrics(font).boundingRect(
            QRect(area.left(), y, area.width(), 10'000), flags, line.text);
        if (painter) {
            painter->setFont(font);
            painter->setPen(m_theme.color(line.token));
            painter->drawText(QRect(area.left(), y, area.width(), used.height()), flags, line.text);
        }
        y += used.height() + 2;
    }
    return y + padding - area.top();
}

QSize ConsoleDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    const QRect area(0, 0, std::max(80, width - markWidth - margin), 0);
    return {width, layOut(index, area, nullptr)};
}

void ConsoleDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const bool selected = option.state & QStyle::State_Selected;
    const bool error
        = index.data(ConsoleModel::KindRole).toInt() == static_cast<int>(ConsoleEntry::Kind::Error);
    painter->save();
    painter->fillRect(option.rect,
                      m_theme.color(selected    ? Token::Selection
                                        : error ? Token::BadTint
                                                : Token::CautionTint));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      m_theme.color(Token::Line));
    const int size = QFontMetrics(m_theme.font(FontRole::Ui)).height();
    QRect mark(option.rect.left() + margin, option.rect.top() + padding, size, size);
    mark = QStyle::visualRect(option.direction, option.rect, mark);
    const QString icon = error ? QStringLiteral("cross") : QStringLiteral("warning");
    painter->drawPixmap(mark,
                        iconPixmap(icon, m_theme.color(error ? Token::Bad : Token::Caution),
                                   mark.size(), painter->device()->devicePixelRatioF()));
    layOut(index,
           QStyle::visualRect(option.direction, option.rect,
                              option.rect.adjusted(markWidth, 0, -margin, 0)),
           painter);
    painter->restore();
}

} // namespace rt
