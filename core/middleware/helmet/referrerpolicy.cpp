// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/referrerpolicy.h"

#include "middleware/helmet/helmetoption.h"

#include <QStringList>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

const QStringList &knownTokens()
{
    static const QStringList tokens {u"no-referrer"_s,
                                     u"no-referrer-when-downgrade"_s,
                                     u"same-origin"_s,
                                     u"origin"_s,
                                     u"strict-origin"_s,
                                     u"origin-when-cross-origin"_s,
                                     u"strict-origin-when-cross-origin"_s,
                                     u"unsafe-url"_s,
                                     u""_s};
    return tokens;
}

Result<QByteArray> joinTokens(const QList<JsValue> &tokens)
{
    if (tokens.isEmpty())
        return failure(u"Referrer-Policy received no policy tokens"_s);
    QStringList seen;
    for (const JsValue &token : tokens) {
        if (!token.isString() || !knownTokens().contains(token.toString()))
            return failure(u"Referrer-Policy received an unexpected policy token "_s
                           + stringifyJson(token));
        if (seen.contains(token.toString()))
            return failure(u"Referrer-Policy received a duplicate policy token "_s
                           + stringifyJson(token));
        seen.append(token.toString());
    }
    return seen.join(u',').toLatin1();
}

} // namespace

Result<QByteArray> referrerPolicy(const JsValue &options)
{
    if (const auto fault = unreadable(options, u"policy"_s))
        return failure(*fault);
    const JsValue policy = options[u"policy"];
    if (policy.isUndefined())
        return QByteArray("no-referrer");
    if (policy.isNull())
        return failure(u"Cannot read properties of null (reading 'length')"_s);
    if (!policy.isString() && !policy.isArray())
        return failure(u"tokens.forEach is not a function"_s);
    return joinTokens(policy.isString() ? QList<JsValue> {policy} : policy.items());
}

} // namespace rt
