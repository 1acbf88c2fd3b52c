// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <optional>

namespace rt {

/// What npm parseurl (Node's legacy url.parse) makes of a request target.
struct TargetParts
{
    /// Nothing for an empty target.
    std::optional<QByteArray> pathname;
    /// Behind '?'; nothing when there is no '?'.
    std::optional<QByteArray> query;
    /// url.parse throws: Express sees no path, and its error page calls it "resource".
    bool invalid = false;
    friend bool operator==(const TargetParts &, const TargetParts &) = default;
};
TargetParts parseTarget(QByteArrayView target);

/// Length of "scheme://authority" of an absolute-form target, else 0 (Express's getProtohost).
qsizetype protohostLength(QByteArrayView target);

} // namespace rt
