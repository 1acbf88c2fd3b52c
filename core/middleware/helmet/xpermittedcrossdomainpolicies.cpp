// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/xpermittedcrossdomainpolicies.h"

#include "middleware/helmet/helmetoption.h"

#include <QStringList>

namespace rt {

using namespace Qt::StringLiterals;

Result<QByteArray> xPermittedCrossDomainPolicies(const JsValue &options)
{
    static const QStringList known {u"none"_s, u"master-only"_s, u"by-content-type"_s, u"all"_s};
    if (const auto fault = unreadable(options, u"permittedPolicies"_s))
        return failure(*fault);
    const JsValue policies = options[u"permittedPolicies"];
    if (policies.isUndefined())
        return QByteArray("none");
    if (policies.isString() && known.contains(policies.toString()))
        return policies.toString().toLatin1();
    return failure(u"X-Permitted-Cross-Domain-Policies does not support "_s
                   + stringifyJson(policies));
}

} // namespace rt
