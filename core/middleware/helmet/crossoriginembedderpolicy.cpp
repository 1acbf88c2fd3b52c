// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/crossoriginembedderpolicy.h"

#include "middleware/helmet/helmetoption.h"

namespace rt {

using namespace Qt::StringLiterals;

Result<QByteArray> crossOriginEmbedderPolicy(const JsValue &options)
{
    return policyValue(options, u"Cross-Origin-Embedder-Policy"_s, u"require-corp"_s,
                       {u"require-corp"_s, u"credentialless"_s, u"unsafe-none"_s});
}

} // namespace rt
