// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/elidedlabel.h"

#include <QFontMetrics>
#include <QPainter>
#include <QStyle>

namespace rt {

ElidedLabel::ElidedLabel(const Theme &theme, const QString &text, QWidget *parent, FontRole role,
                         Token token)
    : QWidget(parent), m_theme(theme), m_role(role), m_token(token)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
    connect(&theme, &Theme::changed, this, &ElidedLabel::updateGeometry);
}

void ElidedLabel::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    resizeEvent(nullptr);
    update();
}

void ElidedLabel::setToken(Token token)
{
    m_token = token;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(m_role));
    return {metrics.horizontalAdvance(m_text) + 2, metrics.height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {std::min(24, sizeHint().width()), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(m_theme.font(m_role));
    painter.setPen(m_theme.color(m_token));
    const QString shown = painter.fontMetrics().elidedText(m_text, m_mode, width());
    if (!m_highlights.isEmpty()) {
        const QSize size(painter.fontMetrics().horizontalAdvance(shown),
                         painter.fontMetrics().height());
        paintHighlights(painter,
                        QStyle::alignedRect(layoutDirection(), Qt::AlignVCenter | Qt::AlignLeading,
                                            size, rect()),
                        shown);
    }
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeading, shown);
}

void ElidedLabel::setHighlights(const QStringList &words)
{
    m_highlights = words;
    update();
}

void ElidedLabel::paintHighlights(QPainter &painter, const QRect &text, const QString &shown) const
{
    const QFontMetrics metrics = painter.fontMetrics();
    for (const QString &word : m_highlights) {
        for (qsizetype at = shown.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
             at = shown.indexOf(word, at + word.size(), Qt::CaseInsensitive)) {
            const int left = metrics.horizontalAdvance(shown.first(at));
            const int width = metrics.horizontalAdvance(shown.mid(at, word.size()));
            painter.fillRect(text.left() + left, text.top(), width, text.height(),
                             m_theme.color(Token::CautionTint));
        }
    }
}

void ElidedLabel::resizeEvent(QResizeEvent *)
{
    setToolTip(width() < sizeHint().width() - 2 ? m_text : QString());
}

} // namespace rt
