// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/jsonwebtoken.h"

#include "middleware/jwt/asymmetrickey.h"
#include "middleware/jwt/jws.h"
#include "middleware/jwt/signchecks.h"
#include "middleware/jwt/timespan.h"

#include <cmath>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using Outcome = tl::expected<void, JwtError>;

tl::unexpected<JwtError> refused(JwtReason reason, const QString &message,
                                 const QByteArray &name = "Error")
{
    return tl::unexpected(JwtError {reason, name, message});
}

/// typeof payload === 'object'
bool isObjectPayload(const JsValue &payload)
{
    switch (payload.type()) {
    case JsValue::Type::Null:
    case JsValue::Type::Array:
    case JsValue::Type::Object:
    case JsValue::Type::RegExp:
    case JsValue::Type::Date:
        return true;
    case JsValue::Type::Undefined:
    case JsValue::Type::Boolean:
    case JsValue::Type::Number:
    case JsValue::Type::String:
    case JsValue::Type::Buffer:
        return false;
    }
    Q_UNREACHABLE();
}

/// One call of sign(), step by step.
class Signing
{
public:
    Signing(const JsValue &payload, const JsValue &options, qint64 now)
        : m_payload(payload), m_options(options.isTruthy() ? options : JsValue::object()),
          m_now(now), m_objectPayload(isObjectPayload(payload))
    {
    }

    tl::expected<QString, JwtError> run(const JsValue &secretOrPrivateKey)
    {
        makeHeader();
        const Outcome done = takeKey(secretOrPrivateKey)
                                 .and_then([&] { return checkKeyKind(secretOrPrivateKey); })
                                 .and_then([this] { return checkPayload(); })
                                 .and_then([this] { return checkCollisions(); })
                                 .and_then([this] { return validateSignOptions(m_options); })
                                 .and_then([this] { return checkKeyType(); })
                                 .and_then([this] { return addTimes(); })
                                 .and_then([this] { return addClaims(); });
        if (!done)
            return tl::unexpected(done.error());
        const auto token = signJws(m_header, m_payload, m_options[u"encoding"].toString(), key());
        return token && isTooShort(*token) ? keyTooSmall() : token;
    }

private:
    const JwtKey *key() const { return m_key ? &*m_key : nullptr; }
    QString algorithm() const { return m_header[u"alg"].toString(); }
    bool allows(QStringView option) const { return m_options[option].isTruthy(); }

    void makeHeader()
    {
        const JsValue asked = m_options[u"algorithm"];
        m_header.insert(u"alg"_s, asked.isTruthy() ? asked : JsValue(u"HS256"_s));
        m_header.insert(u"typ"_s, m_objectPayload ? JsValue(u"JWT"_s) : JsValue());
        m_header.insert(u"kid"_s, m_options[u"keyid"]);
        // a header that is no object is refused later
        for (const auto &[name, value] : m_options[u"header"].members()) {
            if (name != u"__proto__") // sets the prototype, which JSON does not show
                m_header.insert(name, value);
        }
    }

    Outcome takeKey(const JsValue &given)
    {
        if (!given.isTruthy() && m_options[u"algorithm"] != JsValue(u"none"_s))
            return refused(JwtReason::KeyRequired, u"secretOrPrivateKey must have a value"_s);
        if (given.isNullish())
            return {};
        m_key = JwtKey::createPrivateKey(given);
        if (!m_key)
            m_key = JwtKey::createSecretKey(given);
        if (!m_key)
            return refused(JwtReason::KeyUnusable,
                           u"secretOrPrivateKey is not valid key material"_s);
        return {};
    }

    Outcome checkKeyKind(const JsValue &given) const
    {
        const JsValue named = m_header[u"alg"];
        if (!named.isString())
            return tl::unexpected(notCallable(named, u"header.alg"_s, u"startsWith"_s));
        const QString name = named.toString();
        const bool symmetric = name.startsWith(u"HS");
        const bool asymmetric
            = name.startsWith(u"RS") || name.startsWith(u"PS") || name.startsWith(u"ES");
        if ((symmetric || asymmetric) && !m_key)
            return tl::unexpected(notReadable(given, u"type"_s));
        if (symmetric && m_key->type() != JwtKey::Type::Secret)
            return refused(JwtReason::KeyKindMismatch,
                           u"secretOrPrivateKey must be a symmetric key when using "_s + name);
        if (asymmetric && m_key->type() != JwtKey::Type::Private)
            return refused(JwtReason::KeyKindMismatch,
                           u"secretOrPrivateKey must be an asymmetric key when using "_s + name);
        const bool sized = asymmetric && !name.startsWith(u"ES");
        if (sized && !allows(u"allowInsecureKeySizes")
            && m_key->modulusLength().value_or(2048) < 2048)
            return keyTooSmall();
        return {};
    }

