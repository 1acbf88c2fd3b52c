// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/pathpattern.h"

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

} // namespace

PathPattern::PathPattern(const QByteArray &pattern, Options options)
    : m_pattern(pattern), m_options(options)
{
    Part part;
    for (qsizetype at = 0; at < pattern.size(); ++at) {
        if (pattern.at(at) != ':') {
            part.literal += pattern.at(at);
            continue;
        }
        qsizetype end = at + 1;
        while (end < pattern.size() && isNameCharacter(pattern.at(end)))
            ++end;
        part.param = pattern.mid(at + 1, end - at - 1);
        m_parts.push_back(std::exchange(part, {}));
        at = end - 1;
    }
    m_parts.push_back(std::move(part));
}

std::optional<PathPattern::Match> PathPattern::match(QByteArrayView path) const
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
    if (m_options.toEnd ? at != path.size() : at != path.size() && path[at] != '/')
        return std::nullopt;
    match.path = path.first(at).toByteArray();
    return match;
}

} // namespace rt
