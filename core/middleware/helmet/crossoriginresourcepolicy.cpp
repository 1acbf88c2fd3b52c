// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/crossoriginresourcepolicy.h"

#include "middleware/helmet/helmetoption.h"

namespace rt {

using namespace Qt::StringLiterals;

Result<QByteArray> crossOriginResourcePolicy(const JsValue &options)
{
    return policyValue(options, u"Cross-Origin-Resource-Policy"_s, u"same-origin"_s,
                       {u"same-origin"_s, u"same-site"_s, u"cross-origin"_s});
}

} // namespace rt
