// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "delegates/headerdelegate.h"

#include "widgets/pill.h"

#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>
#include <QTextLayout>

namespace rt {

namespace {

constexpr int padding = 6;
constexpr int partIndent = 16;
/// A value longer than this is elided; the whole stands on the Wire bytes page.
constexpr qsizetype longestValue = 360;

double layOut(QTextLayout &layout, int width)
{
    double y = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y));
        y += line.height() * 1.12;
    }
    layout.endLayout();
    return y;
}

QTextOption wrapping(Qt::LayoutDirection direction)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(direction);
    return option;
}

} // namespace

HeaderDelegate::HeaderDelegate(const Theme &theme, const HeaderModel &model, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_model(model)
{
}

QRect HeaderDelegate::content(const QStyleOptionViewItem &option, const HeaderRow &row) const
{
    const int indent = row.kind == HeaderRow::Kind::Part ? partIndent : 0;
    return QStyle::visualRect(option.direction, option.rect,
                              option.rect.adjusted(padding + indent, 5, -padding, -5));
}

void HeaderDelegate::layoutField(QTextLayout &layout, const HeaderRow &row, int width) const
{
    QString value = row.value;
    if (value.size() > longestValue)
        value = value.first(longestValue) + QStringLiteral("\u2026");
    // Name and value share a line when both fit, else the value begins the next one.
    const bool fits
        = QFontMetrics(m_theme.font(FontRole::MonoStrong)).horizontalAdvance(row.name + value)
        < width - 12;
    const QString name = value.isEmpty()
        ? row.name
        : row.name + (fits ? QChar(u' ') : QChar(QChar::LineSeparator));
    layout.setText(name + value);
    layout.setFont(m_theme.font(FontRole::Mono));
    layout.setTextOption(wrapping(Qt::LeftToRight)); // the wire knows no other direction
    QTextLayout::FormatRange bold;
    bold.start = static_cast<int>(name.size());
    bold.length = static_cast<int>(value.size());
    bold.format.setFontWeight(QFont::Bold);
    if (row.kind == HeaderRow::Kind::StartLine) { // the method or status is what counts there
        bold.start = 0;
        bold.length = static_cast<int>(name.size());
    }
    layout.setFormats({bold});
    layOut(layout, width);
}

void HeaderDelegate::layoutMeaning(QTextLayout &layout, const HeaderRow &row,
                                   Qt::LayoutDirection direction, int width) const
{
    const bool both = !row.meaning.isEmpty() && !row.reference.isEmpty();
    const QString lead = both ? row.meaning + QStringLiteral("  ") : row.meaning;
    layout.setText(lead + row.reference);
    layout.setFont(m_theme.font(FontRole::Ui));
    layout.setTextOption(wrapping(direction));
    QTextLayout::FormatRange source;
    source.start = static_cast<int>(lead.size());
    source.length = static_cast<int>(row.reference.size());
    source.format.setForeground(m_theme.color(Token::Dim));
    source.format.setFontPointSize(m_theme.font(FontRole::Small).pointSizeF());
    layout.setFormats({source});
    layOut(layout, width);
}

int HeaderDelegate::setByHeight(const HeaderRow &row) const
{
    if (row.setBy.isEmpty())
        return 0;
    const int line = QFontMetrics(m_theme.font(FontRole::Small)).height() + 1;
    return pillSize(m_theme.font(FontRole::Small), row.setBy).height()
        + (row.note.isEmpty() ? 0 : line + 2) + (row.history.isEmpty() ? 0 : line);
}

bool HeaderDelegate::isOnReference(const QStyleOptionViewItem &option, const HeaderRow &row,
                                   const QPoint &position) const
{
    if (row.reference.isEmpty() || row.referenceUrl.isEmpty())
        return false;
    const QRect rect = content(option, row);
    QTextLayout layout;
    layoutMeaning(layout, row, option.direction, rect.width());
    const int first = static_cast<int>(layout.text().size() - row.reference.size());
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        const int end = line.textStart() + line.textLength();
        if (end <= first)
            continue;
        const double from = line.cursorToX(std::max(first, line.textStart()));
        const double to = line.cursorToX(end);
        const QRectF text(std::min(from, to), line.y(), std::abs(to - from), line.height());
        if (text.translated(rect.topLeft()).contains(position))
            return true;
    }
    return false;
}

