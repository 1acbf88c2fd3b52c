// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"
#include "express/trustproxy.h"

namespace rt {

/// Express's application settings, checked. Defaults are Express 4.22's with NODE_ENV=production.
struct ExpressSettings
{
    enum class Etag { Off, Weak, Strong };
    enum class QueryParser { Off, Simple, Extended };

    Etag etag = Etag::Weak;
    QueryParser queryParser = QueryParser::Extended;
    bool xPoweredBy = true;
    bool caseSensitiveRouting = false;
    bool strictRouting = false;
    /// The indent JSON.stringify gets; empty for none.
    QString jsonSpaces;
    bool jsonEscape = false;
    int subdomainOffset = 2;
    /// `env` is "production": error pages show the status text only.
    bool production = true;
    /// Errors become {"error": {...}} instead of the HTML page (`errors: "json"`).
    bool jsonErrors = false;
    TrustProxy trustProxy;

    /// From the `express` object of a lab file: env, xPoweredBy, etag, queryParser, trustProxy,
    /// caseSensitiveRouting, strictRouting, jsonSpaces, jsonEscape, subdomainOffset, errors. The
    /// error is Express's own ("unknown value for etag function: medium").
    static Result<ExpressSettings> fromValue(const JsValue &express);
};

} // namespace rt
