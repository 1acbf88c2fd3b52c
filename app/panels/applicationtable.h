// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/rowsmodel.h"
#include "widgets/theme.h"

#include <QTableView>
#include <QWidget>

class QPushButton;
class QStackedLayout;

namespace rt {

class EmptyState;
class FlowLayout;

/// A page of the application panel: a table, buttons that act on its row, and an invitation while
/// it is empty.
class ApplicationTable : public QWidget
{
    Q_OBJECT

public:
    /// `name` is the table's object name, `empty` the sentence shown without rows.
    ApplicationTable(const QString &name, const QStringList &titles, const QString &empty,
                     const Theme &theme, QWidget *parent);

protected:
    RowsModel &rows() { return *m_rows; }
    QTableView &view() { return *m_view; }
    /// Keeps the selected row by its key.
    void setRows(std::vector<RowsModel::Row> rows);
    /// Key of the current row; empty when there is none.
    QString currentKey() const;
    QPushButton *addButton(const QString &name, const QString &text, const QString &icon);
    /// Enabled while a row is current.
    QPushButton *addRowButton(const QString &name, const QString &text, const QString &icon);
    /// Below the buttons.
    void addBelow(QWidget *widget);

    const Theme &m_theme;

signals:
    void currentChanged();

private:
    void setupView();
    void showButtons();

    RowsModel *m_rows;
    QTableView *m_view;
    QWidget *m_buttons;
    FlowLayout *m_flow;
    EmptyState *m_empty;
    QList<QPushButton *> m_rowButtons;
};

} // namespace rt
