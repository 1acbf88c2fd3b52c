// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/callrequest.h"

namespace rt {

FetchRequest requestOf(const CallRecord &call)
{
    FetchRequest request;
    request.api = call.api;
    request.page = call.page;
    request.url = call.url;
    request.method = call.method;
    request.headers = call.headers;
    request.body = call.requestBody;
    request.hasBody = !call.requestBody.isEmpty();
    request.mode = call.mode == "no-cors" ? RequestMode::NoCors
        : call.mode == "same-origin"      ? RequestMode::SameOrigin
        : call.mode == "navigate"         ? RequestMode::Navigate
                                          : RequestMode::Cors;
    request.credentials = call.credentials == "include" ? CredentialsMode::Include
        : call.credentials == "omit"                    ? CredentialsMode::Omit
                                                        : CredentialsMode::SameOrigin;
    return request;
}

} // namespace rt
