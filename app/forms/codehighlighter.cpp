// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/codehighlighter.h"

#include "widgets/theme.h"

#include <QStringList>

namespace rt {

namespace {

bool isWord(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$';
}

int endOfWord(const QString &text, int start)
{
    int end = start;
    while (end < text.size() && isWord(text.at(end)))
        ++end;
    return end;
}

bool isKeyword(const QString &word)
{
    static const QStringList words = QStringLiteral("const let var function return import from new "
                                                    "await async if else throw null true false "
                                                    "undefined instanceof")
                                         .split(u' ');
    return words.contains(word);
}

// A slash starts a regular expression where no value can stand before it.
bool startsRegExp(const QString &text, int at)
{
    const QString before = text.left(at).trimmed();
    return before.isEmpty() || QStringLiteral("(,=:[!&|?{;").contains(before.back());
}

} // namespace

CodeHighlighter::CodeHighlighter(QTextDocument *document, const Theme &theme, Language language)
    : QSyntaxHighlighter(document), m_theme(theme), m_language(language)
{
    connect(&theme, &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
}

void CodeHighlighter::setLanguage(Language language)
{
    if (language == m_language)
        return;
    m_language = language;
    rehighlight();
}

void CodeHighlighter::paint(const Piece &piece, Token token)
{
    setFormat(piece.start, piece.length, m_theme.color(token));
}

void CodeHighlighter::highlightBlock(const QString &text)
{
    switch (m_language) {
    case Language::JavaScript:
    case Language::Json:
        highlightScript(text);
        break;
    case Language::Shell:
        highlightShell(text);
        break;
    case Language::Plain:
        break;
    }
}

CodeHighlighter::Piece CodeHighlighter::stringAt(const QString &text, int start) const
{
    const QChar quote = text.at(start);
    int end = start + 1;
    while (end < text.size() && text.at(end) != quote)
        end += text.at(end) == u'\\' ? 2 : 1;
    return {start, std::min(end + 1, int(text.size())) - start};
}

void CodeHighlighter::paintWord(const QString &text, const Piece &piece)
{
    const QString word = text.mid(piece.start, piece.length);
    const int after = piece.start + piece.length;
    if (word.front().isDigit())
        paint(piece, Token::Caution);
    else if (isKeyword(word))
        paint(piece, Token::Dim);
    else if (after < text.size() && text.at(after) == u'(')
        paint(piece, Token::Accent);
}

void CodeHighlighter::highlightScript(const QString &text)
{
    for (int at = 0; at < text.size();) {
        const QChar c = text.at(at);
        if (c == u'"' || c == u'\'' || c == u'`') {
            const Piece piece = stringAt(text, at);
            const QString rest = text.mid(piece.start + piece.length).trimmed();
            const bool key = m_language == Language::Json && rest.startsWith(u':');
            paint(piece, key ? Token::Accent : Token::Good);
            at += piece.length;
        } else if (text.mid(at, 2) == QLatin1StringView("//")) {
            paint({at, int(text.size()) - at}, Token::Dim);
            return;
        } else if (c == u'/' && startsRegExp(text, at)) {
            const Piece piece = stringAt(text, at);
            paint(piece, Token::Good);
            at += piece.length;
        } else if (isWord(c)) {
            const int end = endOfWord(text, at);
            paintWord(text, {at, end - at});
            at = end;
        } else {
            ++at;
        }
    }
}

void CodeHighlighter::highlightShell(const QString &text)
{
    for (int at = 0; at < text.size();) {
        const QChar c = text.at(at);
        if (c == u'\'' || c == u'"') {
            const Piece piece = stringAt(text, at);
            paint(piece, Token::Good);
            at += piece.length;
            continue;
        }
        const bool start = at == 0 || text.at(at - 1).isSpace();
        int end = at + 1;
        while (end < text.size() && !text.at(end).isSpace() && text.at(end) != u'\'')
            ++end;
        if (start && c == u'-')
            paint({at, end - at}, Token::Dim);
        else if (text.mid(at, end - at) == QLatin1StringView("curl"))
            paint({at, end - at}, Token::Accent);
        at = end;
    }
}

} // namespace rt
