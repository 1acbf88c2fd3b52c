// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/labdocument.h"

#include "lab/labsession.h"
#include "models/labdocumentcommand.h"

#include <algorithm>

namespace rt {

namespace {

QByteArray enabledPath(const QByteArray &stage)
{
    return "server." + stage + ".enabled";
}

/// "server.cors.maxAge" as the learner reads it: "cors maxAge".
QString readablePath(const QByteArray &path)
{
    QByteArrayList parts = path.split('.');
    if (parts.size() > 1 && parts.first() == "server")
        parts.removeFirst();
    return QString::fromUtf8(parts.join(' '));
}

} // namespace

LabDocument::LabDocument(LabSession &lab, QObject *parent)
    : QObject(parent), m_lab(lab), m_config(lab.config()), m_reference(m_config)
{
    connect(&lab, &LabSession::configChanged, this, &LabDocument::adopt);
}

// An undo stack reports that it is empty while it goes, when its listeners may be gone already.
LabDocument::~LabDocument()
{
    m_undo.blockSignals(true);
}

Result<void> LabDocument::setOption(const QByteArray &path, const JsValue &value)
{
    auto after = m_config.withSetting(path, value);
    if (!after)
        return failure(after.error().message);
    const QString text = value.isNullish() ? tr("Reset %1") : tr("Change %1");
    push(*after, text.arg(readablePath(path)), path);
    return {};
}

Result<void> LabDocument::resetOption(const QByteArray &path)
{
    return setOption(path, JsValue());
}

void LabDocument::setEnabled(const QByteArray &stage, bool enabled)
{
    const auto after = m_config.withSetting(enabledPath(stage), JsValue(enabled));
    if (!after)
        return;
    const QString text = enabled ? tr("Switch %1 on") : tr("Switch %1 off");
    push(*after, text.arg(QString::fromUtf8(stage)), enabledPath(stage));
}

void LabDocument::setEnabled(const QByteArrayList &stages, const QString &text)
{
    LabConfig after = m_config;
    for (const StackEntry &entry : m_config.stack()) {
        const JsValue on(stages.contains(entry.name));
        if (const auto next = after.withSetting(enabledPath(entry.name), on))
            after = *next;
    }
    push(after, text);
}

void LabDocument::setOrder(const QByteArrayList &names)
{
    push(m_config.withOrder(names), tr("Change the order"), "server.order");
}

void LabDocument::moveStage(const QByteArray &stage, int places)
{
    QByteArrayList names = order();
    const qsizetype from = names.indexOf(stage);
    if (from < 0)
        return;
    const qsizetype to = std::clamp<qsizetype>(from + places, 0, names.size() - 1);
    if (to == from)
        return;
    names.move(from, to);
    setOrder(names);
}

void LabDocument::setConfig(const LabConfig &config, const QString &text)
{
    push(config, text);
}

QByteArrayList LabDocument::order() const
{
    QByteArrayList names;
    for (const StackEntry &entry : m_config.stack())
        names.append(entry.name);
    return names;
}

bool LabDocument::isEnabled(const QByteArray &stage) const
{
    const StackEntry *entry = m_config.entry(stage);
    return entry && entry->enabled;
}

QByteArrayList LabDocument::changedOptions(const QByteArray &stage) const
{
    const StackEntry *entry = m_config.entry(stage);
    const MiddlewareInfo *info = middlewareInfo(stage);
    return entry && info ? info->options.changed(entry->options) : QByteArrayList();
}

bool LabDocument::isExplicit(const QByteArray &path) const
{
    const QByteArrayList parts = path.split('.');
    const StackEntry *entry = parts.size() > 2 ? m_config.entry(parts.at(1)) : nullptr;
    return entry && entry->options.contains(QString::fromUtf8(parts.at(2)));
}

void LabDocument::markReference()
{
    m_reference = m_config;
}

QByteArrayList LabDocument::changesSinceReference() const
{
    return LabConfig::differences(m_reference, m_config);
}

void LabDocument::commitEdits()
{
    emit commitRequested();
    ++m_sealed;
}

void LabDocument::push(const LabConfig &after, const QString &text, const QByteArray &mergePath)
{
    if (after == m_config)
        return;
    m_undo.push(new LabDocumentCommand(*this, after, text, {mergePath, m_sealed}));
}

void LabDocument::apply(const LabConfig &config)
{
    const LabConfig before = std::exchange(m_config, config);
    m_lab.setConfig(config);
    publish(before);
}

// A lesson, a preset of the command line or "reset" changed the session behind the window's back.
void LabDocument::adopt(const LabConfig &config)
{
    if (config == m_config)
        return;
    const LabConfig before = std::exchange(m_config, config);
    auto command = std::make_unique<LabDocumentCommand>(*this, config, tr("Change by the lesson"),
                                                        LabDocumentCommand::Merging {});
    command->setAlreadyApplied(before);
    m_undo.push(command.release());
    publish(before);
}

void LabDocument::publish(const LabConfig &before)
{
    emit configChanged(m_config);
    emit pathsChanged(LabConfig::differences(before, m_config));
}

} // namespace rt
