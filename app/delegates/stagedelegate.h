// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/stagemodel.h"
#include "widgets/theme.h"

#include <QStyledItemDelegate>

namespace rt {

/// Draws a step of the stack: a stop on a line that runs through all of them, its name, what it did
/// to the head as + ~ −, and how long it took as a number and a bar.
class StageDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    StageDelegate(const Theme &theme, const StageModel &model, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    bool isStrip(const QStyleOptionViewItem &option) const;
    void paintLine(QPainter &painter, const QStyleOptionViewItem &option, int row) const;
    void paintTexts(QPainter &painter, const QStyleOptionViewItem &option, int row) const;
    int paintMarks(QPainter &painter, const QRect &line, const StackStep &step,
                   Qt::LayoutDirection direction) const;
    void paintTime(QPainter &painter, const QStyleOptionViewItem &option, const QRect &line,
                   const StackStep &step) const;

    const Theme &m_theme;
    const StageModel &m_model;
};

} // namespace rt
