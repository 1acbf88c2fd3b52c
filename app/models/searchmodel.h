// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractListModel>

#include <functional>
#include <vector>

namespace rt {

/// Something the command search can find and do.
struct SearchItem
{
    QString title;
    QString detail;
    /// "Command", "Option", "Lesson", "Exchange": shown at the end of the line.
    QString kind;
    QString shortcut;
    QString icon;
    std::function<void()> run;
};

/// Items whose words all occur in title, detail or kind, the best first.
class SearchModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { DetailRole = Qt::UserRole + 1, KindRole, ShortcutRole, IconRole };
    static constexpr int mostShown = 60;

    using QAbstractListModel::QAbstractListModel;

    void setItems(std::vector<SearchItem> items);
    void setQuery(const QString &query);
    const SearchItem &item(int row) const { return m_items[m_shown[static_cast<size_t>(row)]]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    /// 0 when it does not match.
    static int score(const SearchItem &item, const QStringList &words);

    std::vector<SearchItem> m_items;
    std::vector<size_t> m_shown;
};

} // namespace rt
