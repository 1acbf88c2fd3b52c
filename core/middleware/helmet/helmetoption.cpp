// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/helmetoption.h"

namespace rt {

using namespace Qt::StringLiterals;

std::optional<QString> unreadable(const JsValue &options, const QString &member)
{
    if (!options.isNull())
        return std::nullopt;
    return u"Cannot read properties of null (reading '%1')"_s.arg(member);
}

Result<QByteArray> policyValue(const JsValue &options, const QString &header,
                               const QString &otherwise, const QStringList &allowed)
{
    if (const auto fault = unreadable(options, u"policy"_s))
        return failure(*fault);
    const JsValue policy = options[u"policy"];
    if (policy.isUndefined())
        return otherwise.toLatin1();
    if (policy.isString() && allowed.contains(policy.toString()))
        return policy.toString().toLatin1();
    return failure(u"%1 does not support the %2 policy"_s.arg(header, stringifyJson(policy)));
}

} // namespace rt
