// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/cookieedit.h"

#include "browser/cookiestore.h"
#include "http/url.h"
#include "lab/command.h"

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

std::optional<Cookie> cookieNamed(const CookieStore &jar, const CookieEdit &edit)
{
    const std::vector<Cookie> cookies = jar.cookies();
    const auto found = std::find_if(cookies.begin(), cookies.end(), [&edit](const Cookie &cookie) {
        return cookie.name == edit.name && (edit.domain.isEmpty() || cookie.domain == edit.domain)
            && (edit.path.isEmpty() || cookie.path == edit.path);
    });
    return found == cookies.end() ? std::nullopt : std::optional(*found);
}

Cookie freshCookie(const CookieEdit &edit)
{
    Cookie cookie;
    cookie.name = edit.name;
    cookie.domain = edit.domain;
    if (cookie.domain.isEmpty()) {
        if (const auto api = parseUrl(virtualOrigin("api")))
            cookie.domain = api->host;
    }
    if (!edit.path.isEmpty())
        cookie.path = edit.path;
    return cookie;
}

/// The value with members of its base64 JSON replaced; the signature stays what it was.
Result<QByteArray> withPayload(const Cookie &cookie, const JsValue &members)
{
    const auto content = parseJson(QByteArrayView(QByteArray::fromBase64(cookie.value)));
    const auto *object = std::get_if<JsValue>(&content);
    if (!object || !object->isObject())
        return failure(u"The cookie %1 holds no base64 JSON that could be edited."_s.arg(
            QString::fromLatin1(cookie.name)));
    JsValue edited = *object;
    for (const auto &[name, value] : members.members())
        edited.insert(name, value);
    return toJson(edited).toBase64();
}

Result<void> editCookie(const CookieEdit &edit, CookieStore &jar)
{
    Cookie cookie = cookieNamed(jar, edit).value_or(freshCookie(edit));
    cookie.value = edit.value;
    if (edit.payload.isObject()) {
        const auto known = cookieNamed(jar, edit);
        if (!known)
            return failure(u"There is no cookie %1 to edit."_s.arg(QString::fromLatin1(edit.name)));
        const auto value = withPayload(*known, edit.payload);
        if (!value)
            return tl::unexpected(value.error());
        cookie.value = *value;
    }
    jar.put(cookie);
    return {};
}

Result<void> deleteCookie(const CookieEdit &edit, CookieStore &jar)
{
    const auto cookie = cookieNamed(jar, edit);
    if (!cookie)
        return failure(u"There is no cookie %1 to delete."_s.arg(QString::fromLatin1(edit.name)));
    jar.remove(cookie->name, cookie->domain, cookie->path);
    return {};
}

} // namespace

Result<CookieEdit> CookieEdit::fromArguments(const JsValue &arguments)
{
    CookieEdit edit;
    const auto text = [&arguments](const char16_t *key) {
        return arguments[QStringView(key)].toString().toUtf8();
    };
    edit.domain = text(u"domain");
    edit.path = text(u"path");
    if (arguments[u"copy"].isTruthy() || arguments[u"restore"].isTruthy()) {
        edit.kind = arguments[u"copy"].isTruthy() ? Kind::Copy : Kind::Restore;
        return edit;
    }
    edit.name = text(u"delete");
    if (!edit.name.isEmpty()) {
        edit.kind = Kind::Delete;
        return edit;
    }
    edit.name = text(u"edit");
    edit.value = text(u"value");
    edit.payload = arguments[u"payload"];
    if (edit.name.isEmpty())
        return failure(u"\"cookie\" needs one of edit, delete, copy and restore."_s);
    if (!arguments[u"value"].isString() && !edit.payload.isObject())
        return failure(u"\"edit\" needs a \"value\" or a \"payload\"."_s);
    return edit;
}

Result<void> applyCookieEdit(const CookieEdit &edit, CookieStore &jar, std::vector<Cookie> &copied)
{
    switch (edit.kind) {
    case CookieEdit::Kind::Edit:
        return editCookie(edit, jar);
    case CookieEdit::Kind::Delete:
        return deleteCookie(edit, jar);
    case CookieEdit::Kind::Copy:
        copied = jar.cookies();
        return {};
    case CookieEdit::Kind::Restore:
        for (const Cookie &cookie : copied)
            jar.put(cookie);
        return {};
    }
    Q_UNREACHABLE();
}

} // namespace rt
