// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/xframeoptions.h"

#include "middleware/helmet/helmetoption.h"

namespace rt {

using namespace Qt::StringLiterals;

Result<QByteArray> xFrameOptions(const JsValue &options)
{
    if (const auto fault = unreadable(options, u"action"_s))
        return failure(*fault);
    const JsValue action = options[u"action"];
    const QString upper = action.isUndefined() ? u"SAMEORIGIN"_s : action.toString().toUpper();
    if (upper == u"SAME-ORIGIN" || upper == u"SAMEORIGIN")
        return QByteArray("SAMEORIGIN");
    if (upper == u"DENY")
        return QByteArray("DENY");
    return failure(u"X-Frame-Options received an invalid action "_s + stringifyJson(action));
}

} // namespace rt
