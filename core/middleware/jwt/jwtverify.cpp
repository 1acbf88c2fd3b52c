// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/jsonwebtoken.h"

#include "middleware/jwt/asymmetrickey.h"
#include "middleware/jwt/claimchecks.h"
#include "middleware/jwt/jws.h"
#include "middleware/jwt/signchecks.h"

#include <cmath>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using Outcome = tl::expected<void, JwtError>;

tl::unexpected<JwtError> refused(JwtReason reason, const QString &message)
{
    return tl::unexpected(JwtError {reason, "JsonWebTokenError", message});
}

/// String.prototype.trim() leaves nothing.
bool isBlank(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return c == QChar(QChar::ByteOrderMark) || (c.isSpace() && c.unicode() != 0x85);
    });
}

QStringList algorithmsFor(const JwtKey &key)
{
    static const QStringList rsa {u"RS256"_s, u"RS384"_s, u"RS512"_s,
                                  u"PS256"_s, u"PS384"_s, u"PS512"_s};
    if (key.type() == JwtKey::Type::Secret)
        return {u"HS256"_s, u"HS384"_s, u"HS512"_s};
    if (key.asymmetricKeyType() == "ec")
        return {u"ES256"_s, u"ES384"_s, u"ES512"_s};
    return rsa;
}

/// One call of verify(), step by step.
class Verification
{
public:
    Verification(const JsValue &token, const JsValue &options, qint64 now)
        : m_token(token), m_options(options.isObject() ? options : JsValue::object()), m_now(now)
    {
    }

    /// `given` is the key as the program has it; with `key` that is not looked at further.
    tl::expected<JsValue, JwtError> run(const JsValue &given, const JwtKey *key)
    {
        if (key)
            m_key = *key;
        const Outcome done = checkArguments()
                                 .and_then([this] { return decode(); })
                                 .and_then([&] { return checkPresence(given.isTruthy() || key); })
                                 .and_then([&] { return takeKey(given); })
                                 .and_then([&] { return checkAlgorithm(given); })
                                 .and_then([&] { return checkKeyKind(given); })
                                 .and_then([this] { return checkSignature(); })
                                 .and_then([this] { return checkPayload(); });
        if (!done)
            return tl::unexpected(done.error());
        return m_options[u"complete"] == JsValue(true) ? m_decoded : m_decoded[u"payload"];
    }

private:
    const JwtKey *key() const { return m_key ? &*m_key : nullptr; }
    JsValue named() const { return m_decoded[u"header"][u"alg"]; }

    Outcome checkArguments() const
    {
        const JsValue moment = m_options[u"clockTimestamp"];
        const JsValue nonce = m_options[u"nonce"];
        const JsValue lenient = m_options[u"allowInvalidAsymmetricKeyTypes"];
        if (moment.isTruthy() && !moment.isNumber())
            return refused(JwtReason::BadOption, u"clockTimestamp must be a number"_s);
        if (!nonce.isUndefined() && (!nonce.isString() || isBlank(nonce.toString())))
            return refused(JwtReason::BadOption, u"nonce must be a non-empty string"_s);
        if (!lenient.isUndefined() && !lenient.isBoolean())
            return refused(JwtReason::BadOption,
                           u"allowInvalidAsymmetricKeyTypes must be a boolean"_s);
        if (!m_token.isTruthy())
            return refused(JwtReason::Missing, u"jwt must be provided"_s);
        if (!m_token.isString())
            return refused(JwtReason::NotText, u"jwt must be a string"_s);
        if (m_token.toString().count(u'.') != 2)
            return refused(JwtReason::Malformed, u"jwt malformed"_s);
        return {};
    }

    Outcome decode()
    {
        JsValue complete = JsValue::object();
        complete.insert(u"complete"_s, JsValue(true));
        const auto decoded = jwtDecode(m_token, complete);
        if (!decoded)
            return tl::unexpected(decoded.error());
        if (decoded->isNull())
            return refused(JwtReason::Unreadable, u"invalid token"_s);
        m_decoded = *decoded;
        return {};
    }

