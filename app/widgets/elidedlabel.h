// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QStringList>
#include <QWidget>

namespace rt {

/// One line of text that gives way: elided when there is no room, whole in the tool tip.
class ElidedLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedLabel(const Theme &theme, const QString &text = {}, QWidget *parent = nullptr,
                         FontRole role = FontRole::Ui, Token token = Token::Text);

    QString text() const { return m_text; }
    void setText(const QString &text);
    void setToken(Token token);
    /// Puts a tint behind every place where one of the words stands, in any case.
    void setHighlights(const QStringList &words);
    void setElideMode(Qt::TextElideMode mode) { m_mode = mode; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void paintHighlights(QPainter &painter, const QRect &text, const QString &shown) const;

    const Theme &m_theme;
    QString m_text;
    QStringList m_highlights;
    FontRole m_role;
    Token m_token;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace rt
