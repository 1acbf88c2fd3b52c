// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/searchmodel.h"
#include "widgets/theme.h"

#include <QDialog>

class QLineEdit;
class QListView;

namespace rt {

/// Ctrl+K: one field that finds commands, options, lessons and exchanges and does what is chosen.
class CommandSearch : public QDialog
{
    Q_OBJECT

public:
    CommandSearch(const Theme &theme, QWidget &window);

    /// Opens over the window with these items.
    void openWith(std::vector<SearchItem> items);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void place();
    void search();
    void moveBy(int rows);
    void choose();

    const Theme &m_theme;
    QWidget &m_window;
    QLineEdit *m_field;
    QListView *m_list;
    SearchModel *m_model;
};

} // namespace rt
