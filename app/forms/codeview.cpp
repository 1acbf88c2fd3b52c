// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/codeview.h"

#include "widgets/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace rt {

namespace {
constexpr int gutterMargin = 8;
constexpr int sideMargin = 12;
constexpr int topMargin = 6;
} // namespace

/// The numbers beside the lines; everything is decided by the view.
class CodeViewGutter final : public QWidget
{
public:
    explicit CodeViewGutter(CodeView *view) : QWidget(view), m_view(view) { }

protected:
    void paintEvent(QPaintEvent *event) override { m_view->paintGutter(event); }

private:
    CodeView *m_view;
};

CodeView::CodeView(const Theme &theme, CodeHighlighter::Language language, QWidget *parent)
    : QPlainTextEdit(parent), m_theme(theme),
      m_highlighter(new CodeHighlighter(document(), theme, language)),
      m_gutter(new CodeViewGutter(this))
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setLayoutDirection(Qt::LeftToRight); // code reads this way in every language
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::ArrowCursor);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        dy ? m_gutter->scroll(0, dy)
           : m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeView::placeGutter);
    connect(&theme, &Theme::changed, this, &CodeView::restyle);
    restyle();
}

void CodeView::restyle()
{
    setFont(m_theme.font(FontRole::Mono));
    placeGutter();
    updateSelections();
    update();
}

void CodeView::setLineNumbersVisible(bool visible)
{
    m_numbers = visible;
    m_gutter->setVisible(visible);
    placeGutter();
}

void CodeView::setLanguage(CodeHighlighter::Language language)
{
    m_highlighter->setLanguage(language);
}

void CodeView::setCode(const QString &code)
{
    if (code == toPlainText())
        return;
    const int place = verticalScrollBar()->value();
    setPlainText(code);
    verticalScrollBar()->setValue(place);
    m_tinted.clear();
    m_marked.clear();
    updateSelections();
}

void CodeView::setTintedLines(const QList<int> &lines)
{
    m_tinted = lines;
    updateSelections();
}

void CodeView::setMarkedLines(const QList<int> &lines)
{
    m_marked = lines;
    updateSelections();
}

void CodeView::updateSelections()
{
    QList<QTextEdit::ExtraSelection> selections;
    const auto add = [&](int line, Token token) {
        const QTextBlock block = document()->findBlockByNumber(line - 1);
        if (!block.isValid())
            return;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(block);
        selection.format.setBackground(m_theme.color(token));
        selection.format.setProperty(QTextFormat::FullWidthSelection, true);
        selections.append(selection);
    };
    for (const int line : m_tinted)
        add(line, Token::CautionTint);
    for (const int line : m_marked)
        add(line, Token::AccentTint);
    setExtraSelections(selections);
    m_gutter->update();
}

void CodeView::showLines(int first, int last)
{
    const QTextBlock block = document()->findBlockByNumber(first - 1);
    if (!block.isValid())
        return;
    const int top = verticalScrollBar()->value();
    const int visible = viewport()->height() / std::max(1, fontMetrics().lineSpacing());
    if (first - 1 >= top && last <= top + visible)
        return;
    const int spare = std::max(0, visible - (last - first + 1));
    verticalScrollBar()->setValue(std::max(0, first - 1 - spare / 2));
}

int CodeView::lineAt(const QPoint &position) const
{
    const QTextBlock block = cursorForPosition(position).block();
    const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
    return position.y() >= place.top() && position.y() < place.bottom() ? block.blockNumber() + 1
                                                                        : 0;
}

bool CodeView::viewportEvent(QEvent *event)
{
    int line = m_hovered;
    if (event->type() == QEvent::MouseMove)
        line = lineAt(static_cast<QMouseEvent *>(event)->position().toPoint());
    else if (event->type() == QEvent::Leave)
        line = 0;
    if (line != std::exchange(m_hovered, line))
        emit lineHovered(line);
    return QPlainTextEdit::viewportEvent(event);
}

// The surface of code differs from that of a field; asking the theme while painting is the one way
// that no change of palette or style sheet undoes.
void CodeView::paintEvent(QPaintEvent *event)
{
    QPainter(viewport()).fillRect(event->rect(), m_theme.color(Token::Code));
    QPlainTextEdit::paintEvent(event);
}

bool CodeView::event(QEvent *event)
{
    if (event->type() == QEvent::Paint)
        QPainter(this).fillRect(rect(), m_theme.color(Token::Code));
    return QPlainTextEdit::event(event);
}

void CodeView::mouseReleaseEvent(QMouseEvent *event)
{
    QPlainTextEdit::mouseReleaseEvent(event);
    const int line = lineAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && line > 0 && !textCursor().hasSelection())
        emit lineClicked(line);
}

void CodeView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

int CodeView::gutterWidth() const
{
    const int digits = std::max(2, int(QString::number(blockCount()).size()));
    return m_numbers ? fontMetrics().horizontalAdvance(QString(digits, u'0')) + 2 * gutterMargin
                     : 0;
}

void CodeView::placeGutter()
{
    setViewportMargins(m_numbers ? gutterWidth() : sideMargin, topMargin, 0, topMargin);
    const QRect area = contentsRect().adjusted(0, topMargin, 0, -topMargin);
    m_gutter->setGeometry(area.left(), area.top(), gutterWidth(), area.height());
}

void CodeView::paintGutter(QPaintEvent *event)
{
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), m_theme.color(Token::Code));
    painter.setFont(font());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > event->rect().bottom())
            break;
        const int line = block.blockNumber() + 1;
        const QRect row(0, int(place.top()), m_gutter->width(), int(place.height()));
        if (m_marked.contains(line))
            painter.fillRect(row, m_theme.color(Token::AccentTint));
        else if (m_tinted.contains(line))
            painter.fillRect(row, m_theme.color(Token::CautionTint));
        painter.setPen(m_theme.color(m_tinted.contains(line) ? Token::Text : Token::Dim));
        painter.drawText(row.adjusted(0, 0, -gutterMargin, 0),
                         Qt::AlignRight | Qt::AlignVCenter | Qt::AlignAbsolute,
                         QString::number(line));
    }
}

} // namespace rt
