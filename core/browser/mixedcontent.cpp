// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/mixedcontent.h"

namespace rt {

MixedContentReason checkMixedContent(const Request &request)
{
    const bool insecure = request.url.scheme == "http" || request.url.scheme == "ws";
    if (!request.client.isSecure() || !insecure)
        return MixedContentReason::NotMixed;
    const bool firstHop = request.redirectCount == 0;
    if (request.isForm && firstHop && !isPotentiallyTrustworthy(Origin::of(request.url)))
        return MixedContentReason::InsecureForm;
    if (request.isTopLevelNavigation())
        return MixedContentReason::TopLevelNavigation;
    if (isPotentiallyTrustworthy(Origin::of(request.url)))
        return MixedContentReason::TrustworthyTarget;
    const bool upgradeable
        = request.destination == Destination::Image && !isIpAddress(request.url.host);
    return upgradeable ? MixedContentReason::Upgraded : MixedContentReason::Blocked;
}

QByteArray mixedContentId(MixedContentReason reason)
{
    switch (reason) {
    case MixedContentReason::NotMixed:
        return "mixed.None";
    case MixedContentReason::TrustworthyTarget:
        return "mixed.TrustworthyTarget";
    case MixedContentReason::TopLevelNavigation:
        return "mixed.TopLevelNavigation";
    case MixedContentReason::Upgraded:
        return "mixed.Upgraded";
    case MixedContentReason::InsecureForm:
        return "mixed.InsecureForm";
    case MixedContentReason::Blocked:
        return "mixed.Blocked";
    }
    return {};
}

QString mixedContentSentence(MixedContentReason reason, const Url &url)
{
    const auto text = [&] {
        switch (reason) {
        case MixedContentReason::NotMixed:
            return "%1 is no mixed content.";
        case MixedContentReason::TrustworthyTarget:
            return "%1 is plain http, but loopback counts as secure.";
        case MixedContentReason::TopLevelNavigation:
            return "%1 replaces the page, so nothing gets mixed.";
        case MixedContentReason::Upgraded:
            return "The browser tries %1 over https instead.";
        case MixedContentReason::InsecureForm:
            return "The form stands on an https page and would go to %1 in the clear.";
        case MixedContentReason::Blocked:
            return "The page came over https; %1 would come over http and is not even asked for.";
        }
        return "";
    }();
    return QString::fromLatin1(text).arg(QString::fromLatin1(url.href()));
}

} // namespace rt
