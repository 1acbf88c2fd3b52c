// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/replay.h"

#include <vector>

namespace rt {

/// What two servers' answers have in common, part by part.
struct ComparedPart
{
    enum class Kind { Outcome, Status, Header, Order, Body };
    enum class Verdict { Agrees, Differs, NotCompared };
    Kind kind = Kind::Status;
    Verdict verdict = Verdict::Agrees;
    /// Header name as the lab spells it, or as Node does when the lab has none; empty otherwise.
    QByteArray name;
    /// Empty when absent there. Bodies are decoded and cut to their first 400 bytes.
    QByteArray lab;
    QByteArray node;
    /// Why it is not compared, or in what way it is; translatable (context "comparison").
    const char *reason = "";
};

struct ComparedAnswer
{
    std::vector<ComparedPart> parts;
    int differences() const;
};

/// Compares the lab's answer with Node's: outcome, status line, every header by value and place,
/// decoded body. Left out, with the reason: what cannot be the same twice (Date, paths in a stack
/// trace) and what depends on the version of a compressor.
ComparedAnswer compareAnswers(const ReplayedAnswer &lab, const ReplayedAnswer &node);

} // namespace rt
