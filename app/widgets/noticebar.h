// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace rt {

/// One sentence above the work that says what happened and offers what to do. Never a dialog.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(const Theme &theme, QWidget *parent = nullptr);

    /// Replaces what is shown. Without `action` there is only the close button.
    void show(const QString &sentence, const QString &button = {},
              std::function<void()> action = {});
    QString sentence() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QLabel *m_sentence;
    QPushButton *m_button;
    std::function<void()> m_action;
};

} // namespace rt
