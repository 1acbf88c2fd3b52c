// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/growingedit.h"

#include "widgets/theme.h"

#include <QKeyEvent>

#include <algorithm>

namespace rt {

namespace {
constexpr int mostLines = 9;
}

GrowingEdit::GrowingEdit(const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
{
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(4);
    setFont(theme.font(FontRole::Mono));
    connect(&theme, &Theme::changed, this,
            [this] { setFont(m_theme.font(FontRole::Mono)); });
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &QWidget::updateGeometry);
}

int GrowingEdit::heightFor(int lines) const
{
    const int text = lines * fontMetrics().lineSpacing();
    return text + int(2 * document()->documentMargin()) + 2 * frameWidth();
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
    emit left();
}

} // namespace rt
