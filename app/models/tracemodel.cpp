// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/tracemodel.h"

namespace rt {

void TraceModel::setSteps(std::vector<AlgorithmStep> steps)
{
    beginResetModel();
    m_steps = std::move(steps);
    endResetModel();
}

int TraceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

QVariant TraceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const AlgorithmStep &line = step(index.row());
    if (role == Qt::DisplayRole)
        return line.sentence;
    if (role == Qt::ToolTipRole)
        return line.source;
    if (role != Qt::AccessibleTextRole)
        return {};
    const QString outcome = line.outcome == AlgorithmStep::Outcome::Passed ? tr("passed")
        : line.outcome == AlgorithmStep::Outcome::Failed                   ? tr("failed")
                                                                           : tr("step");
    return tr("%1 %2: %3").arg(outcome).arg(index.row() + 1).arg(line.sentence);
}

} // namespace rt
