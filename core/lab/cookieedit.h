// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"
#include "browser/cookie.h"

#include <QMetaType>

namespace rt {

class CookieStore;

/// The verb `cookie`: what a learner does to the jar with the hands, past every rule a browser has
/// for servers and scripts. `copy` remembers the jar as it is, `restore` puts those cookies back.
struct CookieEdit
{
    enum class Kind { Edit, Delete, Copy, Restore };
    Kind kind = Kind::Edit;
    QByteArray name;
    /// Empty: that of the cookie with this name, or of the API when there is none yet.
    QByteArray domain;
    QByteArray path;
    /// For Edit: the new value as it stands in the Cookie header.
    QByteArray value;
    /// For Edit: members to set in the base64 JSON the cookie holds; undefined leaves it alone.
    JsValue payload;

    /// {"edit": name, "value" or "payload"}, {"delete": name}, {"copy": true}, {"restore": true};
    /// `domain` and `path` may stand beside a name. The error says what is missing.
    static Result<CookieEdit> fromArguments(const JsValue &arguments);
};

/// Carries the edit out; `copied` is what Copy fills and Restore reads. The error says which cookie
/// is not there, or why its content cannot be edited.
Result<void> applyCookieEdit(const CookieEdit &edit, CookieStore &jar, std::vector<Cookie> &copied);

} // namespace rt
