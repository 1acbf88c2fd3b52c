// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace rt {

/// A small table of texts that is made anew whenever what it shows has changed. Knows which cells
/// may be typed into and reports what was typed; keeping it is somebody else's business.
class RowsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    struct Row
    {
        /// What stays the same while the texts change.
        QString key;
        QStringList cells;
        QString toolTip;

        friend bool operator==(const Row &, const Row &) = default;
    };
    enum Role { KeyRole = Qt::UserRole };

    RowsModel(const QStringList &titles, QObject *parent);

    void setEditableColumn(int column) { m_editable = column; }
    /// Keeps rows, and with them the selection, when only texts have changed.
    void setRows(std::vector<Row> rows);
    /// -1 when there is none.
    int rowOf(const QString &key) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    /// The text shown changes when new rows come, or not at all.
    void cellTyped(const QString &key, const QString &text);

private:
    QStringList m_titles;
    std::vector<Row> m_rows;
    int m_editable = -1;
};

} // namespace rt
