// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/pill.h"

namespace rt {

/// A share of a whole as a thin bar with its words beside it: bytes of a limit, time that is left.
/// The words carry the meaning, the bar repeats it.
class Meter : public QWidget
{
    Q_OBJECT

public:
    explicit Meter(const Theme &theme, QWidget *parent = nullptr);

    /// `share` of 1 is full; more is drawn as full. Negative draws no bar.
    void setShare(double share, PillTone tone);
    double share() const { return m_share; }
    void setText(const QString &text);
    QString text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_text;
    double m_share = -1;
    PillTone m_tone = PillTone::Neutral;
};

} // namespace rt
