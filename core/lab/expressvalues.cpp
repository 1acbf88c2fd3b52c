// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/expressvalues.h"

#include "options/jsliteral.h"

#include <QStringList>

#include <algorithm>
#include <optional>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

bool isBodyParser(const QByteArray &stage)
{
    return stage == "json" || stage == "urlencoded" || stage == "text" || stage == "raw";
}

bool isOriginFunction(const JsValue &value)
{
    return value.isObject() && value[u"callback"].isTruthy();
}

/// The key of an object that stands for a value of a Content-Security-Policy directive.
QString policyStandIn(const JsValue &value)
{
    if (!value.isObject() || value.size() != 1)
        return {};
    const QString key = value.keys().first();
    const bool known = key == u"nonceFrom" || key == u"valueFrom" || key == u"disableDefaultSrc";
    return known ? key : QString();
}

QString policyCode(const QString &key, const JsValue &header)
{
    if (key == u"disableDefaultSrc")
        return u"helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc"_s;
    const QString sent = u"req.headers[%1] ?? ''"_s.arg(jsLiteral(header));
    return key == u"nonceFrom" ? u"(req) => `'nonce-${%1}'`"_s.arg(sent)
                               : u"(req) => String(%1)"_s.arg(sent);
}

QString filterCode(const JsValue &filter)
{
    if (filter[u"skipIfHeader"].isTruthy())
        return u"(req, res) => !req.headers[%1] && compression.filter(req, res)"_s.arg(
            jsLiteral(filter[u"skipIfHeader"]));
    if (filter[u"onlyTypes"].isTruthy())
        return u"(req, res) => %1.includes(String(res.getHeader('Content-Type')).split(';')[0].trim())"_s
            .arg(jsLiteral(filter[u"onlyTypes"]));
    return u"() => "_s + jsLiteral(JsValue(filter[u"all"].isTruthy()));
}

QString originFunction(const JsValue &callback)
{
    return u"(origin, done) => (%1 ? %2 : %3)"_s.arg(
        originListed(callback), originGranted(callback), originDenied(callback));
}

/// The code a value stands for, or nothing when it stands for itself.
std::optional<QString> codeFor(const OptionPlace &place, const JsValue &value)
{
    if (place.stage == "helmet") {
        const QString key = policyStandIn(value);
        return key.isEmpty() ? std::nullopt : std::optional(policyCode(key, value[key]));
    }
    if (place.stage == "compression" && place.option == "filter" && value.isTruthy())
        return filterCode(value);
    if (isBodyParser(place.stage) && place.option == "verify"
        && value[u"rejectIfContains"].isTruthy())
        return u"(req, res, buf) => { if (buf.includes(%1)) throw new Error('body rejected'); }"_s
            .arg(jsLiteral(value[u"rejectIfContains"]));
    if (place.stage == "cors" && isOriginFunction(value)
        && (place.option == "origin" || place.option.endsWith(".origin")))
        return originFunction(value[u"callback"]);
    return std::nullopt;
}

} // namespace

bool standsForCode(const OptionPlace &place, const JsValue &value)
{
    return codeFor(place, value).has_value();
}

QString expressLiteral(const OptionPlace &place, const JsValue &value)
{
    if (const auto code = codeFor(place, value))
        return *code;
    QStringList parts;
    if (value.isArray()) {
        for (const JsValue &item : value.items())
            parts.append(expressLiteral(place, item));
        return u'[' + parts.join(u", "_s) + u']';
    }
    if (!value.isObject())
        return jsLiteral(value);
    for (const auto &[name, member] : value.members())
        parts.append(expressKey(place, name) + u": "_s
                     + expressLiteral({place.stage, place.option + '.' + name.toUtf8()}, member));
    return parts.isEmpty() ? u"{}"_s : u"{ "_s + parts.join(u", "_s) + u" }"_s;
}

QString expressKey(const OptionPlace &above, const QString &name)
{
    static const QStringList constants {u"BROTLI_PARAM_MODE"_s,
                                        u"BROTLI_PARAM_QUALITY"_s,
                                        u"BROTLI_PARAM_LGWIN"_s,
                                        u"BROTLI_PARAM_LGBLOCK"_s,
                                        u"BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING"_s,
                                        u"BROTLI_PARAM_SIZE_HINT"_s,
                                        u"BROTLI_PARAM_LARGE_WINDOW"_s,
                                        u"BROTLI_PARAM_NPOSTFIX"_s,
                                        u"BROTLI_PARAM_NDIRECT"_s};
    if (above.stage == "compression" && above.option == "brotli.params" && constants.contains(name))
        return u"[zlib.constants.%1]"_s.arg(name);
    return jsKey(name);
}

QString originList(const JsValue &callback)
{
    const JsValue allow = callback[u"allow"];
    if (allow.isArray())
        return jsLiteral(allow);
    return allow.isNullish() ? u"[]"_s : jsLiteral(JsValue::array({allow}));
}

QString originListed(const JsValue &callback, const QString &list)
{
    const JsValue allow = callback[u"allow"];
    const auto &items = allow.items();
    const bool patterns = allow.isRegExp()
        || std::any_of(items.begin(), items.end(),
                       [](const JsValue &item) { return item.isRegExp(); });
    const QString name = list.isEmpty() ? originList(callback) : list;
    const QString listed = patterns
        ? name + u".some((one) => (one instanceof RegExp ? one.test(origin) : one === origin))"_s
        : name + u".includes(origin)"_s;
    return callback[u"allowMissing"].isTruthy() ? u"origin === undefined || "_s + listed : listed;
}

QString originGranted(const JsValue &callback)
{
    const JsValue grant = callback[u"grant"].isNullish() ? JsValue(true) : callback[u"grant"];
    return u"done(null, %1)"_s.arg(jsLiteral(grant));
}

QString originDenied(const JsValue &callback)
{
    if (callback[u"deny"] != JsValue(u"error"_s))
        return u"done(null, false)"_s;
    const JsValue message = callback[u"message"].isNullish() ? JsValue(u"Not allowed by CORS"_s)
                                                             : callback[u"message"];
    return u"done(new Error(%1))"_s.arg(jsLiteral(message));
}

} // namespace rt
