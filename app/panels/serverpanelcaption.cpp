// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/serverpanelcaption.h"

#include "lab/presets.h"
#include "models/labdocument.h"
#include "widgets/captionlabel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace rt {

namespace {

constexpr int mostSteps = 20;

QString presetText(const char *text)
{
    return QCoreApplication::translate("presets", text);
}

} // namespace

ServerPanelCaption::ServerPanelCaption(LabDocument &document, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_document(document), m_theme(theme), m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("server.caption")); // becomes the dock's title bar
    m_row->setContentsMargins(14, 6, 8, 0);
    m_row->setSpacing(2);
    auto *title = new CaptionLabel(theme, tr("SERVER \u00b7 middleware"), this);
    title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_row->addWidget(title, 1);
    addPresets();
    addSteps();
}

QToolButton *ServerPanelCaption::addButton(const QString &name, const QString &icon,
                                           const QString &text)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIcon(m_theme.icon(icon, Token::Dim));
    button->setToolTip(text);
    button->setAccessibleName(text);
    m_row->addWidget(button);
    return button;
}

void ServerPanelCaption::addPresets()
{
    QToolButton *button = addButton(QStringLiteral("server.presets"), QStringLiteral("list"),
                                    tr("Start from a preset"));
    auto *menu = new QMenu(button);
    menu->setToolTipsVisible(true);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillPresets(*menu); });
}

void ServerPanelCaption::fillPresets(QMenu &menu)
{
    menu.clear();
    for (const Preset &preset : presets()) {
        const QString title = presetText(preset.title);
        QAction *action = menu.addAction(title);
        action->setObjectName(QStringLiteral("server.preset.") + QString::fromUtf8(preset.id));
        action->setToolTip(presetText(preset.summary));
        connect(action, &QAction::triggered, this, [this, title, config = preset.config] {
            m_document.usePreset(config, tr("Preset: %1").arg(title));
        });
    }
}

void ServerPanelCaption::addSteps()
{
    m_undo = addButton(QStringLiteral("server.undo"), QStringLiteral("undo"), tr("Undo"));
    m_redo = addButton(QStringLiteral("server.redo"), QStringLiteral("redo"), tr("Redo"));
    QUndoStack *steps = &m_document.undoStack();
    connect(m_undo, &QToolButton::clicked, steps, &QUndoStack::undo);
    connect(m_redo, &QToolButton::clicked, steps, &QUndoStack::redo);
    for (QToolButton *button : {m_undo, m_redo}) {
        auto *menu = new QMenu(button);
        button->setMenu(menu);
        button->setPopupMode(QToolButton::DelayedPopup);
        connect(menu, &QMenu::aboutToShow, this,
                [this, menu, button] { fillSteps(*menu, button == m_undo); });
    }
    connect(steps, &QUndoStack::indexChanged, this, &ServerPanelCaption::refreshSteps);
    refreshSteps();
}

void ServerPanelCaption::fillSteps(QMenu &menu, bool undo)
{
    menu.clear();
    QUndoStack &steps = m_document.undoStack();
    const int first = undo ? steps.index() - 1 : steps.index();
    for (int i = 0; i < mostSteps; ++i) {
        const int step = undo ? first - i : first + i;
        if (step < 0 || step >= steps.count())
            break;
        connect(menu.addAction(steps.text(step)), &QAction::triggered, &steps,
                [&steps, target = undo ? step : step + 1] { steps.setIndex(target); });
    }
}

void ServerPanelCaption::refreshSteps()
{
    const QUndoStack &steps = m_document.undoStack();
    const auto show = [](QToolButton &button, const QString &text, bool can) {
        button.setToolTip(text);
        button.setAccessibleName(text);
        button.setEnabled(can);
    };
    show(*m_undo, steps.canUndo() ? tr("Undo: %1").arg(steps.undoText()) : tr("Undo"),
         steps.canUndo());
    show(*m_redo, steps.canRedo() ? tr("Redo: %1").arg(steps.redoText()) : tr("Redo"),
         steps.canRedo());
}

} // namespace rt
