// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QLabel>

namespace rt {

/// A label in one of the theme's type roles and colours that follows every theme change; the
/// caption of a panel by default.
class CaptionLabel : public QLabel
{
    Q_OBJECT

public:
    explicit CaptionLabel(const Theme &theme, const QString &text = {}, QWidget *parent = nullptr,
                          FontRole role = FontRole::Caption, Token token = Token::Dim);

    void setToken(Token token);
    void setRole(FontRole role);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void restyle();

    const Theme &m_theme;
    FontRole m_role;
    Token m_token;
};

} // namespace rt
