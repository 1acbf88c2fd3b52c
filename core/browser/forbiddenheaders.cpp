// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/forbiddenheaders.h"

#include "browser/fieldvalue.h"
#include "http/headerlist.h"

#include <algorithm>

namespace rt {

namespace {

bool isForbiddenName(QByteArrayView name)
{
    return isOneOf(name,
                   {"accept-charset",
                    "accept-encoding",
                    "access-control-request-headers",
                    "access-control-request-method",
                    "connection",
                    "content-length",
                    "cookie",
                    "cookie2",
                    "date",
                    "dnt",
                    "expect",
                    "host",
                    "keep-alive",
                    "origin",
                    "referer",
                    "set-cookie",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "via"});
}

} // namespace

bool isForbiddenMethod(QByteArrayView method)
{
    return isOneOf(method, {"connect", "trace", "track"});
}

QByteArray normalizeMethod(const QByteArray &method)
{
    return isOneOf(method, {"delete", "get", "head", "options", "post", "put"}) ? method.toUpper()
                                                                                : method;
}

HeaderPermission headerPermission(QByteArrayView name, QByteArrayView value)
{
    if (isForbiddenName(name))
        return HeaderPermission::ForbiddenName;
    const QByteArray lower = name.toByteArray().toLower();
    if (lower.startsWith("proxy-") || lower.startsWith("sec-"))
        return HeaderPermission::ForbiddenPrefix;
    if (!isOneOf(name, {"x-http-method", "x-http-method-override", "x-method-override"}))
        return HeaderPermission::Allowed;
    const QByteArrayList methods = value.toByteArray().split(',');
    const bool forbidden = std::any_of(methods.begin(), methods.end(), [](const QByteArray &m) {
        return isForbiddenMethod(trimBlanks(m));
    });
    return forbidden ? HeaderPermission::ForbiddenMethodOverride : HeaderPermission::Allowed;
}

QByteArray headerPermissionId(HeaderPermission permission)
{
    switch (permission) {
    case HeaderPermission::Allowed:
        return "request.HeaderAllowed";
    case HeaderPermission::ForbiddenName:
        return "request.ForbiddenName";
    case HeaderPermission::ForbiddenPrefix:
        return "request.ForbiddenPrefix";
    case HeaderPermission::ForbiddenMethodOverride:
        return "request.ForbiddenMethodOverride";
    case HeaderPermission::NotNoCorsSafelisted:
        return "request.NotNoCorsSafelisted";
    }
    return {};
}

QString headerPermissionSentence(HeaderPermission permission, const QByteArray &name)
{
    const auto text = [&] {
        switch (permission) {
        case HeaderPermission::Allowed:
            return "Script may set %1.";
        case HeaderPermission::ForbiddenName:
            return "%1 belongs to the browser; what script sets is dropped.";
        case HeaderPermission::ForbiddenPrefix:
            return "Names beginning with Sec- or Proxy- belong to the browser; %1 is dropped.";
        case HeaderPermission::ForbiddenMethodOverride:
            return "%1 asks for a method that fetch forbids; it is dropped.";
        case HeaderPermission::NotNoCorsSafelisted:
            return "Mode no-cors sends only headers that need no permission; %1 is dropped.";
        }
        return "";
    }();
    return QString::fromLatin1(text).arg(QString::fromLatin1(name));
}

} // namespace rt
