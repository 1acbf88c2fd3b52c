// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QStyledItemDelegate>

namespace rt {

/// A line of the console: its kind as a shape, the words in the font of the wire, where it came
/// from.
class ConsoleDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ConsoleDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    /// Lays the texts out from the top of `area`; paints them when there is a painter. Returns the
    /// height.
    int layOut(const QModelIndex &index, const QRect &area, QPainter *painter) const;

    const Theme &m_theme;
};

} // namespace rt
