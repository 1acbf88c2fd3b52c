// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/headerlist.h"

#include <algorithm>
#include <initializer_list>

namespace rt {

/// Without spaces and tabs at both ends; other control characters stay (RFC 9110 §5.6.3, OWS).
inline QByteArrayView trimBlanks(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

/// `name` is one of `names`, without regard to case.
inline bool isOneOf(QByteArrayView name, std::initializer_list<QByteArrayView> names)
{
    return std::any_of(names.begin(), names.end(),
                       [&](QByteArrayView n) { return equalsIgnoringCase(n, name); });
}

} // namespace rt
