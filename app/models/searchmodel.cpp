// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/searchmodel.h"

#include <algorithm>

namespace rt {

namespace {

/// A word at the start of the title counts most, then at the start of any word, then anywhere.
int wordScore(const QString &title, const QString &rest, const QString &word)
{
    if (title.startsWith(word, Qt::CaseInsensitive))
        return 100;
    const qsizetype at = title.indexOf(word, 0, Qt::CaseInsensitive);
    if (at > 0)
        return title.at(at - 1).isLetterOrNumber() ? 40 : 70;
    return rest.contains(word, Qt::CaseInsensitive) ? 10 : 0;
}

} // namespace

void SearchModel::setItems(std::vector<SearchItem> items)
{
    m_items = std::move(items);
    setQuery({});
}

int SearchModel::score(const SearchItem &item, const QStringList &words)
{
    int total = 1;
    const QString rest = item.detail + u' ' + item.kind;
    for (const QString &word : words) {
        const int value = wordScore(item.title, rest, word);
        if (value == 0)
            return 0;
        total += value;
    }
    return total;
}

void SearchModel::setQuery(const QString &query)
{
    const QStringList words = query.split(u' ', Qt::SkipEmptyParts);
    std::vector<std::pair<int, size_t>> found;
    for (size_t i = 0; i < m_items.size(); ++i) {
        if (const int value = score(m_items[i], words))
            found.emplace_back(value, i);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });
    if (found.size() > mostShown)
        found.resize(mostShown);
    beginResetModel();
    m_shown.clear();
    for (const auto &[value, index] : found)
        m_shown.push_back(index);
    endResetModel();
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const SearchItem &line = item(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return line.title;
    case Qt::AccessibleTextRole:
        return tr("%1, %2. %3").arg(line.title, line.kind, line.detail);
    case DetailRole:
        return line.detail;
    case KindRole:
        return line.kind;
    case ShortcutRole:
        return line.shortcut;
    case IconRole:
        return line.icon;
    default:
        return {};
    }
}

} // namespace rt
