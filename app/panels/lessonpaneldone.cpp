// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/lessonpaneldone.h"

#include "forms/markdownview.h"
#include "widgets/card.h"

#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace rt {

DoneStepLine::DoneStepLine(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent), m_theme(theme)
{
    setCheckable(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize DoneStepLine::sizeHint() const
{
    return {200, m_theme.rowHeight()};
}

QSize DoneStepLine::minimumSizeHint() const
{
    return {80, m_theme.rowHeight()};
}

void DoneStepLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(m_theme.font(FontRole::Ui));
    const int side = painter.fontMetrics().height() - 2;
    const QRect tick(0, (height() - side) / 2, side, side);
    m_theme.icon(m_withHelp ? QStringLiteral("show") : QStringLiteral("check"), Token::Good)
        .paint(&painter, QStyle::visualRect(layoutDirection(), rect(), tick));
    const QRect words = rect().adjusted(side + 8, 0, 0, 0);
    painter.setPen(m_theme.color(underMouse() || hasFocus() ? Token::Text : Token::Dim));
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), words),
                     int(Qt::AlignLeading | Qt::AlignVCenter),
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
}

DoneStep::DoneStep(const Content &content, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_line(new DoneStepLine(theme, this)), m_holder(new QWidget(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(m_line);
    column->addWidget(m_holder);
    QString instruction = content.instruction;
    m_line->setText(tr("%1 · %2").arg(content.number).arg(instruction.remove(u'`')));
    m_line->setToolTip(content.withHelp ? tr("Shown to you. Press to read why it matters.")
                                        : tr("Done. Press to read why it matters."));
    m_line->setShown(content.withHelp);
    auto *inside = new QVBoxLayout(m_holder);
    inside->setContentsMargins(0, 0, 0, 6);
    auto *card = new Card(theme, m_holder);
    card->setSurface(Token::Code);
    inside->addWidget(card);
    auto *after = new MarkdownView(theme, card);
    after->setText(content.after);
    card->body()->addWidget(after);
    connect(after, &MarkdownView::linkActivated, this, &DoneStep::linkActivated);
    m_line->setEnabled(!content.after.isEmpty());
    m_holder->hide();
    connect(m_line, &QAbstractButton::toggled, m_holder, &QWidget::setVisible);
}

void DoneStep::setOpen(bool open)
{
    m_line->setChecked(open && m_line->isEnabled());
}

bool DoneStep::isOpen() const
{
    return m_line->isChecked();
}

} // namespace rt
