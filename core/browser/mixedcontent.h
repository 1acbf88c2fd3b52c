// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/request.h"

namespace rt {

/// Whether an https page may load something over http.
/// https://w3c.github.io/webappsec-mixed-content/
enum class MixedContentReason {
    NotMixed,
    TrustworthyTarget,
    TopLevelNavigation,
    /// A picture that is tried over https instead.
    Upgraded,
    /// A form of an https page: Chromium stops and warns.
    InsecureForm,
    Blocked
};

MixedContentReason checkMixedContent(const Request &request);
/// "mixed.Blocked"
QByteArray mixedContentId(MixedContentReason reason);
QString mixedContentSentence(MixedContentReason reason, const Url &url);

} // namespace rt
