// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/cookiejudge.h"

#include "http/url.h"
#include "models/cookiewords.h"

#include <QCoreApplication>

#include <algorithm>

namespace rt {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cookies", text);
}

bool reaches(const BrowserState::CookieEntry &cookie, const QByteArray &host)
{
    return host == cookie.domain || (!cookie.hostOnly && host.endsWith('.' + cookie.domain));
}

bool sentWith(const BrowserState::CookieEntry &cookie, const ExchangeRecord &exchange)
{
    const auto header = exchange.request().headers.get("Cookie");
    if (!header)
        return false;
    for (const QByteArray &pair : header->split(';')) {
        if (pair.trimmed().startsWith(cookie.name + '='))
            return true;
    }
    return false;
}

SameSite sameSiteOf(const QByteArray &name)
{
    return name == "Lax"   ? SameSite::Lax
        : name == "Strict" ? SameSite::Strict
        : name == "None"   ? SameSite::None
                           : SameSite::Unspecified;
}

Cookie cookieOf(const BrowserState::CookieEntry &entry)
{
    Cookie cookie;
    cookie.name = entry.name;
    cookie.value = entry.value;
    cookie.domain = entry.domain;
    cookie.hostOnly = entry.hostOnly;
    cookie.path = entry.path;
    cookie.secure = entry.secure;
    cookie.httpOnly = entry.httpOnly;
    cookie.sameSite = sameSiteOf(entry.sameSite);
    if (entry.expiresAt >= 0)
        cookie.expiresAt = entry.expiresAt;
    return cookie;
}

} // namespace

CookieVerdict verdictOf(const BrowserState::CookieEntry &cookie, const CallRecord *call,
                        const std::vector<ExchangeRecord> &exchanges)
{
    using Kind = CookieVerdict::Kind;
    if (!call)
        return {Kind::NoRequest, tr("\u2013"),
                tr("No request of the built-in client is selected.")};
    const auto url = parseUrl(call->url);
    if (!url || !reaches(cookie, url->host))
        return {Kind::Elsewhere, tr("\u2013 another host"),
                tr("This cookie belongs to %1.").arg(QString::fromLatin1(cookie.domain))};
    if (std::any_of(exchanges.begin(), exchanges.end(),
                    [&cookie](const ExchangeRecord &one) { return sentWith(cookie, one); }))
        return {Kind::Sent, tr("\u2713 sent"), tr("It travelled in the Cookie header.")};
    for (const auto &[name, reason] : call->withheld) {
        if (name == cookie.name)
            return {Kind::Withheld, tr("\u2715 %1").arg(QString::fromLatin1(reason)),
                    cookieWordSentence(reason)};
    }
    return {Kind::Elsewhere, tr("\u2013 not yet there"),
            tr("The jar did not hold it when the request was sent.")};
}

std::vector<CookieContext> cookieContexts(const BrowserState::CookieEntry &entry, qint64 now)
{
    const Cookie cookie = cookieOf(entry);
    const QByteArray scheme = cookie.secure ? "https://" : "http://";
    const auto url = parseUrl(scheme + cookie.domain + cookie.path);
    std::vector<CookieContext> contexts;
    if (!url)
        return contexts;
    const std::pair<QString, SameSiteContext> kinds[]
        = {{tr("A fetch from its own site"), SameSiteContext::Strict},
           {tr("A link from another site"), SameSiteContext::Lax},
           {tr("A form posted from another site"), SameSiteContext::LaxMethodUnsafe},
           {tr("A fetch from another site, with credentials"), SameSiteContext::CrossSite}};
    for (const auto &[title, context] : kinds) {
        CookieAccess access;
        access.url = *url;
        access.context = context;
        const CookieReasons reasons = withheldReasons(cookie, access, now);
        contexts.push_back(
            {title, reasons.empty() ? std::nullopt : std::optional(reasons.front())});
    }
    return contexts;
}

QString spanText(qint64 milliseconds)
{
    const qint64 seconds = std::max<qint64>(0, milliseconds) / 1000;
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    if (seconds < 86'400)
        return tr("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60);
    return tr("%1 d %2 h").arg(seconds / 86'400).arg(seconds / 3600 % 24);
}

QString cookieLifeText(qint64 expiresAt, qint64 now)
{
    return expiresAt < 0 ? tr("with the browser") : tr("in %1").arg(spanText(expiresAt - now));
}

} // namespace rt
