// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>

#include <array>
#include <vector>

class QApplication;

namespace rt {

/// The colours of the window by their use. Every painted pixel takes one of these.
enum class Token {
    Window,
    Pane,
    Code,
    Chip,
    Selection,
    Line,
    Text,
    Dim,
    Accent,
    AccentTint,
    OnAccent,
    Good,
    GoodTint,
    Caution,
    CautionTint,
    Bad,
    BadTint,
};
inline constexpr int tokenCount = static_cast<int>(Token::BadTint) + 1;

enum class FontRole {
    Ui,
    Strong,
    /// Anything that was on the wire.
    Mono,
    MonoStrong,
    Heading,
    /// Panel captions, in Token::Dim.
    Caption,
    Small,
};

/// How a state looks: foreground and the tint behind it.
struct TonePair
{
    Token foreground = Token::Text;
    Token background = Token::Chip;
};

/// Colours, fonts, palette and style of the application, light, dark or the system's high contrast.
/// Passed by reference to whoever paints; it decides nothing about meaning. There is no style
/// sheet: with one, Qt 6.4 freezes the palettes of viewports at every change of theme.
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Choice { System, Light, Dark };
    enum class Kind { Light, Dark, HighContrast };
    using Colors = std::array<QColor, tokenCount>;

    explicit Theme(QApplication &application, QObject *parent = nullptr);
    ~Theme() override;

    Choice choice() const { return m_choice; }
    void setChoice(Choice choice);
    Kind kind() const { return m_kind; }
    bool isDark() const;
    /// 1.0 is the design's size; Present uses 2.0.
    double textScale() const { return m_textScale; }
    void setTextScale(double scale);

    QColor color(Token token) const { return m_colors[static_cast<size_t>(token)]; }
    QFont font(FontRole role) const;
    /// Drawn in the theme's current colour at paint time, so it never has to be set again.
    QIcon icon(const QString &name, Token token = Token::Text) const;
    /// Heights that follow the text size: 28 and 24 px at scale 1.
    int controlHeight() const;
    int rowHeight() const;

    /// Of Light and Dark; high contrast is derived from the system's palette.
    static const Colors &colors(Kind kind);
    static Colors systemColors(const QPalette &system);
    /// Tokens of text that is put on each surface; every pair reaches 4.5:1.
    static std::vector<TonePair> textPairs();
    /// WCAG 2 contrast ratio.
    static double contrast(const QColor &a, const QColor &b);

signals:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void readSystem();
    void apply();
    QPalette palette() const;

    QApplication &m_application;
    QPalette m_system;
    QFont m_systemFont;
    Choice m_choice = Choice::System;
    Kind m_kind = Kind::Light;
    double m_textScale = 1.0;
    Colors m_colors;
    bool m_applying = false;
};

} // namespace rt
