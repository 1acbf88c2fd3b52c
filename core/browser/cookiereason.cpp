// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/cookie.h"

#include <algorithm>
#include <iterator>

namespace rt {

namespace {

struct ReasonRow
{
    CookieReason reason;
    const char *id;
    const char *word;
    const char *chromium;
    /// %1: the cookie's name.
    const char *sentence;
};

constexpr ReasonRow rows[] = {
    {CookieReason::SecureOnly, "cookie.SecureOnly", "secure", "SecureOnly",
     "%1 is Secure: it travels over https only (or to localhost)."},
    {CookieReason::NotOnPath, "cookie.NotOnPath", "path", "NotOnPath",
     "The Path of %1 does not cover this address."},
    {CookieReason::DomainMismatch, "cookie.DomainMismatch", "domain", "DomainMismatch",
     "%1 belongs to another host of this site."},
    {CookieReason::SameSiteStrict, "cookie.SameSiteStrict", "samesite-strict",
     "SchemefulSameSiteStrict", "%1 is SameSite=Strict and the request comes from another site."},
    {CookieReason::SameSiteLax, "cookie.SameSiteLax", "samesite-lax", "SchemefulSameSiteLax",
     "%1 is SameSite=Lax and the request comes from another site without being a link that opens "
     "the page."},
    {CookieReason::SameSiteUnspecified, "cookie.SameSiteUnspecified", "samesite-lax",
     "SchemefulSameSiteUnspecifiedTreatedAsLax",
     "%1 says nothing about SameSite, which counts as Lax, and the request comes from another "
     "site."},
    {CookieReason::SameSiteNoneInsecure, "cookie.SameSiteNoneInsecure", "none-insecure",
     "SameSiteNoneInsecure", "%1 asks for SameSite=None, which needs Secure."},
    {CookieReason::InvalidDomain, "cookie.InvalidDomain", "domain", "InvalidDomain",
     "The Domain of %1 is neither the host nor a parent of it below a public suffix."},
    {CookieReason::InvalidPrefix, "cookie.InvalidPrefix", "prefix", "InvalidPrefix",
     "The prefix in the name of %1 promises attributes that the line does not have."},
    {CookieReason::InvalidPartitioned, "cookie.InvalidPartitioned", "partitioned", "",
     "%1 is Partitioned, which needs Secure."},
    {CookieReason::TooLarge, "cookie.TooLarge", "too-large", "NameValuePairExceedsMaxSize",
     "Name and value of %1 exceed 4096 bytes."},
    {CookieReason::NoContent, "cookie.NoContent", "syntax", "NoCookieContent",
     "The line has neither a name nor a value."},
    {CookieReason::NamelessWithEquals, "cookie.NamelessWithEquals", "syntax", "",
     "A cookie without a name may not have an equals sign in its value."},
    {CookieReason::DisallowedCharacter, "cookie.DisallowedCharacter", "syntax",
     "DisallowedCharacter", "The line holds a control character."},
    {CookieReason::OverwriteSecure, "cookie.OverwriteSecure", "secure", "OverwriteSecure",
     "A Secure cookie named %1 is there; http may not replace or hide it."},
    {CookieReason::OverwriteHttpOnly, "cookie.OverwriteHttpOnly", "httponly", "",
     "An HttpOnly cookie named %1 is there; script may not replace it."},
    {CookieReason::HttpOnly, "cookie.HttpOnly", "httponly", "",
     "%1 is HttpOnly: script neither sees nor sets it."},
    {CookieReason::Credentials, "cookie.Credentials", "credentials", "",
     "The credentials mode of this request leaves cookies out; %1 stays."},
};

const ReasonRow &row(CookieReason reason)
{
    return *std::find_if(std::begin(rows), std::end(rows),
                         [&](const ReasonRow &r) { return r.reason == reason; });
}

} // namespace

QByteArray sameSiteName(SameSite sameSite)
{
    switch (sameSite) {
    case SameSite::Unspecified:
        return {};
    case SameSite::Lax:
        return "Lax";
    case SameSite::Strict:
        return "Strict";
    case SameSite::None:
        return "None";
    }
    return {};
}

QByteArray cookieReasonId(CookieReason reason)
{
    return row(reason).id;
}

QByteArray cookieReasonWord(CookieReason reason)
{
    return row(reason).word;
}

QByteArray chromiumCookieReason(CookieReason reason)
{
    return row(reason).chromium;
}

QString cookieReasonSentence(CookieReason reason, const Cookie &cookie)
{
    const QString name = cookie.name.isEmpty() ? QStringLiteral("The nameless cookie")
                                               : QString::fromLatin1(cookie.name);
    return QString::fromLatin1(row(reason).sentence).replace(QStringLiteral("%1"), name);
}

} // namespace rt
