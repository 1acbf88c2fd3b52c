// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <limits>
#include <variant>

namespace rt {

/// Options of qs 6.16 parse() that Express and body-parser use; defaults are those of Express's
/// "extended" query parser.
struct QsOptions
{
    double arrayLimit = 1000;
    double depth = 5;
    /// Infinity: no limit.
    double parameterLimit = 1000;
    bool allowPrototypes = true;
    /// Nesting beyond `depth` is an error instead of a literal key.
    bool strictDepth = false;
};

enum class QueryFault { DepthExceeded };
/// "query.DepthExceeded"
QByteArray faultId(QueryFault fault);

/// qs.parse(): nested objects and lists.
std::variant<JsValue, QueryFault> parseQs(QStringView text, const QsOptions &options = {});
/// Express's req.query with the setting "extended"; `query` is the target's part behind '?'.
JsValue parseExtendedQuery(QByteArrayView query);

/// Node's querystring.parse(text, '&', '=', {maxKeys}); 0 or less: no limit.
JsValue parseSimpleQuery(QStringView text, double maxKeys = 1000);
/// querystring.unescape / URLSearchParams-like decoding: bad escapes stay, bad UTF-8 becomes
/// U+FFFD.
QString unescapeQuery(QStringView text);

/// decodeURIComponent(); nothing where it throws URIError.
std::optional<QString> decodeUriComponent(QStringView text);
/// encodeURIComponent(); nothing for a lone surrogate, where it throws.
std::optional<QByteArray> encodeUriComponent(QStringView text);

} // namespace rt
