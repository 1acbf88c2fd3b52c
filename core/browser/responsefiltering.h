// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"

namespace rt {

/// https://fetch.spec.whatwg.org/#concept-response-type
enum class ResponseType { Basic, Cors, Opaque, OpaqueRedirect, Error };
/// "basic"
QByteArray responseTypeName(ResponseType type);

/// Headers script may read, as Headers iterates them: names in lower case, sorted, repeated ones
/// joined with ", ".
HeaderList readableHeaders(ResponseType type, const HeaderList &headers,
                           CredentialsMode credentials);

/// https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
bool isCorsSafelistedResponseHeader(QByteArrayView name);

} // namespace rt
