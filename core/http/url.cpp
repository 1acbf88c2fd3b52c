// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/url.h"

#include <algorithm>

namespace rt {

namespace {

bool isAlpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int hexValue(char c)
{
    if (isDigit(c))
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Characters of each percent-encode set beyond C0 controls and bytes from 0x7F.
QByteArrayView extraOf(PercentEncodeSet set)
{
    switch (set) {
    case PercentEncodeSet::C0Control:
        return "";
    case PercentEncodeSet::Fragment:
        return " \"<>`";
    case PercentEncodeSet::Query:
        return " \"#<>";
    case PercentEncodeSet::SpecialQuery:
        return " \"#<>'";
    case PercentEncodeSet::Path:
        return " \"#<>?^`{}";
    case PercentEncodeSet::Userinfo:
        return " \"#<>?^`{}/:;=@[\\]|";
    }
    return "";
}

bool isSingleDot(const QByteArray &segment)
{
    return segment == "." || segment.toLower() == "%2e";
}

bool isDoubleDot(const QByteArray &segment)
{
    const QByteArray lower = segment.toLower();
    return lower == ".." || lower == ".%2e" || lower == "%2e." || lower == "%2e%2e";
}

void shorten(QByteArray &path)
{
    path.truncate(std::max<qsizetype>(path.lastIndexOf('/'), 0));
}

/// Leading and trailing C0 controls and spaces go, tabs and line ends go anywhere.
QByteArray cleaned(QByteArrayView input)
{
    while (!input.isEmpty() && static_cast<uchar>(input.front()) <= 0x20)
        input = input.sliced(1);
    while (!input.isEmpty() && static_cast<uchar>(input.back()) <= 0x20)
        input.chop(1);
    QByteArray text = input.toByteArray();
    text.replace('\t', "").replace('\n', "").replace('\r', "");
    return text;
}

/// The basic URL parser, written as one function per part instead of one state machine: the result
/// is the same, because no state is ever entered twice.
class UrlParser
{
public:
    UrlParser(QByteArray text, const Url *base)
        : m_text(std::move(text)), m_rest(m_text), m_base(base)
    {
    }

    std::optional<Url> parse()
    {
        const bool ok = takeScheme() ? parseAfterScheme() : parseRelative();
        return ok ? std::optional(m_url) : std::nullopt;
    }

private:
    bool isSlash(char c) const { return c == '/' || (c == '\\' && m_url.isSpecial()); }
    bool startsWithSlash(qsizetype at = 0) const
    {
        return m_rest.size() > at && isSlash(m_rest[at]);
    }
    bool takeScheme();
    bool parseAfterScheme();
    bool parseRelative();
    bool parseReference();
    bool parseAuthority();
    bool parseHostAndPort(QByteArrayView text);
    bool parsePort(QByteArrayView text);
    bool parseFile();
    void copyBase(bool withPath);
    void skipSlashes();
    void parsePath();
    void appendSegments(QByteArrayView path);
    void parseOpaquePath();
    void parseQueryAndFragment();

    QByteArray m_text;
    QByteArrayView m_rest;
    const Url *m_base;
    Url m_url;
};

bool UrlParser::takeScheme()
{
    const qsizetype colon = m_rest.indexOf(':');
    if (colon < 1 || !isAlpha(m_rest.front()))
        return false;
    const QByteArrayView scheme = m_rest.first(colon);
    const bool valid = std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return isAlpha(c) || isDigit(c) || c == '+' || c == '-' || c == '.';
    });
    if (!valid)
        return false;
    m_url.scheme = scheme.toByteArray().toLower();
    m_rest = m_rest.sliced(colon + 1);
    return true;
}

bool UrlParser::parseAfterScheme()
{
    if (m_url.scheme == "file")
        return parseFile();
    if (m_url.isSpecial()) {
        const bool doubleSlash = m_rest.startsWith("//");
        if (m_base && m_base->scheme == m_url.scheme && !doubleSlash)
            return parseReference();
        skipSlashes();
        return parseAuthority();
    }
    if (m_rest.startsWith("//")) {
        m_rest = m_rest.sliced(2);
        return parseAuthority();
    }
    if (m_rest.startsWith('/'))
        parsePath();
    else
        parseOpaquePath();
    return true;
}

bool UrlParser::parseRelative()
{
    if (!m_base)
        return false;
    if (m_base->hasOpaquePath()) {
        if (!m_rest.startsWith('#'))
            return false;
        m_url = *m_base;
        parseQueryAndFragment();
        return true;
    }
    m_url.scheme = m_base->scheme;
    return m_url.scheme == "file" ? parseFile() : parseReference();
}

/// Relative to a base of the same scheme.
bool UrlParser::parseReference()
{
    if (startsWithSlash()) {
        if (startsWithSlash(1)) {
            m_rest = m_rest.sliced(2);
            if (m_url.isSpecial())
                skipSlashes();
            return parseAuthority();
        }
        copyBase(false);
        parsePath();
        return true;
    }
    copyBase(true);
    if (m_rest.isEmpty() || m_rest.startsWith('#')) {
        m_url.query = m_base->query;
    } else if (!m_rest.startsWith('?')) {
        shorten(m_url.path);
        parsePath();
        return true;
    }
    parseQueryAndFragment();
    return true;
}

bool UrlParser::parseFile()
{
    m_url.host = "";
    if (startsWithSlash() && startsWithSlash(1)) {
        m_rest = m_rest.sliced(2);
        return parseAuthority();
    }
    if (!startsWithSlash() && m_base && m_base->scheme == "file")
        return parseReference();
    parsePath();
    return true;
}

void UrlParser::copyBase(bool withPath)
{
    m_url.username = m_base->username;
    m_url.password = m_base->password;
    m_url.host = m_base->host;
    m_url.port = m_base->port;
    if (withPath)
        m_url.path = m_base->path;
}

void UrlParser::skipSlashes()
{
    while (startsWithSlash())
        m_rest = m_rest.sliced(1);
}

bool UrlParser::parseAuthority()
{
    const auto end = std::find_if(m_rest.begin(), m_rest.end(),
                                  [&](char c) { return isSlash(c) || c == '?' || c == '#'; });
    QByteArrayView authority = m_rest.first(end - m_rest.begin());
    m_rest = m_rest.sliced(authority.size());
    const qsizetype at = authority.lastIndexOf('@');
    if (at >= 0) {
        const QByteArrayView userinfo = authority.first(at);
        const qsizetype colon = userinfo.indexOf(':');
        m_url.username = percentEncode(colon < 0 ? userinfo : userinfo.first(colon),
                                       PercentEncodeSet::Userinfo);
        if (colon >= 0)
            m_url.password = percentEncode(userinfo.sliced(colon + 1), PercentEncodeSet::Userinfo);
        authority = authority.sliced(at + 1);
        if (authority.isEmpty())
            return false;
    }
    if (!parseHostAndPort(authority))
        return false;
    parsePath();
    return true;
}

bool UrlParser::parseHostAndPort(QByteArrayView text)
{
    const qsizetype bracket = text.lastIndexOf(']');
    const qsizetype colon = text.indexOf(':', std::max<qsizetype>(bracket, 0));
    const QByteArrayView host = colon < 0 ? text : text.first(colon);
    if (host.isEmpty()) {
        if ((m_url.isSpecial() && m_url.scheme != "file") || colon >= 0)
            return false;
        m_url.host = "";
        return true;
    }
    const auto parsed = parseHost(host, m_url.isSpecial());
    if (!parsed)
        return false;
    m_url.host = m_url.scheme == "file" && *parsed == "localhost" ? QByteArray("") : *parsed;
    return colon < 0 || parsePort(text.sliced(colon + 1));
}

bool UrlParser::parsePort(QByteArrayView text)
{
    int number = 0;
    for (const char c : text) {
        if (!isDigit(c))
            return false;
        number = number * 10 + (c - '0');
        if (number > 65535)
            return false;
    }
    if (!text.isEmpty() && number != defaultPort(m_url.scheme))
        m_url.port = number;
    return true;
}

void UrlParser::parsePath()
{
    const auto end
        = std::find_if(m_rest.begin(), m_rest.end(), [](char c) { return c == '?' || c == '#'; });
    const QByteArrayView path = m_rest.first(end - m_rest.begin());
    m_rest = m_rest.sliced(path.size());
    if (!path.isEmpty() || m_url.isSpecial())
        appendSegments(path);
    parseQueryAndFragment();
}

/// https://url.spec.whatwg.org/#path-state
void UrlParser::appendSegments(QByteArrayView path)
{
    qsizetype start = !path.isEmpty() && isSlash(path.front()) ? 1 : 0;
    for (;;) {
        qsizetype end = start;
        while (end < path.size() && !isSlash(path[end]))
            ++end;
        const bool last = end >= path.size();
        const QByteArray segment
            = percentEncode(path.sliced(start, end - start), PercentEncodeSet::Path);
        if (isDoubleDot(segment)) {
            shorten(m_url.path);
            m_url.path += last ? "/" : "";
        } else if (!isSingleDot(segment)) {
            m_url.path += '/' + segment;
        } else if (last) {
            m_url.path += '/';
        }
        if (last)
            return;
        start = end + 1;
    }
}

void UrlParser::parseOpaquePath()
{
    const auto end
        = std::find_if(m_rest.begin(), m_rest.end(), [](char c) { return c == '?' || c == '#'; });
    m_url.path = percentEncode(m_rest.first(end - m_rest.begin()), PercentEncodeSet::C0Control);
    m_rest = m_rest.sliced(end - m_rest.begin());
    parseQueryAndFragment();
}

void UrlParser::parseQueryAndFragment()
{
    const qsizetype hash = m_rest.indexOf('#');
    if (m_rest.startsWith('?')) {
        const QByteArrayView query = (hash < 0 ? m_rest : m_rest.first(hash)).sliced(1);
        m_url.query = percentEncode(
            query, m_url.isSpecial() ? PercentEncodeSet::SpecialQuery : PercentEncodeSet::Query);
    }
    m_url.fragment.reset();
    if (hash >= 0)
        m_url.fragment = percentEncode(m_rest.sliced(hash + 1), PercentEncodeSet::Fragment);
}

} // namespace

