// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/stricttransportsecurity.h"

#include <cmath>
#include <optional>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

constexpr int defaultMaxAge = 365 * 24 * 60 * 60;

/// helmet names the two usual misspellings; on a scalar its `in` operator throws.
std::optional<QString> misspelling(const JsValue &options)
{
    const bool isReference = options.isObject() || options.isArray() || options.isRegExp()
        || options.isDate() || options.isBuffer() || options.isUndefined();
    if (!isReference)
        return u"Cannot use 'in' operator to search for 'maxage' in "_s + options.asText();
    if (options.contains(u"maxage"))
        return u"Strict-Transport-Security received an unsupported property, `maxage`. "
               "Did you mean to pass `maxAge`?"_s;
    if (options.contains(u"includeSubdomains"))
        return u"Strict-Transport-Security middleware should use `includeSubDomains` instead of "
               "`includeSubdomains`. (The correct one has an uppercase \"D\".)"_s;
    return std::nullopt;
}

} // namespace

Result<QByteArray> strictTransportSecurity(const JsValue &options)
{
    if (const auto fault = misspelling(options))
        return failure(*fault);
    const JsValue maxAge = options.contains(u"maxAge") && !options[u"maxAge"].isUndefined()
        ? options[u"maxAge"]
        : JsValue(defaultMaxAge);
    const double seconds = maxAge.toNumber(-1);
    if (!(seconds >= 0) || !std::isfinite(seconds))
        return failure(
            u"Strict-Transport-Security: %1 is not a valid value for maxAge. Please choose a "
            "positive integer."_s.arg(stringifyJson(maxAge)));
    QString value = u"max-age="_s + numberText(std::floor(seconds));
    const JsValue subDomains = options[u"includeSubDomains"];
    if (subDomains.isUndefined() || subDomains.isTruthy())
        value += u"; includeSubDomains"_s;
    if (options[u"preload"].isTruthy())
        value += u"; preload"_s;
    return value.toLatin1();
}

} // namespace rt
