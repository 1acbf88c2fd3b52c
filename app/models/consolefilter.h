// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/consolemodel.h"

#include <QSortFilterProxyModel>

#include <optional>

namespace rt {

/// The lines of one kind that contain a text.
class ConsoleFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    /// Nothing for every kind.
    void setKind(std::optional<ConsoleEntry::Kind> kind);
    void setText(const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    std::optional<ConsoleEntry::Kind> m_kind;
    QString m_text;
};

} // namespace rt
