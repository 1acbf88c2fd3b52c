// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/growingedit.h"

#include "widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace rt {

namespace {
constexpr int mostLines = 9;
}

GrowingEdit::GrowingEdit(const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent), m_theme(theme)
{
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(5);
    setLayoutDirection(Qt::LeftToRight); // wire text reads this way in every language
    viewport()->setAutoFillBackground(false);
    setFont(theme.font(FontRole::Mono));
    connect(&theme, &Theme::changed, this, [this] { setFont(m_theme.font(FontRole::Mono)); });
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &GrowingEdit::follow);
    follow();
}

// Looks as the one-line fields beside it: a rounded box of its own instead of the style's frame.
bool GrowingEdit::event(QEvent *event)
{
    if (event->type() != QEvent::Paint)
        return QPlainTextEdit::event(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(hasFocus() ? Token::Accent : Token::Line), 1));
    painter.setBrush(m_theme.color(Token::Code));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    return true;
}

int GrowingEdit::heightFor(int lines) const
{
    const int text = lines * fontMetrics().lineSpacing();
    return text + int(2 * document()->documentMargin()) + 2 * frameWidth();
}

void GrowingEdit::follow()
{
    const bool full = document()->size().height() > mostLines;
    setVerticalScrollBarPolicy(full ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    updateGeometry();
}

QSize GrowingEdit::sizeHint() const
{
    // QPlainTextDocumentLayout counts its height in lines.
    const int lines = std::clamp(int(document()->size().height()), 1, mostLines);
    return {120, std::max(heightFor(lines), lines == 1 ? m_theme.controlHeight() : 0)};
}

QSize GrowingEdit::minimumSizeHint() const
{
    return {60, sizeHint().height()};
}

void GrowingEdit::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool bracket = toPlainText().contains(u'{') || toPlainText().contains(u'[');
    if (enter && event->modifiers() == Qt::NoModifier && !bracket && blockCount() == 1) {
        emit submitted();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        emit escaped();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}

void GrowingEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    update();
    emit left();
}

} // namespace rt
