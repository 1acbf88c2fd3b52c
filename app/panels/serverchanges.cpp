// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/serverchanges.h"

#include "forms/literal.h"
#include "widgets/captionlabel.h"
#include "widgets/elidedlabel.h"
#include "widgets/pill.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace rt {

namespace {

using Reference = LabDocument::Reference;

QString referenceName(Reference reference)
{
    switch (reference) {
    case Reference::Start:
        return ServerChanges::tr("the start");
    case Reference::Lesson:
        return ServerChanges::tr("the lesson's start");
    case Reference::LastRequest:
        return ServerChanges::tr("the last request");
    }
    Q_UNREACHABLE();
}

/// "server.cors.maxAge" as the cards say it: "cors · maxAge".
QString readablePath(const QByteArray &path)
{
    const QString text = QString::fromUtf8(path);
    const QString below = text.startsWith(QStringLiteral("server.")) ? text.mid(7) : text;
    const qsizetype dot = below.indexOf(u'.');
    return dot < 0 ? below : below.first(dot) + QStringLiteral(" \u00b7 ") + below.mid(dot + 1);
}

} // namespace

ServerChanges::ServerChanges(LabDocument &document, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_document(document), m_theme(theme)
{
    setObjectName(QStringLiteral("server.changes"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 0, 12, 2);
    column->setSpacing(2);
    setupLine();
    setupMenu();
    connect(&document, &LabDocument::configChanged, this, &ServerChanges::refresh);
    connect(&document, &LabDocument::referencesChanged, this, &ServerChanges::refresh);
    refresh();
}

void ServerChanges::setupLine()
{
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    m_title = new QToolButton(this);
    m_title->setObjectName(QStringLiteral("server.changes.list"));
    m_title->setAutoRaise(true);
    m_title->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_title->setIcon(m_theme.icon(QStringLiteral("chevron-right"), Token::Dim));
    m_title->setFocusPolicy(Qt::TabFocus);
    connect(m_title, &QToolButton::clicked, this, [this] { setOpen(!m_open); });
    m_since = new PillButton(m_theme, {}, this);
    m_since->setObjectName(QStringLiteral("server.changes.since"));
    line->addWidget(m_title);
    line->addWidget(m_since);
    line->addStretch(1);
    static_cast<QVBoxLayout *>(layout())->addLayout(line);
}

void ServerChanges::setupMenu()
{
    auto *menu = new QMenu(this);
    auto *group = new QActionGroup(menu);
    for (int i = 0; i < LabDocument::referenceCount; ++i) {
        const auto reference = static_cast<Reference>(i);
        QAction *action = menu->addAction(referenceName(reference));
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, reference] { setReference(reference); });
    }
    connect(menu, &QMenu::aboutToShow, this, [this, group] {
        for (int i = 0; i < LabDocument::referenceCount; ++i) {
            QAction *action = group->actions().at(i);
            action->setEnabled(m_document.hasReference(static_cast<Reference>(i)));
            action->setChecked(static_cast<Reference>(i) == m_reference);
        }
    });
    m_since->setMenu(menu);
}

void ServerChanges::setReference(Reference reference)
{
    m_reference = reference;
    refresh();
}

void ServerChanges::setOpen(bool open)
{
    m_open = open;
    refresh();
}

QString ServerChanges::title(qsizetype count) const
{
    return count == 0 ? tr("Nothing changed since")
                      : tr("%n changed since", nullptr, static_cast<int>(count));
}

