// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"
#include "browser/fetchrequest.h"

namespace rt {

class LabConfig;

/// Turns the arguments of a `send`, `raw`, `navigate` ... action into a request:
/// {method, path | url, headers, json | form | text, mode, credentials, redirect, cache}. The page
/// is the configuration's `client.page`; a `path` is one of the API origin; `$name` stands for a
/// virtual origin. The error names the argument that is wrong.
Result<FetchRequest> buildRequest(QByteArrayView verb, const JsValue &arguments,
                                  const LabConfig &config);

} // namespace rt
