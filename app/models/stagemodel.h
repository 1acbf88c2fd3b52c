// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/stacksteps.h"

#include <QAbstractListModel>

namespace rt {

/// The steps of one exchange through the server's stack, in words.
class StageModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setSteps(std::vector<StackStep> steps);
    const StackStep &step(int row) const { return m_steps[static_cast<size_t>(row)]; }
    /// The step worth looking at first: what went wrong, else what answered.
    int tellingRow() const;
    /// -1 when there is none of that kind and stage.
    int rowOf(StackStep::Kind kind, const QByteArray &stage) const;
    /// Of all steps; what bars are measured against.
    qint64 longestNs() const { return m_longest; }

    /// "cors", "compression, before the head", "Node writes the head".
    static QString title(const StackStep &step);
    /// What it did in a few words: "answered 204", "req.body", "passed by: another path".
    static QString outcome(const StackStep &step);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QString sentence(int row) const;

    std::vector<StackStep> m_steps;
    qint64 m_longest = 0;
};

} // namespace rt
