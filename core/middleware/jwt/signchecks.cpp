// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/signchecks.h"

#include "base/jsobject.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using Outcome = tl::expected<void, JwtError>;

struct Validator
{
    QString name;
    bool (*isValid)(const JsValue &value);
    QString message;
};

bool isText(const JsValue &value)
{
    return value.isString();
}

bool isFlag(const JsValue &value)
{
    return value.isBoolean();
}

bool isNumber(const JsValue &value)
{
    return value.isNumber();
}

bool isTextOrList(const JsValue &value)
{
    return value.isString() || value.isArray();
}

bool isPlainObject(const JsValue &value)
{
    return value.isObject();
}

bool isTimespan(const JsValue &value)
{
    const double number = value.toNumber(0.5);
    return (std::isfinite(number) && std::trunc(number) == number)
        || (value.isString() && value.isTruthy());
}

bool isAlgorithm(const JsValue &value)
{
    static const QStringList names {u"RS256"_s, u"RS384"_s, u"RS512"_s, u"PS256"_s, u"PS384"_s,
                                    u"PS512"_s, u"ES256"_s, u"ES384"_s, u"ES512"_s, u"HS256"_s,
                                    u"HS384"_s, u"HS512"_s, u"none"_s};
    return value.isString() && names.contains(value.toString());
}

const QList<Validator> &optionValidators()
{
    static const QList<Validator> table {
        {u"expiresIn"_s, isTimespan,
         u"\"expiresIn\" should be a number of seconds or string representing a timespan"_s},
        {u"notBefore"_s, isTimespan,
         u"\"notBefore\" should be a number of seconds or string representing a timespan"_s},
        {u"audience"_s, isTextOrList, u"\"audience\" must be a string or array"_s},
        {u"algorithm"_s, isAlgorithm, u"\"algorithm\" must be a valid string enum value"_s},
        {u"header"_s, isPlainObject, u"\"header\" must be an object"_s},
        {u"encoding"_s, isText, u"\"encoding\" must be a string"_s},
        {u"issuer"_s, isText, u"\"issuer\" must be a string"_s},
        {u"subject"_s, isText, u"\"subject\" must be a string"_s},
        {u"jwtid"_s, isText, u"\"jwtid\" must be a string"_s},
        {u"noTimestamp"_s, isFlag, u"\"noTimestamp\" must be a boolean"_s},
        {u"keyid"_s, isText, u"\"keyid\" must be a string"_s},
        {u"mutatePayload"_s, isFlag, u"\"mutatePayload\" must be a boolean"_s},
        {u"allowInsecureKeySizes"_s, isFlag, u"\"allowInsecureKeySizes\" must be a boolean"_s},
        {u"allowInvalidAsymmetricKeyTypes"_s, isFlag,
         u"\"allowInvalidAsymmetricKeyTypes\" must be a boolean"_s},
    };
    return table;
}

const QList<Validator> &claimValidators()
{
    static const QList<Validator> table {
        {u"iat"_s, isNumber, u"\"iat\" should be a number of seconds"_s},
        {u"exp"_s, isNumber, u"\"exp\" should be a number of seconds"_s},
        {u"nbf"_s, isNumber, u"\"nbf\" should be a number of seconds"_s},
    };
    return table;
}

Outcome validate(const QList<Validator> &table, JwtReason reason, const JsValue &object,
                 const QString &strangers)
{
    for (const auto &[name, value] : object.members()) {
        const auto row = std::find_if(table.begin(), table.end(),
                                      [&name = name](const auto &one) { return one.name == name; });
        if (isObjectPrototypeName(name)) // the table of validators inherits it, too
            return tl::unexpected(notCallable(JsValue(true), u"validator"_s, u"isValid"_s));
        if (row != table.end() && !row->isValid(value))
            return tl::unexpected(JwtError {reason, "Error", row->message});
        if (row == table.end() && !strangers.isEmpty())
            return tl::unexpected(JwtError {reason, "Error", strangers.arg(name)});
    }
    return {};
}

tl::unexpected<JwtError> notPlain(JwtReason reason, const QString &what)
{
    return tl::unexpected(
        JwtError {reason, "Error", u"Expected \"%1\" to be a plain object."_s.arg(what)});
}

} // namespace

tl::expected<void, JwtError> validateSignOptions(const JsValue &options)
{
    if (!isPlainObject(options))
        return notPlain(JwtReason::BadOption, u"options"_s);
    return validate(optionValidators(), JwtReason::BadOption, options,
                    u"\"%1\" is not allowed in \"options\""_s);
}

tl::expected<void, JwtError> validateClaims(const JsValue &payload)
{
    if (!isPlainObject(payload))
        return notPlain(JwtReason::PayloadNotObject, u"payload"_s);
    return validate(claimValidators(), JwtReason::BadClaim, payload, {});
}

tl::expected<void, JwtError> refuseClaimOptions(const JsValue &options, const JsValue &payload)
{
    static const QStringList names {u"expiresIn"_s, u"notBefore"_s, u"noTimestamp"_s, u"audience"_s,
                                    u"issuer"_s,    u"subject"_s,   u"jwtid"_s};
    QStringList said;
    std::copy_if(names.begin(), names.end(), std::back_inserter(said),
                 [&options](const QString &name) { return !options[name].isUndefined(); });
    if (said.isEmpty())
        return {};
    const QString type = payload.isString() ? u"string"_s
        : payload.isNumber()                ? u"number"_s
        : payload.isBoolean()               ? u"boolean"_s
                                            : u"object"_s;
    return tl::unexpected(
        JwtError {JwtReason::OptionNotForPayload, "Error",
                  u"invalid %1 option for %2 payload"_s.arg(said.join(u','), type)});
}

JwtError notReadable(const JsValue &value, const QString &member)
{
    return {JwtReason::ScriptError, "TypeError",
            u"Cannot read properties of %1 (reading '%2')"_s.arg(value.asText(), member)};
}

JwtError notCallable(const JsValue &value, const QString &expression, const QString &method)
{
    if (value.isNullish())
        return notReadable(value, method);
    return {JwtReason::ScriptError, "TypeError",
            u"%1.%2 is not a function"_s.arg(expression, method)};
}

} // namespace rt
