// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "delegates/waterfallscale.h"
#include "models/trafficmodel.h"
#include "widgets/pill.h"

#include <QStyledItemDelegate>

namespace rt {

/// The look of a state: its pill.
PillTone rowTone(RowState state);

/// Draws a cell of the traffic list: one fill, one line of text, a pill where it helps. Nothing
/// else, so that a page of rows costs a few milliseconds.
class TrafficDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit TrafficDelegate(const Theme &theme, QObject *parent = nullptr);

    void setScale(const WaterfallScale &scale) { m_scale = scale; }
    /// Where a press folds or unfolds.
    static QRect foldRect(const QRect &cell);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void restyle();
    void paintText(QPainter &painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const;
    void paintNumber(QPainter &painter, const QStyleOptionViewItem &option,
                     const QModelIndex &index) const;
    void paintPath(QPainter &painter, const QStyleOptionViewItem &option,
                   const QModelIndex &index) const;
    void paintStatus(QPainter &painter, const QStyleOptionViewItem &option,
                     const QModelIndex &index) const;
    void paintWaterfall(QPainter &painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const;

    const Theme &m_theme;
    QFont m_mono;
    QFont m_small;
    WaterfallScale m_scale;
};

} // namespace rt
