// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/requestwords.h"

namespace rt {

QByteArrayList modeWords()
{
    return {"cors", "no-cors", "same-origin", "navigate"};
}

QByteArrayList credentialsWords()
{
    return {"omit", "same-origin", "include"};
}

QByteArrayList redirectWords()
{
    return {"follow", "error", "manual"};
}

QByteArrayList cacheWords()
{
    return {"default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"};
}

QByteArrayList referrerPolicyWords()
{
    return {"",
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url"};
}

} // namespace rt
