// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractButton>

namespace rt {

class Theme;

/// One answer of a question: a radio button or check box whose text wraps.
class LessonChoice final : public QAbstractButton
{
    Q_OBJECT

public:
    LessonChoice(const Theme &theme, const QString &text, bool exclusive,
                 QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int indicatorSide() const;
    QRect textRect() const;

    const Theme &m_theme;
    bool m_exclusive;
};

} // namespace rt
