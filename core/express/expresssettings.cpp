// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/expresssettings.h"

#include "base/jsobject.h"

#include <algorithm>
#include <cmath>

namespace rt {

namespace {

using namespace Qt::StringLiterals;

Result<ExpressSettings::Etag> etagSetting(const JsValue &value)
{
    if (value == JsValue(true) || value == JsValue("weak"_L1))
        return ExpressSettings::Etag::Weak;
    if (value == JsValue(false))
        return ExpressSettings::Etag::Off;
    if (value == JsValue("strong"_L1))
        return ExpressSettings::Etag::Strong;
    return failure(u"unknown value for etag function: "_s + value.asText());
}

Result<ExpressSettings::QueryParser> querySetting(const JsValue &value)
{
    if (value == JsValue(true) || value == JsValue("simple"_L1))
        return ExpressSettings::QueryParser::Simple;
    if (value == JsValue(false))
        return ExpressSettings::QueryParser::Off;
    if (value == JsValue("extended"_L1))
        return ExpressSettings::QueryParser::Extended;
    return failure(u"unknown value for query parser function: "_s + value.asText());
}

/// What Array.prototype.slice() makes of an argument, within reason.
int sliceIndex(const JsValue &value)
{
    const double number = toJsNumber(value);
    return std::isnan(number) ? 0 : static_cast<int>(std::clamp(std::trunc(number), -1e6, 1e6));
}

/// ECMA-262 JSON.stringify: at most ten characters of indent.
QString indent(const JsValue &spaces)
{
    if (spaces.isString())
        return spaces.toString().left(10);
    const double count = spaces.toNumber();
    return count >= 1 ? QString(static_cast<int>(std::min(10.0, std::floor(count))), u' ')
                      : QString();
}

} // namespace

Result<ExpressSettings> ExpressSettings::fromValue(const JsValue &express)
{
    ExpressSettings settings;
    const auto value = [&](QLatin1StringView name) { return express[name]; };
    if (!value("env"_L1).isNullish())
        settings.production = value("env"_L1).asText() == u"production";
    settings.xPoweredBy = value("xPoweredBy"_L1) != JsValue(false);
    if (const JsValue etag = value("etag"_L1); !etag.isUndefined()) {
        const auto parsed = etagSetting(etag);
        if (!parsed)
            return tl::unexpected(parsed.error());
        settings.etag = *parsed;
    }
    if (const JsValue parser = value("queryParser"_L1); !parser.isUndefined()) {
        const auto parsed = querySetting(parser);
        if (!parsed)
            return tl::unexpected(parsed.error());
        settings.queryParser = *parsed;
    }
    if (const JsValue trust = value("trustProxy"_L1); !trust.isUndefined()) {
        const auto parsed = TrustProxy::fromValue(trust);
        if (!parsed)
            return tl::unexpected(parsed.error());
        settings.trustProxy = *parsed;
    }
    settings.caseSensitiveRouting = value("caseSensitiveRouting"_L1).isTruthy();
    settings.strictRouting = value("strictRouting"_L1).isTruthy();
    settings.jsonSpaces = indent(value("jsonSpaces"_L1));
    settings.jsonEscape = value("jsonEscape"_L1).isTruthy();
    if (const JsValue offset = value("subdomainOffset"_L1); !offset.isUndefined())
        settings.subdomainOffset = sliceIndex(offset);
    settings.jsonErrors = value("errors"_L1) == JsValue("json"_L1);
    return settings;
}

} // namespace rt