QSize HeaderDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const HeaderRow &row = m_model.row(index.row());
    const int minimum = m_theme.rowHeight() + 4;
    if (row.kind == HeaderRow::Kind::Section)
        return {option.rect.width(), minimum + 4};
    const int width = content(option, row).width();
    double height = 0;
    if (index.column() == HeaderModel::Field) {
        QTextLayout layout;
        layoutField(layout, row, width);
        height = layout.boundingRect().height();
    } else if (index.column() == HeaderModel::Meaning) {
        QTextLayout layout;
        layoutMeaning(layout, row, option.direction, width);
        height = layout.boundingRect().height();
        if (row.fix >= 0)
            height += QFontMetrics(m_theme.font(FontRole::Ui)).height() + 6;
    } else if (index.column() == HeaderModel::SetBy) {
        height = setByHeight(row);
    }
    return {option.rect.width(), std::max(minimum, qCeil(height) + 10)};
}

void HeaderDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const HeaderRow &row = m_model.row(index.row());
    if (row.kind == HeaderRow::Kind::Section) {
        paintSection(*painter, option, row);
        return;
    }
    Token fill = Token::Pane;
    if (option.state & QStyle::State_Selected)
        fill = Token::Selection;
    else if (row.tone == Annotation::Tone::Bad)
        fill = Token::BadTint;
    else if (row.mark == HeaderRow::Mark::Missing || row.tone == Annotation::Tone::Caution)
        fill = Token::CautionTint;
    else if (m_model.isHighlighted(index.row()))
        fill = Token::AccentTint;
    painter->fillRect(option.rect, m_theme.color(fill));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      m_theme.color(Token::Line));
    switch (index.column()) {
    case HeaderModel::Mark:
        return paintMark(*painter, option, row);
    case HeaderModel::Field:
        return paintField(*painter, option, row);
    case HeaderModel::Meaning:
        return paintMeaning(*painter, option, row);
    default:
        paintSetBy(*painter, option, row);
    }
}

void HeaderDelegate::paintSection(QPainter &painter, const QStyleOptionViewItem &option,
                                  const HeaderRow &row) const
{
    painter.fillRect(option.rect, m_theme.color(Token::Code));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     m_theme.color(Token::Line));
    painter.setFont(m_theme.font(FontRole::Caption));
    painter.setPen(m_theme.color(Token::Dim));
    const QString text
        = row.value.isEmpty() ? row.name : row.name + QStringLiteral(" \u00b7 ") + row.value;
    painter.drawText(option.rect.adjusted(14, 0, -14, 0),
                     Qt::AlignVCenter | QStyle::visualAlignment(option.direction, Qt::AlignLeft),
                     text);
}

void HeaderDelegate::paintMark(QPainter &painter, const QStyleOptionViewItem &option,
                               const HeaderRow &row) const
{
    const bool added = row.mark == HeaderRow::Mark::Added;
    const bool missing = row.mark == HeaderRow::Mark::Missing;
    const Token token = added                          ? Token::Good
        : missing && row.tone == Annotation::Tone::Bad ? Token::Bad
                                                       : Token::Caution;
    static const QString marks[] = {QString(), QStringLiteral("+"), QStringLiteral("~"),
                                    QStringLiteral("\u2212"), QStringLiteral("!")};
    painter.setFont(m_theme.font(FontRole::MonoStrong));
    painter.setPen(m_theme.color(token));
    painter.drawText(option.rect.adjusted(0, 5, 0, 0), Qt::AlignHCenter | Qt::AlignTop,
                     marks[static_cast<int>(row.mark)]);
}

