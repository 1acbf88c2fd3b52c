// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/request.h"

namespace rt {

/// Whether Cross-Origin-Resource-Policy lets a no-cors answer through.
/// https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check
enum class ResourcePolicyReason { Passed, NotSameOrigin, NotSameSite, NotSameOriginAfterCoep };

ResourcePolicyReason checkResourcePolicy(const Request &request, const HeaderList &responseHeaders);
/// "corp.Blocked", "coep.Blocked"
QByteArray resourcePolicyId(ResourcePolicyReason reason);
/// "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin"
QByteArray resourcePolicyNetError(ResourcePolicyReason reason);
/// DevTools' "corp-not-same-origin"
QByteArray resourcePolicyBlockedReason(ResourcePolicyReason reason);
QString resourcePolicySentence(ResourcePolicyReason reason);

} // namespace rt
