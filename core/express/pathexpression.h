// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QStringList>

namespace rt {

/// The regular expression that an Express path stands for.
struct PathExpression
{
    QString source;
    /// What its groups are called, in order; unnamed ones are counted from "0".
    QStringList keys;
};

/// path-to-regexp 0.1.13 of a text. `toEnd`: the path has to end where the pattern does.
PathExpression pathExpression(const QString &path, bool strict, bool toEnd);

} // namespace rt
