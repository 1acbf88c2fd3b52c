// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/headermodel.h"
#include "widgets/theme.h"

#include <QStyledItemDelegate>

class QTextLayout;

namespace rt {

/// Draws a line of the Headers page: mark, name with its value in bold, meaning with its fix, and
/// who set it. Lines grow with their text.
class HeaderDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    HeaderDelegate(const Theme &theme, const HeaderModel &model, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

signals:
    void fixClicked(int fix);
    void optionClicked(const QByteArray &option);
    void referenceClicked(const QString &url);

protected:
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;

private:
    void layoutField(QTextLayout &layout, const HeaderRow &row, int width) const;
    /// The meaning with the document it comes from behind it.
    void layoutMeaning(QTextLayout &layout, const HeaderRow &row, Qt::LayoutDirection direction,
                       int width) const;
    int setByHeight(const HeaderRow &row) const;
    bool isOnReference(const QStyleOptionViewItem &option, const HeaderRow &row,
                       const QPoint &position) const;
    QRect content(const QStyleOptionViewItem &option, const HeaderRow &row) const;
    QRect fixRect(const QStyleOptionViewItem &option, const HeaderRow &row) const;
    void paintSection(QPainter &painter, const QStyleOptionViewItem &option,
                      const HeaderRow &row) const;
    void paintMark(QPainter &painter, const QStyleOptionViewItem &option,
                   const HeaderRow &row) const;
    void paintField(QPainter &painter, const QStyleOptionViewItem &option,
                    const HeaderRow &row) const;
    void paintMeaning(QPainter &painter, const QStyleOptionViewItem &option,
                      const HeaderRow &row) const;
    void paintSetBy(QPainter &painter, const QStyleOptionViewItem &option,
                    const HeaderRow &row) const;

    const Theme &m_theme;
    const HeaderModel &m_model;
};

} // namespace rt
