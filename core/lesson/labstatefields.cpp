// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labsession.h"
#include "lesson/evidencefields.h"
#include "lesson/evidenceitems.h"

#include <algorithm>

namespace rt {

namespace {

JsValue cookieState(const BrowserState::CookieEntry &cookie, qint64 now)
{
    JsValue fields = JsValue::object();
    fields.insert(QStringLiteral("value"), JsValue(QString::fromUtf8(cookie.value)));
    fields.insert(QStringLiteral("secure"), JsValue(cookie.secure));
    fields.insert(QStringLiteral("httpOnly"), JsValue(cookie.httpOnly));
    fields.insert(QStringLiteral("path"), JsValue(QString::fromUtf8(cookie.path)));
    fields.insert(QStringLiteral("domain"), JsValue(QString::fromUtf8(cookie.domain)));
    if (!cookie.sameSite.isEmpty())
        fields.insert(QStringLiteral("sameSite"),
                      JsValue(QString::fromUtf8(cookie.sameSite).toLower()));
    fields.insert(QStringLiteral("persistent"), JsValue(cookie.expiresAt >= 0));
    if (cookie.expiresAt >= 0)
        fields.insert(QStringLiteral("expires"), JsValue(cookie.expiresAt - now));
    fields.insert(QStringLiteral("bytes"),
                  JsValue(static_cast<qint64>(cookie.name.size() + cookie.value.size())));
    fields.insert(QStringLiteral("deleted"), JsValue(false));
    return fields;
}

/// Cookies by name and, to tell hosts apart, by name@host.
JsValue jarState(const BrowserState &browser, qint64 now)
{
    JsValue jar = JsValue::object();
    for (const BrowserState::CookieEntry &cookie : browser.cookies) {
        if (cookie.expiresAt >= 0 && cookie.expiresAt <= now)
            continue;
        const QString name = QString::fromUtf8(cookie.name);
        const JsValue fields = cookieState(cookie, now);
        if (!jar.contains(name))
            jar.insert(name, fields);
        jar.insert(name + u'@' + QString::fromUtf8(cookie.domain), fields);
    }
    return jar;
}

} // namespace

JsValue labStateFields(const LabSession &lab)
{
    const BrowserState &browser = lab.browserState();
    const qint64 now = lab.now();
    JsValue server = nestedSettings(lab.config().flattened());
    const JsValue client = server[u"client"];
    const QString page = client[u"page"].toString();
    server.remove(u"client");
    const auto live = std::count_if(browser.preflightCache.begin(), browser.preflightCache.end(),
                                    [now](const auto &entry) { return entry.expiresAt > now; });
    JsValue cache = JsValue::object();
    cache.insert(QStringLiteral("size"), JsValue(static_cast<qint64>(live)));
    JsValue state = JsValue::object();
    state.insert(QStringLiteral("server"), server);
    state.insert(QStringLiteral("client"), client);
    state.insert(QStringLiteral("jar"), jarState(browser, now));
    const JsValue storage = browser.storage[page];
    state.insert(QStringLiteral("storage"), storage.isObject() ? storage : JsValue::object());
    state.insert(QStringLiteral("preflightCache"), cache);
    state.insert(QStringLiteral("waiters"), JsValue(0));
    state.insert(QStringLiteral("loot"), JsValue::object());
    return state;
}

} // namespace rt