    Outcome checkPresence(bool hasKey) const
    {
        const bool hasSignature = m_decoded[u"signature"].isTruthy();
        if (!hasSignature && hasKey)
            return refused(JwtReason::SignatureRequired, u"jwt signature is required"_s);
        if (hasSignature && !hasKey)
            return refused(JwtReason::KeyRequired, u"secret or public key must be provided"_s);
        if (!hasSignature && !m_options[u"algorithms"].isTruthy())
            return refused(
                JwtReason::UnsignedNotAllowed,
                u"please specify \"none\" in \"algorithms\" to verify unsigned tokens"_s);
        return {};
    }

    Outcome takeKey(const JsValue &given)
    {
        if (m_key || given.isNullish())
            return {};
        m_key = JwtKey::createPublicKey(given);
        if (!m_key)
            m_key = JwtKey::createSecretKey(given);
        if (!m_key)
            return refused(JwtReason::KeyUnusable,
                           u"secretOrPublicKey is not valid key material"_s);
        return {};
    }

    Outcome checkAlgorithm(const JsValue &given) const
    {
        const JsValue algorithms = m_options[u"algorithms"];
        bool allowed = false;
        if (!algorithms.isTruthy()) {
            if (!m_key)
                return tl::unexpected(notReadable(given, u"type"_s));
            allowed = named().isString() && algorithmsFor(*m_key).contains(named().toString());
        } else if (algorithms.isString()) { // indexOf of a text looks for a part of it
            allowed = algorithms.toString().contains(named().asText());
        } else if (algorithms.isArray()) {
            allowed = includes(algorithms.items(), named());
        } else {
            return tl::unexpected(notCallable(algorithms, u"options.algorithms"_s, u"indexOf"_s));
        }
        return allowed ? Outcome()
                       : refused(JwtReason::AlgorithmNotAllowed, u"invalid algorithm"_s);
    }

    Outcome checkKeyKind(const JsValue &given) const
    {
        if (!named().isString())
            return tl::unexpected(notCallable(named(), u"header.alg"_s, u"startsWith"_s));
        const QString name = named().toString();
        const bool symmetric = name.startsWith(u"HS");
        const bool asymmetric
            = name.startsWith(u"RS") || name.startsWith(u"PS") || name.startsWith(u"ES");
        if ((symmetric || asymmetric) && !m_key)
            return tl::unexpected(notReadable(given, u"type"_s));
        if (symmetric && m_key->type() != JwtKey::Type::Secret)
            return refused(JwtReason::KeyKindMismatch,
                           u"secretOrPublicKey must be a symmetric key when using "_s + name);
        if (asymmetric && m_key->type() != JwtKey::Type::Public)
            return refused(JwtReason::KeyKindMismatch,
                           u"secretOrPublicKey must be an asymmetric key when using "_s + name);
        return {};
    }

    Outcome checkSignature() const
    {
        const QString name = named().toString();
        if (!m_options[u"allowInvalidAsymmetricKeyTypes"].isTruthy()) {
            if (const Outcome fits = validateAsymmetricKey(name, key()); !fits)
                return fits;
        }
        return verifyJws(m_token.toString(), name, key());
    }

    Outcome checkPayload() const
    {
        const double moment = m_options[u"clockTimestamp"].toNumber();
        return checkClaims(
            m_decoded[u"payload"], m_options,
            {moment != 0 ? moment : std::floor(static_cast<double>(m_now) / 1000), m_now});
    }

    JsValue m_token;
    JsValue m_options;
    qint64 m_now;
    JsValue m_decoded;
    std::optional<JwtKey> m_key;
};

} // namespace

tl::expected<JsValue, JwtError> jwtVerify(const JsValue &token, const JsValue &secretOrPublicKey,
                                          const JsValue &options, qint64 now)
{
    return Verification(token, options, now).run(secretOrPublicKey, nullptr);
}

tl::expected<JsValue, JwtError> jwtVerify(const JsValue &token, const JwtKey &key,
                                          const JsValue &options, qint64 now)
{
    return Verification(token, options, now).run({}, &key);
}

} // namespace rt
