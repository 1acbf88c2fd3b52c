// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/urlparse.h"

#include "http/query.h"

#include <QRegularExpression>

#include <algorithm>

namespace rt {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestHostname = 255;

bool isBlank(char c)
{
    return static_cast<uchar>(c) < 33 || c == '\xa0';
}

/// Without blanks around; backslashes before the query become slashes.
QByteArray normalized(QByteArrayView text)
{
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    QByteArray out = text.toByteArray();
    for (char &c : out) {
        if (c == '?' || c == '#')
            break;
        if (c == '\\')
            c = '/';
    }
    return out;
}

/// "scheme:" at the beginning, as long as it is written.
qsizetype protocolLength(QByteArrayView text)
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

bool isSlashed(QByteArrayView protocol)
{
    static const QByteArrayList names {
        "http:", "https:", "ftp:", "gopher:", "file:", "ws:", "wss:"};
    return names.contains(protocol.toByteArray());
}

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

/// lib/url.js: where the host ends and where what stands before "@" does.
struct HostBorders
{
    qsizetype nonHost = -1;
    qsizetype at = -1;
};

HostBorders hostBorders(QByteArrayView rest)
{
    static const QByteArrayView never(" \"%';<>\\^`{|}");
    HostBorders borders;
    for (qsizetype i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        const bool ends = c == '#' || c == '/' || c == '?';
        if (c == '@') {
            borders.at = i;
            borders.nonHost = -1;
        } else if ((ends || never.contains(c)) && borders.nonHost < 0) {
            borders.nonHost = i;
        }
        if (ends)
            break;
    }
    return borders;
}

bool hasForbidden(QByteArrayView hostname, QByteArrayView forbidden)
{
    return std::any_of(hostname.begin(), hostname.end(),
                       [&](char c) { return forbidden.contains(c); });
}

/// The authority is taken off `rest`. Nothing where Node throws; else the hostname.
std::optional<QByteArray> takeHost(QByteArray &rest)
{
    rest.replace('\t', "").replace('\n', "").replace('\r', "");
    const HostBorders borders = hostBorders(rest);
    if (borders.at >= 0 && !decodeUriComponent(QString::fromLatin1(rest.first(borders.at))))
        return std::nullopt;
    const qsizetype start = borders.at + 1;
    QByteArray host
        = borders.nonHost < 0 ? rest.sliced(start) : rest.sliced(start, borders.nonHost - start);
    rest = borders.nonHost < 0 ? QByteArray() : rest.sliced(borders.nonHost);
    static const QRegularExpression port(u":[0-9]*\\z"_s);
    if (const auto match = port.match(QString::fromLatin1(host)); match.hasMatch())
        host.truncate(match.capturedStart());
    const bool isV6 = host.startsWith('[') && host.endsWith(']');
    if (!isV6) {
        const auto bad = std::find_if(host.begin(), host.end(), [](char c) {
            return c == '/' || c == '\\' || c == '#' || c == '?' || c == ':';
        });
        if (bad != host.end()) {
            rest.prepend('/' + QByteArray(bad, host.end() - bad));
            host.truncate(bad - host.begin());
        }
    }
    if (host.size() > longestHostname)
        host.clear();
    static const QByteArrayView forbidden("\0\t\n\r #%/:<>?@[\\]^|", 19);
    static const QByteArrayView forbiddenV6("\0\t\n\r #%/<>?@\\^|", 16);
    if (!host.isEmpty() && hasForbidden(host, isV6 ? forbiddenV6 : forbidden))
        return std::nullopt;
    if (isV6 && !rest.startsWith('/'))
        rest.prepend('/');
    return host;
}

/// lib/url.js, simplePathPattern: such a path is taken as it stands.
std::optional<TargetParts> simplePath(QByteArrayView text)
{
    const auto isSpace = [](char c) { return (c >= '\t' && c <= '\r') || c == ' ' || c == '\xa0'; };
    const qsizetype question = text.indexOf('?');
    const QByteArrayView path = question < 0 ? text : text.first(question);
    if (!text.startsWith('/') || text.startsWith("///") || text.contains('#') || path.contains('@')
        || std::any_of(text.begin(), text.end(), isSpace))
        return std::nullopt;
    TargetParts parts;
    parts.pathname = path.toByteArray();
    if (question >= 0)
        parts.query = text.sliced(question + 1).toByteArray();
    return parts;
}

/// "//user@host" is a host even without a scheme.
bool looksLikeHost(QByteArrayView rest)
{
    static const QRegularExpression pattern(u"\\A//[^@/]+@[^@/]+"_s);
    return rest.startsWith("//") && pattern.match(QString::fromLatin1(rest)).hasMatch();
}

} // namespace

TargetParts legacyUrlParse(QByteArrayView text)
{
    QByteArray rest = normalized(text);
    if (const auto simple = simplePath(rest))
        return *simple;
    const QByteArray protocol = rest.first(protocolLength(rest));
    rest = rest.sliced(protocol.size());
    const bool hostless = protocol.toLower() == "javascript:";
    bool slashes = false;
    if (!protocol.isEmpty() || looksLikeHost(rest)) {
        slashes = rest.startsWith("//");
        if (slashes && !hostless)
            rest = rest.sliced(2);
    }
    TargetParts parts;
    QByteArray hostname;
    if (!hostless && (slashes || (!protocol.isEmpty() && !isSlashed(protocol)))) {
        const auto host = takeHost(rest);
        parts.invalid = !host;
        if (!host)
            return parts;
        hostname = *host;
    }
    if (!hostless)
        rest = autoEscaped(rest);
    const qsizetype hash = rest.indexOf('#');
    const QByteArray withoutHash = hash < 0 ? rest : rest.first(hash);
    const qsizetype question = withoutHash.indexOf('?');
    if (question >= 0)
        parts.query = withoutHash.sliced(question + 1);
    const QByteArray path = question < 0 ? withoutHash : withoutHash.first(question);
    if (!path.isEmpty())
        parts.pathname = path;
    else if (isSlashed(protocol.toLower()) && !hostname.isEmpty())
        parts.pathname = "/";
    return parts;
}

} // namespace rt
