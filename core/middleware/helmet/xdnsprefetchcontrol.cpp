// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/xdnsprefetchcontrol.h"

#include "middleware/helmet/helmetoption.h"

namespace rt {

using namespace Qt::StringLiterals;

Result<QByteArray> xDnsPrefetchControl(const JsValue &options)
{
    if (const auto fault = unreadable(options, u"allow"_s))
        return failure(*fault);
    return QByteArray(options[u"allow"].isTruthy() ? "on" : "off");
}

} // namespace rt
