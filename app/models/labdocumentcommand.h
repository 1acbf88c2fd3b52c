// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/labconfig.h"

#include <QUndoCommand>

namespace rt {

class LabDocument;

/// One undoable change of the configuration. Keeps both whole configurations: they share their
/// parts, and going back never depends on how the change was described.
class LabDocumentCommand final : public QUndoCommand
{
public:
    /// What the change belongs to: edits of one option are one step until something else happens.
    struct Merging
    {
        QByteArray path;
        int period = 0;
    };

    LabDocumentCommand(LabDocument &document, LabConfig after, const QString &text,
                       Merging merging);

    /// The change is already in force (a lesson made it), so the first redo does nothing.
    void setAlreadyApplied(const LabConfig &before);

    int id() const override { return m_merging.path.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand *other) override;
    void redo() override;
    void undo() override;

private:
    LabDocument &m_document;
    LabConfig m_before;
    LabConfig m_after;
    Merging m_merging;
    bool m_applied = false;
};

} // namespace rt
