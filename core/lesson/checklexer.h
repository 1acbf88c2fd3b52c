// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/checktree.h"

#include <tl/expected.hpp>

namespace rt {

/// Why a check is refused, as a sentence, and where: characters before the spot.
struct CheckError
{
    int position = 0;
    QString message;
};

struct CheckToken
{
    enum class Kind { End, Name, Macro, Text, Number, Expression, Symbol };
    Kind kind = Kind::End;
    int position = 0;
    /// Name, macro without "$", symbol, expression with its slashes; text without quotes.
    QString text;
    double number = 0;
    LiteralUnit unit = LiteralUnit::String;
};

/// Cuts a check into tokens; the last one is End.
tl::expected<std::vector<CheckToken>, CheckError> checkTokens(const QString &text);

} // namespace rt
