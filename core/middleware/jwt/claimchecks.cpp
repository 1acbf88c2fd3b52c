// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/claimchecks.h"

#include "base/jsobject.h"
#include "middleware/jwt/signchecks.h"
#include "middleware/jwt/timespan.h"
#include "options/jsregexp.h"

#include <QStringList>

#include <algorithm>
#include <limits>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using Outcome = tl::expected<void, JwtError>;

tl::unexpected<JwtError> refused(JwtReason reason, const QString &message)
{
    return tl::unexpected(JwtError {reason, "JsonWebTokenError", message});
}

/// base + (clockTolerance || 0) as a comparison sees it: `+` glues text on.
double withTolerance(double base, const JsValue &tolerance)
{
    if (!tolerance.isTruthy())
        return base;
    if (tolerance.isNumber())
        return base + tolerance.toNumber();
    if (tolerance.isBoolean())
        return base + 1;
    const bool text = tolerance.isString() || tolerance.isArray();
    return text ? toJsNumber(JsValue(numberText(base) + tolerance.asText()))
                : std::numeric_limits<double>::quiet_NaN();
}

class ClaimChecks
{
public:
    ClaimChecks(const JsValue &payload, const JsValue &options, VerifyMoment moment)
        : m_payload(payload), m_options(options), m_moment(moment),
          m_tolerance(options[u"clockTolerance"])
    {
    }

    Outcome run() const
    {
        if (m_payload.isNullish())
            return tl::unexpected(notReadable(m_payload, u"nbf"_s));
        return checkNotBefore()
            .and_then([this] { return checkExpiry(); })
            .and_then([this] { return checkAudience(); })
            .and_then([this] { return checkIssuer(); })
            .and_then(
                [this] { return checkSame(u"subject"_s, u"sub"_s, JwtReason::SubjectMismatch); })
            .and_then([this] { return checkSame(u"jwtid"_s, u"jti"_s, JwtReason::JwtIdMismatch); })
            .and_then(
                [this] { return checkSame(u"nonce"_s, u"nonce"_s, JwtReason::NonceMismatch); })
            .and_then([this] { return checkMaxAge(); });
    }

private:
    Outcome checkNotBefore() const
    {
        const JsValue claim = m_payload[u"nbf"];
        if (claim.isUndefined() || m_options[u"ignoreNotBefore"].isTruthy())
            return {};
        if (!claim.isNumber())
            return refused(JwtReason::BadClaim, u"invalid nbf value"_s);
        if (claim.toNumber() > withTolerance(m_moment.timestamp, m_tolerance))
            return tl::unexpected(JwtError {JwtReason::NotActive, "NotBeforeError",
                                            u"jwt not active"_s, std::nullopt,
                                            JsDate {claim.toNumber() * 1000}});
        return {};
    }

    Outcome checkExpiry() const
    {
        const JsValue claim = m_payload[u"exp"];
        if (claim.isUndefined() || m_options[u"ignoreExpiration"].isTruthy())
            return {};
        if (!claim.isNumber())
            return refused(JwtReason::BadClaim, u"invalid exp value"_s);
        if (m_moment.timestamp >= withTolerance(claim.toNumber(), m_tolerance))
            return expired(JwtReason::Expired, u"jwt expired"_s, claim.toNumber());
        return {};
    }

    static tl::unexpected<JwtError> expired(JwtReason reason, const QString &message,
                                            double seconds)
    {
        return tl::unexpected(
            JwtError {reason, "TokenExpiredError", message, JsDate {seconds * 1000}});
    }

    Outcome checkAudience() const
    {
        const JsValue option = m_options[u"audience"];
        if (!option.isTruthy())
            return {};
        const JsValue claim = m_payload[u"aud"];
        const QList<JsValue> expected = option.isArray() ? option.items() : QList {option};
        const QList<JsValue> targets = claim.isArray() ? claim.items() : QList {claim};
        if (audienceMatches(targets, expected))
            return {};
        QStringList texts;
        for (const JsValue &one : expected)
            texts.append(one.isNullish() ? QString() : one.asText());
        return refused(JwtReason::AudienceMismatch,
                       u"jwt audience invalid. expected: "_s + texts.join(u" or "));
    }

    static bool audienceMatches(const QList<JsValue> &targets, const QList<JsValue> &expected)
    {
        // made once: an expression with flag g remembers between the targets where it stopped
        QList<std::optional<JsRegExpTester>> testers;
        for (const JsValue &one : expected) {
            const auto tester = one.isRegExp() ? JsRegExpTester::compile(one.toRegExp())
                                               : Result<JsRegExpTester>(failure({}));
            testers.append(tester ? std::optional(*tester) : std::nullopt);
        }
        for (const JsValue &target : targets) {
            for (qsizetype i = 0; i < expected.size(); ++i) {
                const bool match = testers.at(i) ? testers.at(i)->test(target.asText())
                                                 : strictlyEqual(expected.at(i), target);
                if (match)
                    return true;
            }
        }
        return false;
    }

    Outcome checkIssuer() const
    {
        const JsValue option = m_options[u"issuer"];
        const JsValue claim = m_payload[u"iss"];
        const bool invalid
            = (option.isString() && option.isTruthy() && !strictlyEqual(claim, option))
            || (option.isArray() && !includes(option.items(), claim));
        return invalid ? refused(JwtReason::IssuerMismatch,
                                 u"jwt issuer invalid. expected: "_s + option.asText())
                       : Outcome();
    }

    Outcome checkSame(const QString &name, const QString &claim, JwtReason reason) const
    {
        const JsValue option = m_options[name];
        if (!option.isTruthy() || strictlyEqual(m_payload[claim], option))
            return {};
        return refused(reason, u"jwt %1 invalid. expected: %2"_s.arg(name, option.asText()));
    }

    Outcome checkMaxAge() const
    {
        const JsValue option = m_options[u"maxAge"];
        const JsValue issued = m_payload[u"iat"];
        if (!option.isTruthy())
            return {};
        if (!issued.isNumber())
            return refused(JwtReason::BadClaim, u"iat required when maxAge is specified"_s);
        const auto moment = timespan(option, issued.toNumber(), m_moment.now);
        if (!moment)
            return refused(JwtReason::BadOption,
                           u"\"maxAge\" should be a number of seconds or string representing a "
                           "timespan eg: \"1d\", \"20h\", 60"_s);
        if (m_moment.timestamp >= withTolerance(*moment, m_tolerance))
            return expired(JwtReason::MaxAgeExceeded, u"maxAge exceeded"_s, *moment);
        return {};
    }

    const JsValue &m_payload;
    const JsValue &m_options;
    VerifyMoment m_moment;
    JsValue m_tolerance;
};

} // namespace

tl::expected<void, JwtError> checkClaims(const JsValue &payload, const JsValue &options,
                                         VerifyMoment moment)
{
    return ClaimChecks(payload, options, moment).run();
}

bool strictlyEqual(const JsValue &a, const JsValue &b)
{
    const bool scalar = a.isNullish() || a.isBoolean() || a.isNumber() || a.isString();
    return scalar && a == b;
}

bool includes(const QList<JsValue> &items, const JsValue &value)
{
    return std::any_of(items.begin(), items.end(),
                       [&value](const JsValue &item) { return strictlyEqual(item, value); });
}

} // namespace rt
