// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/controlgate.h"

#include "forms/optionrow.h"

#include <QWidget>

#include <algorithm>

namespace rt {

namespace {

bool isPartOf(const QString &id, const QString &whole)
{
    return id == whole || id.startsWith(whole + u'.');
}

// Whoever may send may also say what; headers, mode and page are choices a lesson names itself.
QStringList impliedBy(const QString &id)
{
    if (id != QLatin1StringView("client.send"))
        return {};
    return {QStringLiteral("client.method"), QStringLiteral("client.url"),
            QStringLiteral("client.body"), QStringLiteral("client.times")};
}

} // namespace

ControlGate::ControlGate(QWidget &root, QObject *parent) : QObject(parent), m_root(&root) { }

// Lists, tabs and views are for looking; they never rest.
bool ControlGate::isGated(const QString &id)
{
    static const QStringList free {QStringLiteral("server.order"), QStringLiteral("client.tabs"),
                                   QStringLiteral("client.code"), QStringLiteral("client.history"),
                                   QStringLiteral("client.hint")};
    const bool named = id.startsWith(QLatin1StringView("server."))
        || id.startsWith(QLatin1StringView("client."));
    return named && !free.contains(id);
}

bool ControlGate::allows(const QString &id) const
{
    const auto covers = [&id](const QString &name) { return isPartOf(id, name); };
    if (std::any_of(m_locked.begin(), m_locked.end(), covers))
        return false;
    if (!m_allowed)
        return true;
    return std::any_of(m_allowed->begin(), m_allowed->end(), [&](const QString &name) {
        const QStringList more = impliedBy(name);
        return covers(name) || std::any_of(more.begin(), more.end(), covers);
    });
}

void ControlGate::setAllowed(std::optional<QStringList> allowed, QStringList locked)
{
    m_allowed = std::move(allowed);
    m_locked = std::move(locked);
    refresh();
}

void ControlGate::refresh()
{
    if (!m_root)
        return;
    const QList<QWidget *> widgets = m_root->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!isGated(widget->objectName()))
            continue;
        // The name of an option rests together with its editor.
        QWidget *target = widget;
        for (QWidget *up = widget; up && up != m_root; up = up->parentWidget()) {
            if (auto *row = qobject_cast<OptionRow *>(up))
                target = row;
        }
        target->setEnabled(allows(widget->objectName()));
    }
}

} // namespace rt
