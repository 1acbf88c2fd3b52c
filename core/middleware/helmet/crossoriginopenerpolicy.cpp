// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/crossoriginopenerpolicy.h"

#include "middleware/helmet/helmetoption.h"

namespace rt {

using namespace Qt::StringLiterals;

Result<QByteArray> crossOriginOpenerPolicy(const JsValue &options)
{
    return policyValue(options, u"Cross-Origin-Opener-Policy"_s, u"same-origin"_s,
                       {u"same-origin"_s, u"same-origin-allow-popups"_s, u"noopener-allow-popups"_s,
                        u"unsafe-none"_s});
}

} // namespace rt
