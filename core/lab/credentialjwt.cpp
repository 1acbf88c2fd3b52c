// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/credentialjwt.h"

#include "lab/credentialtext.h"
#include "lab/heldtoken.h"
#include "lab/jwtsettings.h"
#include "lab/labconfig.h"
#include "middleware/jwt/jsonwebtoken.h"
#include "middleware/jwt/jwa.h"
#include "middleware/jwt/naiveverifier.h"

#include <array>

namespace rt {

namespace {

using Outcome = CredentialCheck::Outcome;

/// What verify looks at, in its order, in steps a learner can tell apart.
enum class Step { Form, Algorithm, Signature, Times, Claims };
constexpr std::array steps {Step::Form, Step::Algorithm, Step::Signature, Step::Times,
                            Step::Claims};

Step stepOf(JwtReason reason)
{
    switch (reason) {
    case JwtReason::Missing:
    case JwtReason::NotText:
    case JwtReason::Malformed:
    case JwtReason::Unreadable:
    case JwtReason::PayloadNotJson:
        return Step::Form;
    case JwtReason::InvalidSignature:
    case JwtReason::SignatureSize:
        return Step::Signature;
    case JwtReason::NotActive:
    case JwtReason::Expired:
    case JwtReason::MaxAgeExceeded:
    case JwtReason::BadClaim:
        return Step::Times;
    case JwtReason::AudienceMismatch:
    case JwtReason::IssuerMismatch:
    case JwtReason::SubjectMismatch:
    case JwtReason::JwtIdMismatch:
    case JwtReason::NonceMismatch:
        return Step::Claims;
    default: // keys and algorithms; what only signing can meet never gets here
        return Step::Algorithm;
    }
}

QByteArray idOf(Step step)
{
    static constexpr std::array ids {"jwt.Form", "jwt.Algorithm", "jwt.Signature", "jwt.Times",
                                     "jwt.Claims"};
    return ids[static_cast<size_t>(step)];
}

QString passedText(Step step, const QString &algorithm)
{
    switch (step) {
    case Step::Form:
        return CredentialText::tr("Three parts, and header and payload are JSON in base64url.");
    case Step::Algorithm:
        return CredentialText::tr("The header names %1, which the lab accepts.").arg(algorithm);
    case Step::Signature:
        return CredentialText::tr("The lab's key made this signature.");
    case Step::Times:
        return CredentialText::tr("It counts now: not before nbf, and before exp.");
    case Step::Claims:
        return CredentialText::tr("Audience, issuer and subject are as asked for.");
    }
    Q_UNREACHABLE();
}

QString openText(Step step)
{
    switch (step) {
    case Step::Form:
    case Step::Algorithm:
        return CredentialText::tr("The algorithm is not looked at any more.");
    case Step::Signature:
        return CredentialText::tr("The signature is not looked at any more.");
    case Step::Times:
        return CredentialText::tr("Its times are not looked at any more.");
    case Step::Claims:
        return CredentialText::tr("Its claims are not looked at any more.");
    }
    Q_UNREACHABLE();
}

bool asksForClaims(const JsValue &options)
{
    for (const char *name : {"audience", "issuer", "subject", "jwtid", "nonce"}) {
        if (!options[QLatin1StringView(name)].isUndefined())
            return true;
    }
    return false;
}

JsValue jsonOf(const QByteArray &part)
{
    const auto parsed
        = parseJson(QByteArrayView(QByteArray::fromBase64(part, QByteArray::Base64UrlEncoding)));
    const auto *value = std::get_if<JsValue>(&parsed);
    return value ? *value : JsValue();
}

void addNotes(const JwtSettings &settings, const JsValue &claims, CredentialVerdict &verdict)
{
    const auto note = [&verdict](const char *id, const QString &sentence) {
        verdict.checks.push_back({id, Outcome::Note, sentence});
    };
    if (settings.naive)
        note("jwt.Naive",
             CredentialText::tr("The naive verifier is on: it does as the token's header says."));
    if (verdict.accepted && claims[u"exp"].isUndefined())
        note("jwt.NoEnd", CredentialText::tr("It names no exp, so it counts for ever."));
    if (verdict.accepted && settings.denylist)
        note(
            "jwt.DenyList",
            CredentialText::tr("Whether its jti is on the deny list only the server knows. Send it "
                               "to find out."));
    if (verdict.accepted && settings.tokenVersion)
        note("jwt.Version",
             CredentialText::tr("The server also compares tokenVersion with the user's."));
}

void addChecks(const JwtSettings &settings, const QString &algorithm,
               const std::optional<JwtError> &error, CredentialVerdict &verdict)
{
    const auto failing = error ? std::optional(stepOf(error->reason)) : std::nullopt;
    for (const Step step : steps) {
        if (step == Step::Claims && failing != Step::Claims
            && !asksForClaims(settings.verifyOptions))
            continue;
        if (failing == step)
            verdict.checks.push_back(
                {reasonId(error->reason), Outcome::Failed, reasonSentence(error->reason)});
        else if (failing && step > *failing)
            verdict.checks.push_back({idOf(step), Outcome::NotReached, openText(step)});
        else
            verdict.checks.push_back({idOf(step), Outcome::Passed, passedText(step, algorithm)});
    }
}

} // namespace

CredentialVerdict judgeJwt(const Credential &credential, const LabConfig &config, qint64 now)
{
    const JwtSettings settings = JwtSettings::fromConfig(config);
    const JsValue token = JsValue::latin1(credential.text);
    const auto claims = settings.naive
        ? jwtVerifyNaively(token, settings.verifyKey, settings.verifyOptions, now)
        : jwtVerify(token, settings.verifyKey, settings.verifyOptions, now);
    CredentialVerdict verdict;
    verdict.accepted = claims.has_value();
    verdict.key = verdict.accepted ? 0 : -1;
    if (!claims)
        verdict.message = claims.error().message;
    const QString algorithm = jsonOf(credential.text.split('.').value(0))[u"alg"].asText();
    addChecks(settings, algorithm, claims ? std::nullopt : std::optional(claims.error()), verdict);
    addNotes(settings, jsonOf(credential.text.split('.').value(1)), verdict);
    return verdict;
}

Result<Credential> jwtSignedAgain(const Credential &credential, const LabConfig &config,
                                  const std::optional<QString> &secret)
{
    QByteArrayList parts = credential.text.split('.');
    parts.resize(3);
    const QString algorithm = jsonOf(parts[0])[u"alg"].asText();
    const JsValue given = secret ? JsValue(*secret) : JwtSettings::fromConfig(config).signKey;
    const auto key = algorithm.startsWith(u"HS") ? JwtKey::createSecretKey(given)
                                                 : JwtKey::createPrivateKey(given);
    if (!key && algorithm != u"none")
        return failure(CredentialText::tr("The lab has no key that signs with %1.").arg(algorithm));
    const auto signature = jwaSign(algorithm, parts[0] + '.' + parts[1], key ? &*key : nullptr);
    if (!signature)
        return failure(signature.error().message);
    parts[2] = *signature;
    Credential made = credential;
    made.text = parts.join('.');
    return made;
}

Credential unsignedToken(const Credential &token)
{
    JsValue header = jsonOf(token.text.split('.').value(0));
    header.insert(QStringLiteral("alg"), JsValue(QStringLiteral("none")));
    Credential made
        = withContent(token, CredentialPart::Role::Header, stringifyJson(header)).value_or(token);
    made.text = made.text.left(made.text.lastIndexOf('.') + 1);
    return made;
}

QString guessedSecret(const Credential &token)
{
    HeldToken held;
    held.setText(token.text);
    return held.crack();
}

QString publicKeyText(const LabConfig &config)
{
    const QString key = JwtSettings::fromConfig(config).verifyKey.asText();
    return key.startsWith(u"-----BEGIN") ? key : QString();
}

} // namespace rt
