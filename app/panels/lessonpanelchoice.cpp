// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/lessonpanelchoice.h"

#include "widgets/theme.h"

#include <QPainter>
#include <QStyleOptionButton>

#include <algorithm>

namespace rt {

namespace {
constexpr int padding = 3;
constexpr int gap = 8;
constexpr int textFlags = int(Qt::TextWordWrap) | int(Qt::AlignLeading) | int(Qt::AlignVCenter);
} // namespace

LessonChoice::LessonChoice(const Theme &theme, const QString &text, bool exclusive, QWidget *parent)
    : QAbstractButton(parent), m_theme(theme), m_exclusive(exclusive)
{
    setCheckable(true);
    setAutoExclusive(exclusive);
    // Inline code marks mean nothing on a button.
    setText(QString(text).remove(u'`').remove(QStringLiteral("**")));
    setAccessibleName(this->text());
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int LessonChoice::indicatorSide() const
{
    return style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, this);
}

QRect LessonChoice::textRect() const
{
    return rect().adjusted(indicatorSide() + gap, padding, 0, -padding);
}

int LessonChoice::heightForWidth(int width) const
{
    const int room = std::max(40, width - indicatorSide() - gap);
    const QRect text = fontMetrics().boundingRect(0, 0, room, 10000, textFlags, this->text());
    return std::max(text.height(), indicatorSide()) + 2 * padding;
}

QSize LessonChoice::sizeHint() const
{
    const int width = 220;
    return {width, heightForWidth(width)};
}

QSize LessonChoice::minimumSizeHint() const
{
    return {120, indicatorSide() + 2 * padding};
}

void LessonChoice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyleOptionButton option;
    option.initFrom(this);
    option.state |= isChecked() ? QStyle::State_On : QStyle::State_Off;
    if (underMouse())
        option.state |= QStyle::State_MouseOver;
    const int side = indicatorSide();
    const int firstLine = padding + std::max(0, (fontMetrics().height() - side) / 2);
    option.rect = QStyle::visualRect(layoutDirection(), rect(), QRect(0, firstLine, side, side));
    style()->drawPrimitive(m_exclusive ? QStyle::PE_IndicatorRadioButton
                                       : QStyle::PE_IndicatorCheckBox,
                           &option, &painter, this);
    const bool plain = isEnabled() || isChecked();
    painter.setPen(m_theme.color(plain ? Token::Text : Token::Dim));
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), textRect()), textFlags, text());
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.color(Token::Accent), 1));
        painter.drawRoundedRect(QRectF(textRect()).adjusted(-3.5, -1.5, -0.5, 1.5), 4, 4);
    }
}

} // namespace rt
