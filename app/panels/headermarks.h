// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QTableView;

namespace rt {

class HeaderModel;
class Selection;

/// Ties the Headers page to the options: a bar beside every header that the option under the
/// pointer sets, and the other way round the option of the header under the pointer. Lies over the
/// table and takes no clicks.
class HeaderMarks final : public QWidget
{
    Q_OBJECT

public:
    HeaderMarks(QTableView &view, const HeaderModel &model, Selection &selection,
                const Theme &theme);

    /// Rows of headers that belong to the option now.
    QList<int> markedRows() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void cover();
    /// What is hovered, or else selected.
    QByteArray option() const;

    QTableView &m_view;
    const HeaderModel &m_model;
    Selection &m_selection;
    const Theme &m_theme;
    QByteArray m_hovered;
};

} // namespace rt
