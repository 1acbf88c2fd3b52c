// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/lessonpanelbars.h"

#include "widgets/theme.h"

#include <QPainter>

#include <algorithm>

namespace rt {

namespace {
constexpr int longest = 22;
constexpr int gap = 5;
constexpr int thickness = 5;
} // namespace

StepBars::StepBars(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void StepBars::setProgress(int current, int steps)
{
    m_current = current;
    m_steps = steps;
    const QString words
        = current >= steps ? tr("All steps done") : tr("Step %1 of %2").arg(current + 1).arg(steps);
    setAccessibleName(words);
    setToolTip(words);
    updateGeometry();
    update();
}

QSize StepBars::sizeHint() const
{
    return {m_steps * (longest + gap), thickness + 4};
}

QSize StepBars::minimumSizeHint() const
{
    return {m_steps * (6 + gap), thickness + 4};
}

void StepBars::paintEvent(QPaintEvent *)
{
    if (m_steps == 0)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const double length = std::min<double>(longest, double(width()) / m_steps - gap);
    for (int i = 0; i < m_steps; ++i) {
        const Token token = i < m_current ? Token::Good
            : i == m_current              ? Token::Accent
                                          : Token::Line;
        QRectF bar(i * (length + gap), 2, length, thickness);
        if (isRightToLeft())
            bar.moveRight(width() - bar.left());
        painter.setBrush(m_theme.color(token));
        painter.drawRoundedRect(bar, thickness / 2.0, thickness / 2.0);
    }
}

} // namespace rt
