// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/pathpattern.h"

#include "express/pathexpression.h"
#include "http/query.h"

namespace rt {

namespace {

bool startsWith(QByteArrayView text, QByteArrayView prefix, bool caseSensitive)
{
    if (text.size() < prefix.size())
        return false;
    if (caseSensitive)
        return text.startsWith(prefix);
    return qstrnicmp(text.data(), prefix.size(), prefix.data(), prefix.size()) == 0;
}

bool isNameCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/// Literals and parameters that are whole segments; anything else means something to a regular
/// expression.
bool isPlain(const QByteArray &pattern)
{
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        const char c = pattern.at(at);
        if (c != ':') {
            if (!isNameCharacter(c) && c != '/' && c != '.' && c != '-')
                return false;
            continue;
        }
        if (at == 0 || pattern.at(at - 1) != '/')
            return false;
        qsizetype end = at + 1;
        while (end < pattern.size() && isNameCharacter(pattern.at(end)))
            ++end;
        if (end == at + 1 || (end < pattern.size() && pattern.at(end) != '/'))
            return false;
        at = end - 1;
    }
    return true;
}

} // namespace

PathPattern::PathPattern(const QByteArray &pattern, Options options)
    : m_pattern(pattern), m_options(options), m_isPlain(isPlain(pattern))
{
    if (m_isPlain) {
        readParts();
        return;
    }
    PathExpression made
        = pathExpression(QString::fromLatin1(pattern), options.strict, options.toEnd);
    m_keys = std::move(made.keys);
    m_expression.setPattern(made.source);
    if (!options.caseSensitive)
        m_expression.setPatternOptions(QRegularExpression::CaseInsensitiveOption);
    m_expression.optimize();
}

void PathPattern::readParts()
{
    Part part;
    for (qsizetype at = 0; at < m_pattern.size(); ++at) {
        if (m_pattern.at(at) != ':') {
            part.literal += m_pattern.at(at);
            continue;
        }
        qsizetype end = at + 1;
        while (end < m_pattern.size() && isNameCharacter(m_pattern.at(end)))
            ++end;
        part.param = m_pattern.mid(at + 1, end - at - 1);
        m_parts.push_back(std::exchange(part, {}));
        at = end - 1;
    }
    m_parts.push_back(std::move(part));
}

std::optional<PathPattern::Match> PathPattern::match(QByteArrayView path) const
{
    // Layer's fast path: app.use('/') matches everything and removes nothing.
    if (m_pattern == "/" && !m_options.toEnd)
        return Match();
    return m_isPlain ? matchParts(path) : matchExpression(path);
}

/// layer.js, match()
std::optional<PathPattern::Match> PathPattern::matchExpression(QByteArrayView path) const
{
    const auto found = m_expression.match(QString::fromLatin1(path));
    if (!found.hasMatch())
        return std::nullopt;
    Match match;
    match.path = found.captured(0).toLatin1();
    for (int i = 0; i < m_keys.size(); ++i) {
        if (!found.hasCaptured(i + 1)) {
            if (!match.params.contains(m_keys.at(i)))
                match.params.insert(m_keys.at(i), JsValue());
            continue;
        }
        const QString value = found.captured(i + 1);
        if (const auto decoded = decodeUriComponent(value))
            match.params.insert(m_keys.at(i), JsValue(*decoded));
        else if (!match.undecodable)
            match.undecodable = value.toLatin1();
    }
    return match;
}

std::optional<PathPattern::Match> PathPattern::matchParts(QByteArrayView path) const
{
    Match match;
    qsizetype at = 0;
    for (size_t i = 0; i < m_parts.size(); ++i) {
        QByteArrayView literal = m_parts[i].literal;
        const bool last = i + 1 == m_parts.size();
        // A trailing slash of the pattern is optional unless the setting is strict.
        if (last && !m_options.strict && literal.endsWith('/'))
            literal.chop(1);
        if (!startsWith(path.sliced(at), literal, m_options.caseSensitive))
            return std::nullopt;
        at += literal.size();
        if (last)
            break;
        // ([^/]+?), which the next literal begins with a slash or nothing
        qsizetype end = path.indexOf('/', at);
        end = end < 0 ? path.size() : end;
        if (end == at)
            return std::nullopt;
        const QByteArrayView value = path.sliced(at, end - at);
        if (const auto decoded = decodeUriComponent(QString::fromLatin1(value)))
            match.params.insert(QString::fromLatin1(m_parts[i].param), JsValue(*decoded));
        else if (!match.undecodable)
            match.undecodable = value.toByteArray();
        at = end;
    }
    // "/?$" and "/?(?=/|$)"
    if (!m_options.strict && at < path.size() && path[at] == '/'
        && (m_options.toEnd || at + 1 == path.size() || path[at + 1] == '/'))
        ++at;
    // A prefix ends at a slash, its own last one included.
    const bool ended = at == path.size()
        || (!m_options.toEnd && (path[at] == '/' || (m_options.strict && m_pattern.endsWith('/'))));
    if (!ended)
        return std::nullopt;
    match.path = path.first(at).toByteArray();
    return match;
}

} // namespace rt
