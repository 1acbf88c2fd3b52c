// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QSyntaxHighlighter>

namespace rt {

class Theme;
enum class Token;

/// Colours short pieces of code in the theme's tokens: strings, words, numbers, keys. For reading,
/// not a parser: what it does not know stays plain.
class CodeHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    enum class Language { JavaScript, Json, Shell, Plain };

    CodeHighlighter(QTextDocument *document, const Theme &theme, Language language);

    void setLanguage(Language language);

protected:
    void highlightBlock(const QString &text) override;

private:
    struct Piece
    {
        int start = 0;
        int length = 0;
    };
    void paint(const Piece &piece, Token token);
    void highlightScript(const QString &text);
    void highlightShell(const QString &text);
    Piece stringAt(const QString &text, int start) const;
    void paintWord(const QString &text, const Piece &piece);

    const Theme &m_theme;
    Language m_language;
};

} // namespace rt
