// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/noticebar.h"

#include "widgets/captionlabel.h"

#include <QBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace rt {

NoticeBar::NoticeBar(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme),
      m_sentence(new CaptionLabel(theme, {}, this, FontRole::Ui, Token::Text)),
      m_button(new QPushButton(this))
{
    setObjectName(QStringLiteral("notice"));
    m_sentence->setObjectName(QStringLiteral("notice.sentence"));
    m_sentence->setWordWrap(true);
    m_button->setObjectName(QStringLiteral("notice.action"));
    auto *close = new QToolButton(this);
    close->setIcon(theme.icon(QStringLiteral("close"), Token::Dim));
    close->setAutoRaise(true);
    close->setAccessibleName(tr("Dismiss"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 6, 8, 6);
    row->addWidget(m_sentence, 1);
    row->addWidget(m_button);
    row->addWidget(close);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        m_action();
    });
    hide();
}

void NoticeBar::show(const QString &sentence, const QString &button, std::function<void()> action)
{
    m_sentence->setText(sentence);
    m_button->setText(button);
    m_button->setVisible(bool(action));
    m_action = std::move(action);
    QWidget::show();
}

QString NoticeBar::sentence() const
{
    return isHidden() ? QString() : m_sentence->text();
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::CautionTint));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Token::Line));
}

} // namespace rt
