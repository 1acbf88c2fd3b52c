// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"

#include <QAbstractListModel>

namespace rt {

/// The steps of one call.
class TraceModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setSteps(std::vector<AlgorithmStep> steps);
    const AlgorithmStep &step(int row) const { return m_steps[static_cast<size_t>(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<AlgorithmStep> m_steps;
};

} // namespace rt
