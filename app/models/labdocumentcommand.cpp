// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/labdocumentcommand.h"

#include "models/labdocument.h"

namespace rt {

LabDocumentCommand::LabDocumentCommand(LabDocument &document, LabConfig after, const QString &text,
                                       Merging merging)
    : QUndoCommand(text), m_document(document), m_before(document.config()),
      m_after(std::move(after)), m_merging(std::move(merging))
{
}

void LabDocumentCommand::setAlreadyApplied(const LabConfig &before)
{
    m_before = before;
    m_applied = true;
}

bool LabDocumentCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const LabDocumentCommand *>(other);
    if (next->m_merging.path != m_merging.path || next->m_merging.period != m_merging.period)
        return false;
    m_after = next->m_after;
    // Typed there and back: nothing is left to undo.
    setObsolete(m_before == m_after);
    return true;
}

void LabDocumentCommand::redo()
{
    if (!std::exchange(m_applied, false))
        m_document.apply(m_after);
}

void LabDocumentCommand::undo()
{
    m_document.apply(m_before);
}

} // namespace rt
