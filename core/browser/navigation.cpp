// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/navigation.h"

namespace rt {

namespace {

/// https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm
void addForm(const Navigation &navigation, Request &request, Random &random)
{
    request.isForm = true;
    if (navigation.method.toUpper() != "POST") {
        request.url.query
            = navigation.encoded ? navigation.encoded->first : urlEncodedForm(navigation.fields);
        return;
    }
    request.method = "POST";
    request.cache = CacheMode::NoCache; // Chromium writes max-age=0 for it
    request.hasBody = true;
    EncodedForm form;
    if (navigation.encoded)
        form = {navigation.encoded->first, navigation.encoded->second};
    else
        form = encodeForm(navigation.fields, navigation.enctype, random);
    request.body = form.body;
    request.headers.append("Content-Type", form.type);
}

void addReferrer(const Navigation &navigation, Request &request)
{
    const ReferrerPolicy own
        = referrerPolicyNamed(navigation.referrerPolicy).value_or(ReferrerPolicy::Default);
    request.referrerPolicy = navigation.noReferrer ? ReferrerPolicy::NoReferrer
        : own == ReferrerPolicy::Default           ? request.client.referrerPolicy
                                                   : own;
    if (!navigation.typed)
        request.referrer
            = determineReferrer(request.referrerPolicy, request.client.url.href(false), request.url)
                  .value;
}

} // namespace

std::optional<Request> navigationRequest(const Navigation &navigation, const Document &client,
                                         Random &random)
{
    const auto url = parseUrl(navigation.url, client.url.scheme.isEmpty() ? nullptr : &client.url);
    if (!url)
        return std::nullopt;
    Request request;
    request.url = *url;
    request.client = client;
    request.mode = RequestMode::Navigate;
    request.credentials = CredentialsMode::Include;
    request.destination = Destination::Document;
    request.hasInitiator = !navigation.typed;
    request.userActivation = navigation.userActivation;
    if (navigation.isForm)
        addForm(navigation, request, random);
    request.firstUrl = request.url;
    request.farthest = siteRelation(client.origin, Origin::of(request.url));
    addReferrer(navigation, request);
    return request;
}

Navigation navigationOf(const FetchRequest &call)
{
    Navigation navigation;
    navigation.url = call.url;
    navigation.typed = call.page.isEmpty();
    navigation.method = call.method;
    navigation.isForm = call.api == "form";
    navigation.referrerPolicy = call.referrerPolicy;
    if (call.hasBody) {
        // What fetch() calls charset=UTF-8, a form leaves out.
        const QByteArray type = call.bodyType.startsWith("application/x-www-form-urlencoded")
            ? QByteArray("application/x-www-form-urlencoded")
            : call.bodyType;
        navigation.encoded = {call.body, type};
    }
    return navigation;
}

} // namespace rt