    tl::unexpected<JwtError> keyTooSmall() const
    {
        return refused(JwtReason::KeyTooSmall,
                       u"secretOrPrivateKey has a minimum key size of 2048 bits for "_s
                           + algorithm());
    }

    Outcome checkPayload() const
    {
        if (m_payload.isUndefined())
            return refused(JwtReason::PayloadMissing, u"payload is required"_s);
        return m_objectPayload ? validateClaims(m_payload)
                               : refuseClaimOptions(m_options, m_payload);
    }

    Outcome checkCollisions() const
    {
        struct Pair
        {
            QString option;
            QString claim;
        };
        static const QList<Pair> pairs {{u"expiresIn"_s, u"exp"_s}, {u"notBefore"_s, u"nbf"_s}};
        for (const Pair &pair : pairs) {
            if (!m_payload[pair.claim].isUndefined() && !m_options[pair.option].isUndefined())
                return refused(JwtReason::ClaimSetTwice,
                               u"Bad \"options.%1\" option the payload already has an \"%2\" "
                               "property."_s.arg(pair.option, pair.claim));
        }
        return {};
    }

    Outcome checkKeyType() const
    {
        return allows(u"allowInvalidAsymmetricKeyTypes")
            ? Outcome()
            : validateAsymmetricKey(algorithm(), key());
    }

    Outcome addTimes()
    {
        const double given = m_payload[u"iat"].toNumber();
        const double from = given != 0 ? given : std::floor(static_cast<double>(m_now) / 1000);
        if (allows(u"noTimestamp"))
            m_payload.remove(u"iat");
        else if (m_objectPayload)
            m_payload.insert(u"iat"_s, JsValue(from));
        return addMoment(u"notBefore"_s, u"nbf"_s, from).and_then([this, from] {
            return addMoment(u"expiresIn"_s, u"exp"_s, from);
        });
    }

    Outcome addMoment(const QString &option, const QString &claim, double from)
    {
        const JsValue said = m_options[option];
        if (said.isUndefined())
            return {};
        const auto moment = timespan(said, from, m_now);
        if (!moment)
            return refused(JwtReason::BadOption,
                           u"\"%1\" should be a number of seconds or string representing a "
                           "timespan eg: \"1d\", \"20h\", 60"_s.arg(option));
        m_payload.insert(claim, JsValue(*moment));
        return {};
    }

    Outcome addClaims()
    {
        struct Pair
        {
            QString option;
            QString claim;
        };
        static const QList<Pair> pairs {{u"audience"_s, u"aud"_s},
                                        {u"issuer"_s, u"iss"_s},
                                        {u"subject"_s, u"sub"_s},
                                        {u"jwtid"_s, u"jti"_s}};
        for (const auto &[option, claim] : pairs) {
            const JsValue said = m_options[option];
            if (said.isUndefined())
                continue;
            if (!m_payload[claim].isUndefined())
                return refused(JwtReason::ClaimSetTwice,
                               u"Bad \"options.%1\" option. The payload already has an \"%2\" "
                               "property."_s.arg(option, claim));
            m_payload.insert(claim, said);
        }
        return {};
    }

    /// Small RSA keys of programs that cannot ask a key for its size give short tokens; the
    /// package still measures them.
    bool isTooShort(const QString &token) const
    {
        const bool measured = algorithm().startsWith(u"RS") || algorithm().startsWith(u"PS");
        return measured && !allows(u"allowInsecureKeySizes") && token.size() < 256;
    }

    JsValue m_payload;
    JsValue m_options;
    qint64 m_now;
    bool m_objectPayload;
    JsValue m_header = JsValue::object();
    std::optional<JwtKey> m_key;
};

} // namespace

tl::expected<QString, JwtError> jwtSign(const JsValue &payload, const JsValue &secretOrPrivateKey,
                                        const JsValue &options, qint64 now)
{
    return Signing(payload, options, now).run(secretOrPrivateKey);
}

} // namespace rt
