// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/target.h"

#include "express/urlparse.h"

#include <algorithm>

namespace rt {

namespace {

/// npm parseurl's fast path: an origin-form target without a fragment.
bool isPlain(QByteArrayView target)
{
    return target.startsWith('/') && std::none_of(target.begin(), target.end(), [](char c) {
               return c == '#' || c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'
                   || c == '\xa0';
           });
}

TargetParts split(QByteArrayView text)
{
    const qsizetype question = text.indexOf('?');
    TargetParts parts;
    parts.pathname = (question < 0 ? text : text.first(question)).toByteArray();
    if (question >= 0)
        parts.query = text.sliced(question + 1).toByteArray();
    return parts;
}

} // namespace

TargetParts parseTarget(QByteArrayView target)
{
    if (isPlain(target))
        return split(target);
    return legacyUrlParse(target);
}

qsizetype protohostLength(QByteArrayView target)
{
    if (target.isEmpty() || target.startsWith('/'))
        return 0;
    const qsizetype question = target.indexOf('?');
    const QByteArrayView path = question < 0 ? target : target.first(question);
    const qsizetype at = path.indexOf("://");
    if (at < 0)
        return 0;
    // String.substring(0, -1) is empty: no path behind the authority.
    return std::max<qsizetype>(0, target.indexOf('/', at + 3));
}

} // namespace rt
