// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/target.h"

#include <algorithm>

namespace rt {

namespace {

/// npm parseurl's fast path: an origin-form target without a fragment.
bool isPlain(QByteArrayView target)
{
    return target.startsWith('/') && std::none_of(target.begin(), target.end(), [](char c) {
               return c == '#' || c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'
                   || c == '\xa0';
           });
}

/// url.parse: "\" counts as "/" before the query.
QByteArray withSlashes(QByteArrayView target)
{
    QByteArray text = target.toByteArray().trimmed();
    for (char &c : text) {
        if (c == '?' || c == '#')
            break;
        if (c == '\\')
            c = '/';
    }
    return text;
}

qsizetype schemeLength(QByteArrayView text)
{
    const auto isSchemeCharacter = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || c == '.' || c == '+' || c == '-';
    };
    qsizetype at = 0;
    while (at < text.size() && isSchemeCharacter(text[at]))
        ++at;
    return at > 0 && at < text.size() && text[at] == ':' ? at + 1 : 0;
}

bool isSlashedScheme(QByteArrayView scheme)
{
    const QByteArray name = scheme.toByteArray().toLower();
    return name == "http:" || name == "https:" || name == "ftp:" || name == "gopher:"
        || name == "file:" || name == "ws:" || name == "wss:";
}

/// url.parse's autoEscape characters.
QByteArray autoEscaped(QByteArrayView text)
{
    static const QByteArrayView escaped("\t\n\r \"'<>\\^`{|}");
    QByteArray out;
    for (const char c : text) {
        if (escaped.contains(c))
            out += '%' + QByteArray(1, c).toHex().toUpper();
        else
            out += c;
    }
    return out;
}

TargetParts split(QByteArrayView text)
{
    const qsizetype hash = text.indexOf('#');
    const QByteArrayView withoutHash = hash < 0 ? text : text.first(hash);
    const qsizetype question = withoutHash.indexOf('?');
    TargetParts parts;
    const QByteArrayView path = question < 0 ? withoutHash : withoutHash.first(question);
    if (!path.isEmpty())
        parts.pathname = path.toByteArray();
    if (question >= 0)
        parts.query = withoutHash.sliced(question + 1).toByteArray();
    return parts;
}

} // namespace

TargetParts parseTarget(QByteArrayView target)
{
    if (isPlain(target))
        return split(target);
    const QByteArray text = withSlashes(target);
    QByteArrayView rest = text;
    const qsizetype scheme = schemeLength(rest);
    const bool slashed = isSlashedScheme(rest.first(scheme));
    rest = rest.sliced(scheme);
    bool hasHost = false;
    if (scheme > 0 && rest.startsWith("//")) {
        rest = rest.sliced(2);
        const auto end = std::find_if(rest.begin(), rest.end(),
                                      [](char c) { return c == '/' || c == '?' || c == '#'; });
        hasHost = end != rest.begin();
        rest = rest.sliced(end - rest.begin());
    }
    TargetParts parts = split(autoEscaped(rest));
    if (slashed && hasHost && !parts.pathname)
        parts.pathname = "/";
    return parts;
}

qsizetype protohostLength(QByteArrayView target)
{
    if (target.isEmpty() || target.startsWith('/'))
        return 0;
    const qsizetype question = target.indexOf('?');
    const QByteArrayView path = question < 0 ? target : target.first(question);
    const qsizetype at = path.indexOf("://");
    if (at < 0)
        return 0;
    // String.substring(0, -1) is empty: no path behind the authority.
    return std::max<qsizetype>(0, target.indexOf('/', at + 3));
}

} // namespace rt
