// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/thrown.h"
#include "middleware/keygrip.h"

#include <optional>

namespace rt {

class Exchange;

/// What became of a cookie that was read.
enum class CookieReading {
    /// The request brings no such cookie.
    Absent,
    /// Read without asking for a signature.
    Unsigned,
    /// The signature cookie is missing or empty.
    NoSignature,
    /// No key made the signature; the signature cookie is expired.
    BadSignature,
    /// Signed by the first key.
    Verified,
    /// Signed by a later key; the signature cookie is replaced.
    Resigned,
};

/// npm cookies 0.9.2: reads and writes cookies with a signature in a second cookie, name.sig.
/// Options are the package's; names, attributes and errors are checked as the package does.
class Cookies
{
public:
    /// `keys` as the option of cookie-session: a list, nothing, or something without the methods
    /// of Keygrip. `exchange` must outlive this.
    Cookies(Exchange &exchange, const JsValue &keys);

    struct Read
    {
        CookieReading reading = CookieReading::Absent;
        /// Empty unless the value may be used.
        std::optional<QString> value;
    };
    OrThrown<Read> get(const JsValue &name, const JsValue &options);
    /// An empty value clears the cookie.
    OrThrown<void> set(const QString &name, const QString &value, const JsValue &options);

private:
    struct Cookie;
    enum class Keys { None, Usable, Broken };
    OrThrown<QString> sign(const QString &data) const;
    bool isSigned(const JsValue &options) const;
    std::optional<QString> raw(const QString &name) const;
    OrThrown<void> push(QByteArrayList &lines, const Cookie &cookie) const;
    OrThrown<void> pushSigned(QByteArrayList &lines, Cookie cookie, bool withSignature) const;

    Exchange &m_exchange;
    Keys m_kind = Keys::None;
    Keygrip m_keygrip;
    /// What the last set() left in Set-Cookie.
    std::optional<QByteArrayList> m_written;
};

} // namespace rt
