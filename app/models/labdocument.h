// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "lab/labconfig.h"

#include <QObject>
#include <QUndoStack>

#include <array>
#include <optional>

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

    /// What the present configuration can be compared with.
    enum class Reference {
        /// The lab as it was opened, or the preset it began with.
        Start,
        /// When the running lesson, or its open step, began.
        Lesson,
        /// When the last request was sent.
        LastRequest
    };
    static constexpr int referenceCount = static_cast<int>(Reference::LastRequest) + 1;

    LabSession &lab() { return m_lab; }
    const LabConfig &config() const { return m_config; }
    QUndoStack &undoStack() { return m_undo; }

    /// `path` with its root ("server.cors.maxAge"). Null or undefined goes back to the default.
    /// The error is the package's own objection; nothing has changed then. A configuration that the
    /// packages refused already can be changed in any way.
    Result<void> setOption(const QByteArray &path, const JsValue &value);
    Result<void> resetOption(const QByteArray &path);
    /// The error is what the package would stop the program with.
    Result<void> setEnabled(const QByteArray &stage, bool enabled);
    /// Switches several stages in one undoable step.
    void setEnabled(const QByteArrayList &stages, const QString &text);
    /// All headers of the headers stage at once, name to value.
    Result<void> setHeaders(const JsValue &headers);
    void setOrder(const QByteArrayList &names);
    /// Moves a stage by `places` (negative: towards the front), as far as it goes.
    void moveStage(const QByteArray &stage, int places);
    /// The whole configuration at once: a preset, an opened lab. It becomes the start.
    void setConfig(const LabConfig &config, const QString &text);
    /// The server of a preset; the client stays as it is.
    void usePreset(const LabConfig &config, const QString &text);

    QByteArrayList order() const;
    bool isEnabled(const QByteArray &stage) const;
    /// Explicit options of a stage that differ from the package's defaults.
    QByteArrayList changedOptions(const QByteArray &stage) const;
    /// Set by the learner rather than left to the package.
    bool isExplicit(const QByteArray &path) const;

    /// Remembers the current configuration as this reference.
    void markReference(Reference reference);
    /// There is a lesson, or a request was sent.
    bool hasReference(Reference reference) const;
    const LabConfig &reference(Reference reference) const;
    void forgetReference(Reference reference);
    /// Dotted paths (with root) in which the configuration differs from the reference.
    QByteArrayList changesSince(Reference reference) const;
    /// Puts one path back to what it was, as one undoable step.
    Result<void> revert(const QByteArray &path, Reference reference);
    /// Puts everything back, the client too.
    void revertAll(Reference reference);

    /// Asks open editors for what has been typed and not applied yet, then ends merging: the next
    /// edit of the same option is an undo step of its own. Called before a request is sent.
    void commitEdits();

signals:
    void configChanged(const rt::LabConfig &config);
    /// Dotted paths (with root) in which the configuration changed.
    void pathsChanged(const QByteArrayList &paths);
    void commitRequested();
    /// A reference was marked or forgotten.
    void referencesChanged();

private:
    friend class LabDocumentCommand;
    void push(const LabConfig &after, const QString &text, const QByteArray &mergePath = {});
    void apply(const LabConfig &config);
    void adopt(const LabConfig &config);
    void publish(const LabConfig &before);
    /// What the packages say against `after` and did not say against the present configuration.
    Result<void> check(const LabConfig &after, const QByteArray &path) const;

    LabSession &m_lab;
    LabConfig m_config;
    std::array<std::optional<LabConfig>, referenceCount> m_references;
    QUndoStack m_undo;
    int m_sealed = 0;
};

} // namespace rt
