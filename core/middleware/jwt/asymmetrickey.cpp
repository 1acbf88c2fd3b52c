// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/asymmetrickey.h"

#include <QStringList>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using Outcome = tl::expected<void, JwtError>;

tl::unexpected<JwtError> mismatch(const QString &message)
{
    return tl::unexpected(JwtError {JwtReason::KeyTypeMismatch, "Error", message});
}

QStringList algorithmsFor(const QByteArray &keyType)
{
    if (keyType == "ec")
        return {u"ES256"_s, u"ES384"_s, u"ES512"_s};
    if (keyType == "rsa")
        return {u"RS256"_s, u"PS256"_s, u"RS384"_s, u"PS384"_s, u"RS512"_s, u"PS512"_s};
    if (keyType == "rsa-pss")
        return {u"PS256"_s, u"PS384"_s, u"PS512"_s};
    return {};
}

QByteArray curveOf(const QString &algorithm)
{
    return algorithm == u"ES256" ? "prime256v1" : algorithm == u"ES384" ? "secp384r1" : "secp521r1";
}

Outcome validatePss(const QString &algorithm, const JwtKey::PssParameters &parameters)
{
    const int bits = algorithm.right(3).toInt();
    if (parameters.hashAlgorithm != "sha" + QByteArray::number(bits)
        || parameters.mgf1HashAlgorithm != parameters.hashAlgorithm)
        return mismatch(u"Invalid key for this operation, its RSA-PSS parameters do not meet the "
                        "requirements of \"alg\" %1."_s.arg(algorithm));
    if (parameters.saltLength > bits >> 3)
        return mismatch(u"Invalid key for this operation, its RSA-PSS parameter saltLength does "
                        "not meet the requirements of \"alg\" %1."_s.arg(algorithm));
    return {};
}

} // namespace

tl::expected<void, JwtError> validateAsymmetricKey(const QString &algorithm, const JwtKey *key)
{
    const QByteArray type = key ? key->asymmetricKeyType() : QByteArray();
    if (algorithm.isEmpty() || type.isEmpty())
        return {};
    const QStringList allowed = algorithmsFor(type);
    if (allowed.isEmpty())
        return mismatch(u"Unknown key type \"%1\"."_s.arg(QString::fromLatin1(type)));
    if (!allowed.contains(algorithm))
        return mismatch(u"\"alg\" parameter for \"%1\" key type must be one of: %2."_s.arg(
            QString::fromLatin1(type), allowed.join(u", ")));
    if (type == "ec" && key->namedCurve() != curveOf(algorithm))
        return mismatch(u"\"alg\" parameter \"%1\" requires curve \"%2\"."_s.arg(
            algorithm, QString::fromLatin1(curveOf(algorithm))));
    return type == "rsa-pss" ? validatePss(algorithm, key->pssParameters()) : Outcome();
}

} // namespace rt
