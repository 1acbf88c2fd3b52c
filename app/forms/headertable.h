// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/headerlist.h"

#include <QAbstractTableModel>
#include <QTableView>

#include <vector>

namespace rt {

class Theme;

/// Header fields as they are typed, with one empty row at the end for the next.
class HeaderTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, ColumnCount };

    explicit HeaderTableModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;

    /// Rows with a name, in order.
    HeaderList headers() const;
    void setHeaders(const HeaderList &headers);

signals:
    void headersChanged();

private:
    std::vector<HeaderField> m_rows;
};

/// The editable table of request headers: Tab goes on, Delete removes a row, names are proposed.
class HeaderTable final : public QTableView
{
    Q_OBJECT

public:
    explicit HeaderTable(const Theme &theme, QWidget *parent = nullptr);

    HeaderTableModel &headerModel() { return m_model; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void restyle();

    const Theme &m_theme;
    HeaderTableModel m_model;
};

} // namespace rt
