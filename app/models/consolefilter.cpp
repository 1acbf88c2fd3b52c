// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/consolefilter.h"

namespace rt {

void ConsoleFilter::setKind(std::optional<ConsoleEntry::Kind> kind)
{
    m_kind = kind;
    invalidateFilter();
}

void ConsoleFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

bool ConsoleFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_kind && index.data(ConsoleModel::KindRole).toInt() != static_cast<int>(*m_kind))
        return false;
    return index.data().toString().contains(m_text, Qt::CaseInsensitive)
        || index.data(ConsoleModel::SourceRole).toString().contains(m_text, Qt::CaseInsensitive);
}

} // namespace rt
