// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QAbstractButton>
#include <QPointer>

class QMenu;

namespace rt {

enum class PillTone { Neutral, Accent, Good, Caution, Bad };

TonePair pillTokens(PillTone tone);
/// For delegates: the size a pill with this text takes, and the pill itself.
QSize pillSize(const QFont &font, const QString &text);
void paintPill(QPainter &painter, const Theme &theme, const QRect &rect, const QString &text,
               PillTone tone, const QFont &font);

/// A state in one or two words on its tint; the word carries the meaning, the colour repeats it.
class Pill : public QWidget
{
    Q_OBJECT

public:
    explicit Pill(const Theme &theme, const QString &text = {}, PillTone tone = PillTone::Neutral,
                  QWidget *parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString &text);
    void setTone(PillTone tone);
    /// A filled dot before the text, as servers show that they listen.
    void setDot(bool dot);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString shown() const;

    const Theme &m_theme;
    QString m_text;
    PillTone m_tone;
    bool m_dot = false;
};

/// A pill to press: opens its menu when it has one, can be checkable.
class PillButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit PillButton(const Theme &theme, const QString &text = {}, QWidget *parent = nullptr);

    void setMenu(QMenu *menu);
    void setTone(PillTone tone);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString shown() const;
    void openMenu();

    const Theme &m_theme;
    PillTone m_tone = PillTone::Neutral;
    QPointer<QMenu> m_menu;
};

} // namespace rt
