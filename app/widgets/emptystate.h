// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QAction;
class QLabel;
class QVBoxLayout;

namespace rt {

/// An empty panel is an invitation: what appears here, and the one action that fills it.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(const Theme &theme, const QString &icon, const QString &sentence,
                        QWidget *parent = nullptr);

    void setSentence(const QString &sentence);
    /// A button that triggers the action, with its text.
    void setAction(QAction *action);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QRect iconRect() const;

    const Theme &m_theme;
    QString m_icon;
    QLabel *m_sentence;
    QVBoxLayout *m_column;
};

} // namespace rt
