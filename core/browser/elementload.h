// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchresult.h"
#include "browser/request.h"

#include <optional>

namespace rt {

class FetchRun;

enum class ElementKind { Script, Style, Image, Iframe };

/// An element that was put into the page and fetches what it shows or runs.
/// https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request
struct ElementLoad
{
    ElementKind kind = ElementKind::Script;
    /// Absolute, or relative to the page.
    QByteArray url;
    /// The attribute as written; nothing when it is not there.
    std::optional<QByteArray> crossOrigin;
    /// Attribute type: "module".
    QByteArray type;
    QByteArray nonce;
    QByteArray integrity;
    QByteArray referrerPolicy;

    bool isModule() const { return kind == ElementKind::Script && type.toLower() == "module"; }
};

/// "script", "style", "img" and "iframe" of a call's api; nothing for others.
std::optional<ElementKind> elementKindOf(QByteArrayView api);
ElementLoad elementLoadOf(ElementKind kind, const FetchRequest &call);

/// The request behind it; nothing when the address is no URL.
std::optional<Request> elementRequest(const ElementLoad &load, const Document &client);

/// What the element makes of the answer of a run that has finished; adds steps and console lines
/// to its result and turns its outcome where the element refuses what the network allowed.
void settleElement(const ElementLoad &load, FetchRun &run);

} // namespace rt
