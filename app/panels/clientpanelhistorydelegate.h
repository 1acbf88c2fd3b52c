// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStyledItemDelegate>

namespace rt {

class Theme;

/// One line per request sent: method, address, page, and a pill with what became of it.
class ClientHistoryDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ClientHistoryDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

} // namespace rt
