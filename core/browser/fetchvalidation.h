// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchresult.h"
#include "browser/request.h"

namespace rt {

/// Why `new Request()` throws; nothing is sent then.
enum class RequestFault {
    None,
    InvalidUrl,
    UrlWithCredentials,
    ModeNavigate,
    InvalidReferrer,
    InvalidReferrerPolicy,
    OnlyIfCachedNeedsSameOrigin,
    InvalidMethod,
    ForbiddenMethod,
    MethodNotInNoCors,
    InvalidHeaderName,
    InvalidHeaderValue,
    BodyWithGetOrHead,
};

/// "request.InvalidMethod"
QByteArray requestFaultId(RequestFault fault);
/// "TypeError: Failed to execute 'fetch' on 'Window': …", Chromium's words.
QString requestFaultText(RequestFault fault, const FetchRequest &request);

/// https://fetch.spec.whatwg.org/#dom-request: what script asked for, made into a request that can
/// go out, or the reason why not.
struct RequestBuild
{
    RequestFault fault = RequestFault::None;
    Request request;
    /// Headers that were dropped without a word.
    std::vector<FetchStep> steps;
};
RequestBuild buildRequest(const FetchRequest &request, const Document &client);
/// What the call comes to when the request could not be built.
FetchResult refusedRequest(const RequestBuild &build, const FetchRequest &request, quint64 call);

} // namespace rt
