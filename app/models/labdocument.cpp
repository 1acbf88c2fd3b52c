// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/labdocument.h"

#include "lab/buildpipeline.h"
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
    : QObject(parent), m_lab(lab), m_config(lab.config())
{
    markReference(Reference::Start);
    connect(&lab, &LabSession::configChanged, this, &LabDocument::adopt);
}

// An undo stack reports that it is empty while it goes, when its listeners may be gone already.
LabDocument::~LabDocument()
{
    m_undo.blockSignals(true);
}

Result<void> LabDocument::setOption(const QByteArray &path, const JsValue &value)
{
    if (path == "server.headers")
        return setHeaders(value);
    auto after = m_config.withSetting(path, value);
    if (!after)
        return failure(after.error().message);
    if (const auto accepted = check(*after, path); !accepted)
        return accepted;
    const QString text = value.isNullish() ? tr("Reset %1") : tr("Change %1");
    push(*after, text.arg(readablePath(path)), path);
    return {};
}

Result<void> LabDocument::resetOption(const QByteArray &path)
{
    return setOption(path, JsValue());
}

Result<void> LabDocument::setEnabled(const QByteArray &stage, bool enabled)
{
    const auto after = m_config.withSetting(enabledPath(stage), JsValue(enabled));
    if (!after)
        return failure(after.error().message);
    if (const auto accepted = check(*after, enabledPath(stage)); !accepted)
        return accepted;
    const QString text = enabled ? tr("Switch %1 on") : tr("Switch %1 off");
    push(*after, text.arg(QString::fromUtf8(stage)), enabledPath(stage));
    return {};
}

Result<void> LabDocument::check(const LabConfig &after, const QByteArray &path) const
{
    const QByteArray stage = path.split('.').value(1);
    const StackEntry *entry = after.entry(stage);
    const auto accepted = entry ? checkStage(*entry) : checkSettings(after);
    if (accepted || (entry && !entry->enabled))
        return {};
    const StackEntry *before = m_config.entry(stage);
    const bool refusedBefore
        = entry ? before && before->enabled && !checkStage(*before) : !checkSettings(m_config);
    return refusedBefore ? Result<void>() : accepted;
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

Result<void> LabDocument::setHeaders(const JsValue &headers)
{
    LabConfig after = m_config;
    const auto put = [&after](const QString &name, const JsValue &value) {
        const auto next = after.withSetting("server.headers." + name.toUtf8(), value);
        after = next ? *next : after;
        return next ? Result<void>() : failure(next.error().message);
    };
    for (const auto *entries : {&m_config.stack(), &m_config.parked()}) {
        for (const StackEntry &entry : *entries) {
            if (entry.name != "headers")
                continue;
            for (const QString &name : entry.options.keys()) {
                if (const auto removed = put(name, JsValue()); !removed)
                    return removed;
            }
        }
    }
    for (const auto &[name, value] : headers.members()) {
        if (const auto added = put(name, value); !added)
            return added;
    }
    push(after, tr("Change headers"), "server.headers");
    return {};
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
    markReference(Reference::Start);
}

void LabDocument::usePreset(const LabConfig &config, const QString &text)
{
    LabConfig after = config;
    for (const QByteArray &path : LabConfig::differences(config, m_config)) {
        if (!path.startsWith("client."))
            continue;
        if (const auto kept = after.withSetting(path, m_config.setting(path)))
            after = *kept;
    }
    setConfig(after, text);
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

void LabDocument::markReference(Reference reference)
{
    m_references[static_cast<size_t>(reference)] = m_config;
    emit referencesChanged();
}

bool LabDocument::hasReference(Reference reference) const
{
    return m_references[static_cast<size_t>(reference)].has_value();
}

const LabConfig &LabDocument::reference(Reference reference) const
{
    const auto &known = m_references[static_cast<size_t>(reference)];
    return known ? *known : m_config;
}

void LabDocument::forgetReference(Reference reference)
{
    m_references[static_cast<size_t>(reference)].reset();
    emit referencesChanged();
}

QByteArrayList LabDocument::changesSince(Reference which) const
{
    return LabConfig::differences(reference(which), m_config);
}

Result<void> LabDocument::revert(const QByteArray &path, Reference which)
{
    const LabConfig &wanted = reference(which);
    if (path == "server.order") {
        push(m_config.withOrder(wanted.order()), tr("Take the order back"));
        return {};
    }
    const JsValue value = wanted.setting(path);
    // What was not said is not said again, rather than said to be the default.
    auto after = m_config.withSetting(path, JsValue());
    if (!after || after->setting(path) != value)
        after = m_config.withSetting(path, value);
    if (!after)
        return failure(after.error().message);
    if (const auto accepted = check(*after, path); !accepted)
        return accepted;
    push(*after, tr("Take %1 back").arg(readablePath(path)));
    return {};
}

void LabDocument::revertAll(Reference which)
{
    push(reference(which), tr("Take all changes back"));
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
