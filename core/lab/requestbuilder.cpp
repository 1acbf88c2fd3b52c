// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/requestbuilder.h"

#include "browser/elementload.h"
#include "lab/command.h"
#include "lab/labconfig.h"

#include <QUrlQuery>

#include <array>

namespace rt {

namespace {

template<typename T, size_t N> using Names = std::array<std::pair<QLatin1StringView, T>, N>;

constexpr Names<RequestMode, 4> modes {{{QLatin1StringView("cors"), RequestMode::Cors},
                                        {QLatin1StringView("no-cors"), RequestMode::NoCors},
                                        {QLatin1StringView("same-origin"), RequestMode::SameOrigin},
                                        {QLatin1StringView("navigate"), RequestMode::Navigate}}};
constexpr Names<CredentialsMode, 3> credentialsModes {
    {{QLatin1StringView("omit"), CredentialsMode::Omit},
     {QLatin1StringView("same-origin"), CredentialsMode::SameOrigin},
     {QLatin1StringView("include"), CredentialsMode::Include}}};
constexpr Names<RedirectMode, 3> redirectModes {
    {{QLatin1StringView("follow"), RedirectMode::Follow},
     {QLatin1StringView("error"), RedirectMode::Error},
     {QLatin1StringView("manual"), RedirectMode::Manual}}};
constexpr Names<CacheMode, 6> cacheModes {
    {{QLatin1StringView("default"), CacheMode::Default},
     {QLatin1StringView("no-store"), CacheMode::NoStore},
     {QLatin1StringView("reload"), CacheMode::Reload},
     {QLatin1StringView("no-cache"), CacheMode::NoCache},
     {QLatin1StringView("force-cache"), CacheMode::ForceCache},
     {QLatin1StringView("only-if-cached"), CacheMode::OnlyIfCached}}};

template<typename T, size_t N>
Result<void> choose(const JsValue &arguments, const char *name, const Names<T, N> &names, T &target)
{
    const JsValue value = arguments[QLatin1StringView(name)];
    if (value.isUndefined())
        return {};
    for (const auto &[text, meaning] : names) {
        if (value.toString() == text) {
            target = meaning;
            return {};
        }
    }
    return failure(QStringLiteral("\"%1\" is no %2").arg(value.asText(), QLatin1StringView(name)));
}

void takeBody(const JsValue &arguments, FetchRequest &request)
{
    const JsValue json = arguments[QLatin1StringView("json")];
    const JsValue form = arguments[QLatin1StringView("form")];
    const JsValue text = arguments[QLatin1StringView("text")];
    request.hasBody = !json.isUndefined() || !form.isUndefined() || !text.isUndefined();
    if (!json.isUndefined()) {
        request.body = toJson(json);
        // fetch() sends a string; a JSON call says so itself, as people write it.
        if (!request.headers.contains("Content-Type"))
            request.headers.append("Content-Type", "application/json");
    } else if (!form.isUndefined()) {
        QUrlQuery query;
        for (const auto &[name, value] : form.members())
            query.addQueryItem(name, value.asText());
        request.body = form.isString() ? form.toString().toUtf8()
                                       : query.toString(QUrl::FullyEncoded).toUtf8();
        request.bodyType = "application/x-www-form-urlencoded;charset=UTF-8";
    } else if (!text.isUndefined()) {
        request.body = text.toString().toUtf8();
        request.bodyType = "text/plain;charset=UTF-8";
    }
}

Result<QByteArray> address(const JsValue &arguments)
{
    const JsValue path = arguments[QLatin1StringView("path")];
    const JsValue url = arguments[QLatin1StringView("url")];
    if (url.isString())
        return resolveSymbols(url.toString()).toUtf8();
    if (path.isString() && path.toString().startsWith(u'/'))
        return virtualOrigin("api") + path.toString().toUtf8();
    return failure(QStringLiteral("a request needs a \"path\" that begins with / or a \"url\""));
}

void takeHeaders(const JsValue &headers, FetchRequest &request)
{
    for (const auto &[name, value] : headers.members())
        request.headers.append(name.toUtf8(), value.asText().toUtf8());
    for (const JsValue &pair : headers.items()) {
        if (pair.items().size() == 2)
            request.headers.append(pair.items().at(0).asText().toUtf8(),
                                   pair.items().at(1).asText().toUtf8());
    }
}

} // namespace

Result<FetchRequest> buildRequest(QByteArrayView verb, const JsValue &arguments,
                                  const LabConfig &config)
{
    FetchRequest request;
    const auto url = address(arguments);
    if (!url)
        return failure(url.error().message);
    request.url = *url;
    // An element is named by what it loads.
    request.api = verb == "send" ? QByteArray("fetch")
        : verb == "load"         ? arguments[QLatin1StringView("as")].toString().toLatin1()
                                 : verb.toByteArray();
    if (verb == "load" && !elementKindOf(request.api))
        return failure(QStringLiteral("\"as\" must be img, script, style or iframe"));
    if (verb == "form")
        request.method = "POST";
    if (verb != "raw")
        request.page = resolveSymbols(config.setting("client.page").toString()).toUtf8();
    const JsValue method = arguments[QLatin1StringView("method")];
    if (!method.isUndefined())
        request.method = method.asText().toUtf8();
    takeHeaders(arguments[QLatin1StringView("headers")], request);
    takeBody(arguments, request);
    for (const auto &chosen :
         {choose(arguments, "mode", modes, request.mode),
          choose(arguments, "credentials", credentialsModes, request.credentials),
          choose(arguments, "redirect", redirectModes, request.redirect),
          choose(arguments, "cache", cacheModes, request.cache)}) {
        if (!chosen)
            return failure(chosen.error().message);
    }
    return request;
}

} // namespace rt
