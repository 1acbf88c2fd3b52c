// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/emptystate.h"

#include "widgets/captionlabel.h"
#include "widgets/icons.h"

#include <QAction>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace rt {

namespace {
constexpr int iconSize = 28;
} // namespace

EmptyState::EmptyState(const Theme &theme, const QString &icon, const QString &sentence,
                       QWidget *parent)
    : QWidget(parent), m_theme(theme), m_icon(icon),
      m_sentence(new CaptionLabel(theme, sentence, this, FontRole::Ui, Token::Dim)),
      m_column(new QVBoxLayout(this))
{
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_column->setContentsMargins(16, 12, 16, 12);
    m_column->setSpacing(8);
    m_column->addStretch();
    m_column->addSpacing(iconSize);
    m_column->addWidget(m_sentence);
    m_column->addStretch();
}

void EmptyState::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
}

void EmptyState::setAction(QAction *action)
{
    auto *button = new QPushButton(action->text(), this);
    button->setObjectName(QStringLiteral("empty.") + action->objectName());
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    m_column->insertWidget(m_column->count() - 1, button, 0, Qt::AlignHCenter);
}

QRect EmptyState::iconRect() const
{
    const QRect sentence = m_sentence->geometry();
    return {width() / 2 - iconSize / 2, sentence.top() - iconSize - 8, iconSize, iconSize};
}

void EmptyState::paintEvent(QPaintEvent *)
{
    const QRect rect = iconRect();
    if (rect.top() < 0)
        return;
    QPainter painter(this);
    painter.drawPixmap(
        rect, iconPixmap(m_icon, m_theme.color(Token::Dim), rect.size(), devicePixelRatioF()));
}

} // namespace rt
