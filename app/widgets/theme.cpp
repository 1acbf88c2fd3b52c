// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/theme.h"

#include "widgets/icons.h"
#include "widgets/style.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QStyle>
#include <QToolTip>

// The resources live in a static library: without this the linker drops them.
static void initResources()
{
    Q_INIT_RESOURCE(roundtrip);
}

namespace rt {

namespace {

// Qt 6.4 cannot say "high contrast"; such system palettes are the ones that use pure black and
// white, which no ordinary desktop palette does for window and text at once.
bool isHighContrast(const QPalette &palette)
{
    return Theme::contrast(palette.color(QPalette::Window), palette.color(QPalette::WindowText))
        > 20.5;
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(static_cast<float>(a.redF() + (b.redF() - a.redF()) * share),
                            static_cast<float>(a.greenF() + (b.greenF() - a.greenF()) * share),
                            static_cast<float>(a.blueF() + (b.blueF() - a.blueF()) * share));
}

} // namespace

Theme::Colors Theme::systemColors(const QPalette &system)
{
    const QColor base = system.color(QPalette::Base);
    const QColor text = system.color(QPalette::Text);
    Theme::Colors colors;
    colors.fill(base);
    const auto set = [&colors](Token token, const QColor &color) {
        colors[static_cast<size_t>(token)] = color;
    };
    for (const Token token :
         {Token::Text, Token::Dim, Token::Line, Token::Good, Token::Caution, Token::Bad})
        set(token, text);
    set(Token::Window, system.color(QPalette::Window));
    set(Token::Accent, mixed(text, system.color(QPalette::Highlight), 0.4));
    set(Token::OnAccent, base);
    set(Token::Selection, mixed(base, system.color(QPalette::Highlight), 0.25));
    return colors;
}

Theme::Theme(QApplication &application, QObject *parent)
    : QObject(parent), m_application(application), m_colors(colors(Kind::Light))
{
    initResources();
    m_systemFont = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    readSystem();
    m_application.setStyle(new Style(*this));
    apply();
    m_application.installEventFilter(this);
}

// The style paints with this theme's colours, so it must not outlive it.
Theme::~Theme()
{
    m_application.removeEventFilter(this);
    m_application.setStyle(QStringLiteral("Fusion"));
}

void Theme::setChoice(Choice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

void Theme::setTextScale(double scale)
{
    if (qFuzzyCompare(scale, m_textScale))
        return;
    m_textScale = scale;
    apply();
}

bool Theme::isDark() const
{
    return color(Token::Window).lightness() < 128;
}

QFont Theme::font(FontRole role) const
{
    const bool mono = role == FontRole::Mono || role == FontRole::MonoStrong;
    QFont font = mono ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : m_systemFont;
    double points = 10.0;
    if (mono)
        points = 9.5;
    else if (role == FontRole::Heading)
        points = 13.0;
    else if (role == FontRole::Caption || role == FontRole::Small)
        points = 9.0;
    font.setPointSizeF(points * m_textScale);
    const bool strong = role == FontRole::Strong || role == FontRole::MonoStrong
        || role == FontRole::Heading || role == FontRole::Caption;
    font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    return font;
}

QIcon Theme::icon(const QString &name, Token token) const
{
    return tokenIcon(*this, name, token);
}

int Theme::controlHeight() const
{
    return std::max(28, QFontMetrics(font(FontRole::Ui)).height() + 10);
}

int Theme::rowHeight() const
{
    return std::max(24, QFontMetrics(font(FontRole::Mono)).height() + 8);
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_applying && event->type() == QEvent::ThemeChange) {
        readSystem();
        apply();
    }
    return QObject::eventFilter(watched, event);
}

// A default palette makes the application take the system's again; there is no other way to ask
// for it once our own has been set.
void Theme::readSystem()
{
    m_applying = true;
    m_application.setPalette(QPalette());
    m_system = m_application.palette();
    m_applying = false;
}

void Theme::apply()
{
    const bool systemDark = m_system.color(QPalette::Window).lightness() < 128;
    if (m_choice == Choice::System && isHighContrast(m_system))
        m_kind = Kind::HighContrast;
    else if (m_choice == Choice::System)
        m_kind = systemDark ? Kind::Dark : Kind::Light;
    else
        m_kind = m_choice == Choice::Dark ? Kind::Dark : Kind::Light;
    m_colors = m_kind == Kind::HighContrast ? systemColors(m_system) : colors(m_kind);
    m_applying = true;
    m_application.setPalette(palette());
    m_application.setFont(font(FontRole::Ui));
    QToolTip::setPalette(palette());
    QToolTip::setFont(font(FontRole::Small));
    m_applying = false;
    emit changed();
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set
        = [&](QPalette::ColorRole role, Token token) { palette.setColor(role, color(token)); };
    set(QPalette::Window, Token::Pane);
    set(QPalette::WindowText, Token::Text);
    set(QPalette::Base, Token::Pane);
    set(QPalette::AlternateBase, Token::Code);
    set(QPalette::Text, Token::Text);
    set(QPalette::PlaceholderText, Token::Dim);
    set(QPalette::Button, Token::Pane);
    set(QPalette::ButtonText, Token::Text);
    set(QPalette::BrightText, Token::Bad);
    set(QPalette::Highlight, Token::Selection);
    set(QPalette::HighlightedText, Token::Text);
    set(QPalette::Link, Token::Accent);
    set(QPalette::LinkVisited, Token::Accent);
    set(QPalette::ToolTipBase, Token::Code);
    set(QPalette::ToolTipText, Token::Text);
    set(QPalette::Light, Token::Pane);
    set(QPalette::Midlight, Token::Chip);
    set(QPalette::Mid, Token::Line);
    set(QPalette::Dark, Token::Line);
    set(QPalette::Shadow, Token::Line);
    const QColor faded = mixed(color(Token::Dim), color(Token::Pane), 0.35);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, faded);
    return palette;
}

} // namespace rt
