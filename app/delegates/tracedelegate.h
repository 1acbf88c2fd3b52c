// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/tracemodel.h"
#include "widgets/theme.h"

#include <QStyledItemDelegate>

namespace rt {

/// A step of the algorithm: outcome as a shape on the path, the sentence, the header line it looked
/// at, where the standard says so. Steps behind the current one are dim.
class TraceDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    TraceDelegate(const Theme &theme, const TraceModel &model, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    /// Lays the row's texts out in `area`; paints them when there is a painter, in the ink of steps
    /// that have been walked or of those to come. Returns the height.
    int layOut(const AlgorithmStep &step, const QRect &area, QPainter *painter, bool walked) const;
    void paintMark(QPainter &painter, const QStyleOptionViewItem &option, int row,
                   bool walked) const;

    const Theme &m_theme;
    const TraceModel &m_model;
};

} // namespace rt
