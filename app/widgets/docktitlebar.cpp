// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/docktitlebar.h"

#include "widgets/captionlabel.h"

#include <QBoxLayout>
#include <QDockWidget>
#include <QPainter>
#include <QToolButton>

namespace rt {

namespace {

QToolButton *titleButton(const Theme &theme, const QString &icon, const QString &name,
                         QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setIcon(theme.icon(icon, Token::Dim));
    button->setAutoRaise(true);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

DockTitleBar::DockTitleBar(const Theme &theme, QDockWidget &dock, QWidget *caption)
    : QWidget(&dock), m_theme(theme)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 4, 0);
    row->setSpacing(0);
    if (!caption) {
        auto *title = new CaptionLabel(theme, dock.windowTitle().toUpper(), this);
        title->setContentsMargins(14, 8, 0, 6);
        caption = title;
    } else if (caption->layout()) {
        // The panel's row stood alone; here it shares its line with the two buttons.
        caption->layout()->setContentsMargins(14, 5, 2, 3);
    }
    auto *floating = titleButton(theme, QStringLiteral("float"),
                                 tr("Detach %1").arg(dock.windowTitle()), this);
    auto *close
        = titleButton(theme, QStringLiteral("close"), tr("Close %1").arg(dock.windowTitle()), this);
    row->addWidget(caption, 1);
    row->addWidget(floating);
    row->addWidget(close);
    connect(floating, &QToolButton::clicked, &dock,
            [&dock] { dock.setFloating(!dock.isFloating()); });
    connect(close, &QToolButton::clicked, &dock, &QDockWidget::close);
}

void DockTitleBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Pane));
}

} // namespace rt