void HeaderDelegate::paintField(QPainter &painter, const QStyleOptionViewItem &option,
                                const HeaderRow &row) const
{
    const QRect rect = content(option, row);
    QTextLayout layout;
    layoutField(layout, row, rect.width());
    painter.setPen(m_theme.color(row.kind == HeaderRow::Kind::Part ? Token::Dim : Token::Text));
    layout.draw(&painter, rect.topLeft());
}

QRect HeaderDelegate::fixRect(const QStyleOptionViewItem &option, const HeaderRow &row) const
{
    if (row.fix < 0)
        return {};
    const QFontMetrics metrics(m_theme.font(FontRole::Strong));
    const QString label = m_model.fixes()[static_cast<size_t>(row.fix)].label;
    const int height = metrics.height() + 4;
    const QRect line(
        option.rect.left() + padding, option.rect.bottom() - height - 4,
        std::min(metrics.horizontalAdvance(label) + 4, option.rect.width() - 2 * padding), height);
    return QStyle::visualRect(option.direction, option.rect, line);
}

void HeaderDelegate::paintMeaning(QPainter &painter, const QStyleOptionViewItem &option,
                                  const HeaderRow &row) const
{
    const QRect rect = content(option, row);
    QTextLayout layout;
    layoutMeaning(layout, row, option.direction, rect.width());
    painter.setPen(m_theme.color(row.kind == HeaderRow::Kind::Part ? Token::Dim : Token::Text));
    layout.draw(&painter, rect.topLeft());
    if (row.fix < 0)
        return;
    painter.setFont(m_theme.font(FontRole::Strong));
    painter.setPen(m_theme.color(Token::Accent));
    const QRect link = fixRect(option, row);
    const QString label = m_model.fixes()[static_cast<size_t>(row.fix)].label;
    painter.drawText(link, Qt::AlignVCenter | Qt::AlignLeading,
                     painter.fontMetrics().elidedText(label, Qt::ElideRight, link.width()));
}

void HeaderDelegate::paintSetBy(QPainter &painter, const QStyleOptionViewItem &option,
                                const HeaderRow &row) const
{
    if (row.setBy.isEmpty())
        return;
    const QFont font = m_theme.font(FontRole::Small);
    const QRect rect = content(option, row);
    QSize size = pillSize(font, row.setBy);
    size.setWidth(std::min(size.width(), rect.width()));
    const QRect pill = QStyle::visualRect(option.direction, rect, QRect(rect.topLeft(), size));
    const bool changed = !row.option.isEmpty() && !row.optionIsDefault;
    paintPill(painter, m_theme, pill, row.setBy, changed ? PillTone::Accent : PillTone::Neutral,
              font);
    painter.setFont(font);
    painter.setPen(m_theme.color(Token::Dim));
    int y = size.height() + 3;
    for (const QString &line : {row.note, row.history}) {
        if (line.isEmpty())
            continue;
        const QRect room = rect.adjusted(2, y, 0, 0);
        painter.drawText(room,
                         Qt::AlignTop | QStyle::visualAlignment(option.direction, Qt::AlignLeft),
                         painter.fontMetrics().elidedText(line, Qt::ElideRight, room.width()));
        y += painter.fontMetrics().height() + 1;
    }
}

bool HeaderDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                                 const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const HeaderRow &row = m_model.row(index.row());
    const QPoint position = static_cast<QMouseEvent *>(event)->position().toPoint();
    if (index.column() == HeaderModel::Meaning && fixRect(option, row).contains(position)) {
        emit fixClicked(row.fix);
        return true;
    }
    if (index.column() == HeaderModel::Meaning && isOnReference(option, row, position)) {
        emit referenceClicked(row.referenceUrl);
        return true;
    }
    if (index.column() == HeaderModel::SetBy && !row.option.isEmpty())
        emit optionClicked(row.option);
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

} // namespace rt
