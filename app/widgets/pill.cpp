// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/pill.h"

#include <QEvent>
#include <QFontMetrics>
#include <QMenu>
#include <QPainter>

namespace rt {

namespace {
constexpr int sidePadding = 8;
constexpr int verticalPadding = 2;
} // namespace

TonePair pillTokens(PillTone tone)
{
    switch (tone) {
    case PillTone::Neutral:
        return {Token::Text, Token::Chip};
    case PillTone::Accent:
        return {Token::Accent, Token::AccentTint};
    case PillTone::Good:
        return {Token::Good, Token::GoodTint};
    case PillTone::Caution:
        return {Token::Caution, Token::CautionTint};
    case PillTone::Bad:
        return {Token::Bad, Token::BadTint};
    }
    return {};
}

QSize pillSize(const QFont &font, const QString &text)
{
    const QFontMetrics metrics(font);
    return {metrics.horizontalAdvance(text) + 2 * sidePadding,
            metrics.height() + 2 * verticalPadding};
}

void paintPill(QPainter &painter, const Theme &theme, const QRect &rect, const QString &text,
               PillTone tone, const QFont &font)
{
    const TonePair tokens = pillTokens(tone);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    // In high contrast the tint is the surface itself: the outline keeps the shape.
    const bool outlined = theme.kind() == Theme::Kind::HighContrast;
    painter.setPen(outlined ? QPen(theme.color(tokens.foreground)) : QPen(Qt::NoPen));
    painter.setBrush(theme.color(tokens.background));
    const double radius = std::min(rect.height() / 2.0, 10.0);
    painter.drawRoundedRect(QRectF(rect), radius, radius);
    painter.setPen(theme.color(tokens.foreground));
    painter.setFont(font);
    const QRect inner = rect.adjusted(sidePadding, 0, -sidePadding, 0);
    const QString elided = QFontMetrics(font).elidedText(text, Qt::ElideRight, inner.width() + 1);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, elided);
    painter.restore();
}

Pill::Pill(const Theme &theme, const QString &text, PillTone tone, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_text(text), m_tone(tone)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setAccessibleName(text);
}

void Pill::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Pill::setTone(PillTone tone)
{
    m_tone = tone;
    update();
}

void Pill::setDot(bool dot)
{
    m_dot = dot;
    updateGeometry();
    update();
}

QString Pill::shown() const
{
    return m_dot ? QStringLiteral("\u25CF ") + m_text : m_text;
}

QSize Pill::sizeHint() const
{
    return pillSize(m_theme.font(FontRole::Small), shown());
}

QSize Pill::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 48), sizeHint().height()};
}

void Pill::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPill(painter, m_theme, rect(), shown(), m_tone, m_theme.font(FontRole::Small));
}

void Pill::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

PillButton::PillButton(const Theme &theme, const QString &text, QWidget *parent)
    : QAbstractButton(parent), m_theme(theme)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &PillButton::openMenu);
}

void PillButton::setMenu(QMenu *menu)
{
    m_menu = menu;
    updateGeometry();
}

void PillButton::setTone(PillTone tone)
{
    m_tone = tone;
    update();
}

QString PillButton::shown() const
{
    return m_menu ? text() + QStringLiteral(" \u25BE") : text();
}

QSize PillButton::sizeHint() const
{
    const QSize size = pillSize(m_theme.font(FontRole::Small), shown());
    return {size.width(), size.height() + 2};
}

QSize PillButton::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 56), sizeHint().height()};
}

void PillButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool lit = isChecked() || isDown() || underMouse();
    const PillTone tone
        = m_tone == PillTone::Neutral && lit && isEnabled() ? PillTone::Accent : m_tone;
    painter.setOpacity(isEnabled() ? 1.0 : 0.5);
    paintPill(painter, m_theme, rect(), shown(), tone, m_theme.font(FontRole::Small));
    if (!hasFocus())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(Token::Accent), 1.2));
    painter.setBrush(Qt::NoBrush);
    const double radius = std::min(height() / 2.0, 10.0);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.6, 0.6, -0.6, -0.6), radius, radius);
}

void PillButton::openMenu()
{
    if (m_menu)
        m_menu->popup(mapToGlobal(QPoint(0, height() + 2)));
}

} // namespace rt
