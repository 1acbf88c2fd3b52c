// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/formdata.h"
#include "browser/request.h"

namespace rt {

/// A change of the page: a typed address, a clicked link or a submitted form.
struct Navigation
{
    /// Absolute, or relative to the page.
    QByteArray url;
    /// Typed into the address bar: nobody's request.
    bool typed = false;
    /// A form's method; links are GET.
    QByteArray method = "GET";
    bool isForm = false;
    FormFields fields;
    QByteArray enctype;
    /// An encoded body that stands for `fields`, with its type.
    std::optional<std::pair<QByteArray, QByteArray>> encoded;
    /// rel=noreferrer
    bool noReferrer = false;
    QByteArray referrerPolicy;
    bool userActivation = true;
};

/// The request behind it; nothing when the address is no URL.
std::optional<Request> navigationRequest(const Navigation &navigation, const Document &client,
                                         Random &random);

/// A call with api "navigate" or "form": without a page it is typed. The body of a call is what the
/// form encoded.
Navigation navigationOf(const FetchRequest &call);

} // namespace rt