void ServerChanges::refresh()
{
    if (!m_document.hasReference(m_reference))
        m_reference = Reference::Start;
    const QByteArrayList paths = m_document.changesSince(m_reference);
    m_title->setText(title(paths.size()));
    m_title->setAccessibleName(m_title->text() + u' ' + referenceName(m_reference));
    m_title->setEnabled(!paths.isEmpty());
    m_since->setText(referenceName(m_reference));
    m_since->setAccessibleName(tr("Compare with %1").arg(referenceName(m_reference)));
    m_since->updateGeometry();
    const bool open = m_open && !paths.isEmpty();
    const QString closed = layoutDirection() == Qt::RightToLeft ? QStringLiteral("chevron-left")
                                                                : QStringLiteral("chevron-right");
    m_title->setIcon(m_theme.icon(open ? QStringLiteral("chevron-down") : closed, Token::Dim));
    // A button of the list may be what asked for this: it goes when its signal is over.
    if (m_rows)
        m_rows->deleteLater();
    m_rows = nullptr;
    if (open)
        fillList(paths);
}

void ServerChanges::fillList(const QByteArrayList &paths)
{
    m_rows = new QWidget(this);
    auto *column = new QVBoxLayout(m_rows);
    column->setContentsMargins(4, 0, 0, 4);
    column->setSpacing(2);
    for (const QByteArray &path : paths)
        column->addWidget(makeRow(path));
    auto *all = new QPushButton(m_theme.icon(QStringLiteral("undo")), tr("Take all back"), m_rows);
    all->setObjectName(QStringLiteral("server.changes.revertAll"));
    connect(all, &QPushButton::clicked, this, [this] { m_document.revertAll(m_reference); });
    column->addWidget(all, 0, Qt::AlignLeading);
    layout()->addWidget(m_rows);
}

QWidget *ServerChanges::makeRow(const QByteArray &path)
{
    auto *row = new QWidget(m_rows);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    auto *name = new QToolButton(row);
    name->setObjectName(QStringLiteral("server.changes.show.") + QString::fromUtf8(path));
    name->setAutoRaise(true);
    name->setText(readablePath(path));
    name->setFocusPolicy(Qt::TabFocus);
    name->setToolTip(tr("Show the option"));
    connect(name, &QToolButton::clicked, this, [this, path] { emit optionActivated(path); });
    auto *values = new ElidedLabel(m_theme, changeText(path), row, FontRole::Mono, Token::Dim);
    auto *revert = new QToolButton(row);
    revert->setObjectName(QStringLiteral("server.changes.revert.") + QString::fromUtf8(path));
    revert->setAutoRaise(true);
    revert->setIcon(m_theme.icon(QStringLiteral("undo"), Token::Accent));
    revert->setToolTip(tr("Take this back"));
    revert->setAccessibleName(tr("Take %1 back").arg(readablePath(path)));
    revert->setFocusPolicy(Qt::TabFocus);
    connect(revert, &QToolButton::clicked, this,
            [this, path] { static_cast<void>(m_document.revert(path, m_reference)); });
    line->addWidget(name);
    line->addWidget(values, 1);
    line->addWidget(revert);
    return row;
}

QString ServerChanges::changeText(const QByteArray &path) const
{
    if (path == "server.order")
        return orderText();
    return tr("%1 \u2192 %2")
        .arg(valueText(m_document.reference(m_reference), path),
             valueText(m_document.config(), path));
}

/// One stage that moved, when that is all; else the order as it is now.
QString ServerChanges::orderText() const
{
    const QByteArrayList before = m_document.reference(m_reference).order();
    const QByteArrayList now = m_document.order();
    for (const QByteArray &stage : now) {
        QByteArrayList with = before;
        QByteArrayList without = now;
        if (with.removeAll(stage) == 1 && without.removeAll(stage) == 1 && with == without
            && before.indexOf(stage) != now.indexOf(stage))
            return tr("%1: place %2 \u2192 %3")
                .arg(QString::fromUtf8(stage))
                .arg(before.indexOf(stage) + 1)
                .arg(now.indexOf(stage) + 1);
    }
    return QString::fromUtf8(now.join(", "));
}

QString ServerChanges::valueText(const LabConfig &config, const QByteArray &path) const
{
    const JsValue value = config.setting(path);
    if (value.isUndefined())
        return tr("not set");
    return value.isArray() ? textFromList(value) : textFromValue(value);
}

} // namespace rt
