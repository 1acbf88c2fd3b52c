// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/corscheck.h"
#include "browser/safelist.h"
#include "http/message.h"

#include <optional>

namespace rt {

/// Whether a cross-origin request must ask first, and why.
enum class PreflightNeed { NotNeeded, Method, Headers, MethodAndHeaders };

struct PreflightQuestion
{
    PreflightNeed need = PreflightNeed::NotNeeded;
    QByteArray method;
    /// What Access-Control-Request-Headers will list.
    std::vector<UnsafeHeader> unsafeHeaders;
    /// All names of the request in the order the browser checks them; by name when empty.
    QByteArrayList checkOrder;
    bool needed() const { return need != PreflightNeed::NotNeeded; }
    QByteArrayList unsafeNames() const;
};

PreflightQuestion preflightQuestion(const QByteArray &method, const HeaderList &headers);
/// "preflight.NeededForMethod"
QByteArray preflightNeedId(PreflightNeed need);
QString preflightNeedSentence(const PreflightQuestion &question);

/// A comma list of tokens as CORS headers use it; nothing when a member is no token. Empty members
/// are skipped. https://fetch.spec.whatwg.org/#extract-header-list-values
std::optional<QByteArrayList> tokenList(QByteArrayView value);

/// What a preflight answer allows.
struct PreflightPermission
{
    QByteArrayList methods;
    /// Lower case.
    QByteArrayList headers;
    CredentialsMode credentials = CredentialsMode::SameOrigin;

    /// GET, HEAD and POST always; `*` stands for everything unless credentials are included.
    bool allowsMethod(const QByteArray &method) const;
    bool allowsHeader(const QByteArray &lowerCaseName) const;
    /// Only `*` stands for Authorization: the standard wants it named.
    bool allowsAuthorizationByWildcard() const;
};

/// Chromium's order: a redirect comes before the CORS check, the status after it.
/// https://fetch.spec.whatwg.org/#cors-preflight-fetch from step 7
struct PreflightCheck
{
    CorsVerdict verdict;
    /// Filled in when the lists could be read.
    PreflightPermission permission;
};
PreflightCheck checkPreflight(const ResponseHead &response, const QByteArray &origin,
                              CredentialsMode credentials, const PreflightQuestion &question);

/// The method and header part alone. Chromium differs: `*` covers Authorization here, but not when
/// the permission comes from the cache.
CorsVerdict checkPermission(const PreflightPermission &permission,
                            const PreflightQuestion &question);

/// 301, 302, 303, 307 and 308.
bool isRedirectStatus(int status);

} // namespace rt
