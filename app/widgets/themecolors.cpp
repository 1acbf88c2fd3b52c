// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/theme.h"

#include <cmath>

namespace rt {

namespace {

struct TokenRow
{
    Token token;
    const char *light;
    const char *dark;
};

constexpr TokenRow tokenRows[] = {
    {Token::Window, "#f4f5f7", "#1b1d21"},      {Token::Pane, "#ffffff", "#23262b"},
    {Token::Code, "#f7f8fa", "#1e2126"},        {Token::Chip, "#eef0f3", "#2e3239"},
    {Token::Selection, "#dce8fb", "#2b3c5a"},   {Token::Line, "#dcdfe4", "#363b43"},
    {Token::Text, "#1d2129", "#e6e8ec"},        {Token::Dim, "#5a6474", "#a2abb8"},
    {Token::Accent, "#2563c9", "#7aa7f7"},      {Token::AccentTint, "#e8f0fc", "#26344d"},
    {Token::OnAccent, "#ffffff", "#10213f"},    {Token::Good, "#187840", "#6fcf97"},
    {Token::GoodTint, "#e6f4ea", "#1f3529"},    {Token::Caution, "#8f5f00", "#e6b455"},
    {Token::CautionTint, "#fdf3dc", "#3a3120"}, {Token::Bad, "#b3261e", "#f28b82"},
    {Token::BadTint, "#fbe9e7", "#41262a"},
};

Theme::Colors build(bool dark)
{
    Theme::Colors colors;
    for (const TokenRow &row : tokenRows)
        colors[static_cast<size_t>(row.token)]
            = QColor(QLatin1StringView(dark ? row.dark : row.light));
    return colors;
}

double channel(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF())
        + 0.0722 * channel(color.blueF());
}

} // namespace

const Theme::Colors &Theme::colors(Kind kind)
{
    static const Colors light = build(false);
    static const Colors dark = build(true);
    return kind == Kind::Dark ? dark : light;
}

// https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio
double Theme::contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

std::vector<TonePair> Theme::textPairs()
{
    std::vector<TonePair> pairs {
        {Token::OnAccent, Token::Accent},     {Token::Accent, Token::AccentTint},
        {Token::Accent, Token::Selection},    {Token::Good, Token::GoodTint},
        {Token::Caution, Token::CautionTint}, {Token::Bad, Token::BadTint}};
    for (const Token surface : {Token::Window, Token::Pane, Token::Code, Token::Chip}) {
        for (const Token text :
             {Token::Text, Token::Dim, Token::Accent, Token::Good, Token::Caution, Token::Bad})
            pairs.push_back({text, surface});
    }
    for (const Token tint : {Token::Selection, Token::AccentTint, Token::GoodTint,
                             Token::CautionTint, Token::BadTint}) {
        pairs.push_back({Token::Text, tint});
        pairs.push_back({Token::Dim, tint});
    }
    return pairs;
}

} // namespace rt
