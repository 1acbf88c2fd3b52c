// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "lab/labconfig.h"

#include <QObject>
#include <QUndoStack>

namespace rt {

class LabSession;

/// The configuration as the window edits it: every change is one undoable step, whether a form, a
/// fix, a preset or a lesson made it. Holds no settings of its own; the session's are the truth.
class LabDocument : public QObject
{
    Q_OBJECT

public:
    explicit LabDocument(LabSession &lab, QObject *parent = nullptr);
    ~LabDocument() override;

    const LabConfig &config() const { return m_config; }
    QUndoStack &undoStack() { return m_undo; }

    /// `path` with its root ("server.cors.maxAge"). Null or undefined goes back to the default.
    /// The error is the package's own objection; nothing has changed then.
    Result<void> setOption(const QByteArray &path, const JsValue &value);
    Result<void> resetOption(const QByteArray &path);
    void setEnabled(const QByteArray &stage, bool enabled);
    /// Switches several stages in one undoable step.
    void setEnabled(const QByteArrayList &stages, const QString &text);
    void setOrder(const QByteArrayList &names);
    /// Moves a stage by `places` (negative: towards the front), as far as it goes.
    void moveStage(const QByteArray &stage, int places);
    /// The whole configuration at once: a preset, an opened lab.
    void setConfig(const LabConfig &config, const QString &text);

    QByteArrayList order() const;
    bool isEnabled(const QByteArray &stage) const;
    /// Explicit options of a stage that differ from the package's defaults.
    QByteArrayList changedOptions(const QByteArray &stage) const;
    /// Set by the learner rather than left to the package.
    bool isExplicit(const QByteArray &path) const;

    /// Remembers the current configuration as the one `changesSince` compares with.
    void markReference();
    const LabConfig &reference() const { return m_reference; }
    QByteArrayList changesSinceReference() const;

    /// Asks open editors for what has been typed and not applied yet, then ends merging: the next
    /// edit of the same option is an undo step of its own. Called before a request is sent.
    void commitEdits();

signals:
    void configChanged(const rt::LabConfig &config);
    /// Dotted paths (with root) in which the configuration changed.
    void pathsChanged(const QByteArrayList &paths);
    void commitRequested();

private:
    friend class LabDocumentCommand;
    void push(const LabConfig &after, const QString &text, const QByteArray &mergePath = {});
    void apply(const LabConfig &config);
    void adopt(const LabConfig &config);
    void publish(const LabConfig &before);

    LabSession &m_lab;
    LabConfig m_config;
    LabConfig m_reference;
    QUndoStack m_undo;
    int m_sealed = 0;
};

} // namespace rt
