// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <optional>

namespace rt {

/// A URL record of https://url.spec.whatwg.org/ in serialised parts, as browsers see it: what
/// script passes, what Location names. All parts are ASCII. QUrl follows RFC 3986 and refuses or
/// keeps what a browser repairs.
struct Url
{
    /// Lower case, without ':'.
    QByteArray scheme;
    QByteArray username;
    QByteArray password;
    /// Lower case; an IPv6 address with its brackets. Null when there is none; file URLs have an
    /// empty one.
    QByteArray host;
    /// -1: none, or the scheme's default.
    int port = -1;
    /// With leading '/' for special schemes; the opaque path of others ("data:text/plain,x").
    QByteArray path;
    /// Without '?' / '#'; nullopt when absent, which is not the same as empty.
    std::optional<QByteArray> query;
    std::optional<QByteArray> fragment;

    /// http, https, ws, wss, ftp and file: they have hosts and forgive backslashes.
    bool isSpecial() const;
    bool isHttpFamily() const { return scheme == "http" || scheme == "https"; }
    bool hasCredentials() const { return !username.isEmpty() || !password.isEmpty(); }
    /// "mailto:x" has one, "foo:/x" has not.
    bool hasOpaquePath() const;
    /// 80, 443 for schemes without an explicit port; -1 when there is none.
    int effectivePort() const;
    /// "http://a.test:8000"; "null" for schemes without a tuple origin.
    QByteArray origin() const;
    /// host[:port], as in a Host header.
    QByteArray authority() const;
    /// path[?query], as on a request line.
    QByteArray target() const;
    QByteArray href(bool withFragment = true) const;
    friend bool operator==(const Url &, const Url &) = default;
};

/// https://url.spec.whatwg.org/#concept-basic-url-parser; nothing on failure. `text` is UTF-8.
std::optional<Url> parseUrl(QByteArrayView text, const Url *base = nullptr);
/// Default port of http, https, ws, wss, ftp; -1 for others.
int defaultPort(QByteArrayView scheme);

/// https://url.spec.whatwg.org/#concept-host-parser; nothing when the host is refused.
std::optional<QByteArray> parseHost(QByteArrayView text, bool special);

enum class PercentEncodeSet { C0Control, Fragment, Query, SpecialQuery, Path, Userinfo };
/// https://url.spec.whatwg.org/#string-utf-8-percent-encode for bytes that are UTF-8 already.
QByteArray percentEncode(QByteArrayView bytes, PercentEncodeSet set);
QByteArray percentDecode(QByteArrayView text);

} // namespace rt
