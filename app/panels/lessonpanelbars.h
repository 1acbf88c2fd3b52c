// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

namespace rt {

class Theme;

/// How far the lesson is: a short bar per step. Says it in words to assistive technology.
class StepBars final : public QWidget
{
    Q_OBJECT

public:
    explicit StepBars(const Theme &theme, QWidget *parent = nullptr);

    /// `current` counts from 0; `steps` when all are done.
    void setProgress(int current, int steps);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    int m_current = 0;
    int m_steps = 0;
};

} // namespace rt