int defaultPort(QByteArrayView scheme)
{
    if (scheme == "http" || scheme == "ws")
        return 80;
    if (scheme == "https" || scheme == "wss")
        return 443;
    return scheme == "ftp" ? 21 : -1;
}

QByteArray percentEncode(QByteArrayView bytes, PercentEncodeSet set)
{
    const QByteArrayView extra = extraOf(set);
    QByteArray out;
    out.reserve(bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<uchar>(c);
        if (byte > 0x1F && byte < 0x7F && !extra.contains(c)) {
            out += c;
            continue;
        }
        out += '%';
        out += QByteArray(1, c).toHex().toUpper();
    }
    return out;
}

QByteArray percentDecode(QByteArrayView text)
{
    QByteArray out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool encoded = text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0
            && hexValue(text[i + 2]) >= 0;
        if (!encoded) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
        i += 2;
    }
    return out;
}

std::optional<Url> parseUrl(QByteArrayView text, const Url *base)
{
    return UrlParser(cleaned(text), base).parse();
}

bool Url::isSpecial() const
{
    return defaultPort(scheme) > 0 || scheme == "file";
}

bool Url::hasOpaquePath() const
{
    return !isSpecial() && host.isNull() && !path.startsWith('/');
}

int Url::effectivePort() const
{
    return port >= 0 ? port : defaultPort(scheme);
}

QByteArray Url::origin() const
{
    return isSpecial() && scheme != "file" ? scheme + "://" + authority() : QByteArray("null");
}

QByteArray Url::authority() const
{
    return port >= 0 ? host + ':' + QByteArray::number(port) : host;
}

QByteArray Url::target() const
{
    return path + (query ? '?' + *query : QByteArray());
}

QByteArray Url::href(bool withFragment) const
{
    QByteArray out = scheme + ':';
    if (!host.isNull()) {
        out += "//";
        if (hasCredentials())
            out += username + (password.isEmpty() ? QByteArray() : ':' + password) + '@';
        out += authority();
    } else if (path.startsWith("//")) {
        out += "/."; // else the path would read as an authority
    }
    out += target();
    if (withFragment && fragment)
        out += '#' + *fragment;
    return out;
}

} // namespace rt
