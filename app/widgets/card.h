// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace rt {

/// A bordered surface with rounded corners that groups what belongs together.
class Card : public QWidget
{
    Q_OBJECT

public:
    explicit Card(const Theme &theme, QWidget *parent = nullptr);

    /// Margins 12/10, spacing 6; add the card's content here.
    QVBoxLayout *body() const { return m_body; }
    /// The current one among its siblings: accent border.
    void setCurrent(bool current);
    bool isCurrent() const { return m_current; }
    void setSurface(Token surface);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QVBoxLayout *m_body;
    Token m_surface = Token::Pane;
    bool m_current = false;
};

} // namespace rt
