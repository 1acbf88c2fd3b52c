// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/document.h"

#include <QStringList>

namespace rt {

/// Whether an answer lets itself be shown in a frame of another page: X-Frame-Options and the CSP
/// directive frame-ancestors, which wins when an enforced policy has it.
/// https://html.spec.whatwg.org/multipage/document-lifecycle.html#the-x-frame-options-header
enum class FramingReason {
    Allowed,
    XFrameOptionsDeny,
    XFrameOptionsSameOrigin,
    XFrameOptionsConflict,
    FrameAncestors,
    /// The page asks for Cross-Origin-Embedder-Policy and the framed answer has none.
    EmbedderPolicyMissing,
};

struct FramingDecision
{
    FramingReason reason = FramingReason::Allowed;
    /// The header line that decided.
    QByteArray evidence;
    /// Chromium's words, also for values it ignores and for report-only policies.
    QStringList console;
};

/// `target` and `headers` are of the answer, `parent` is the page with the frame.
FramingDecision checkFraming(const Url &target, const HeaderList &headers, const Document &parent);
/// "frame.Refused", "coep.Blocked"
QByteArray framingReasonId(FramingReason reason);
/// DevTools' blocked reason: "other", "coep-frame-resource-needs-coep-header"
QByteArray framingBlockedReason(FramingReason reason);
QString framingReasonSentence(FramingReason reason);

} // namespace rt
