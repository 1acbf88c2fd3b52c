// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"

#include <QString>

namespace rt {

/// What a learner may expect of a request before it is sent.
enum class Prediction {
    /// Script reads the answer, and no preflight went before it.
    Readable,
    /// A preflight was allowed, and script reads the answer.
    PreflightThenReadable,
    /// The preflight was refused: the request itself never left.
    PreflightRefused,
    /// The request went out, script sees nothing of the answer.
    Hidden,
    /// Nothing was sent.
    NotSent
};
inline constexpr int predictionCount = static_cast<int>(Prediction::NotSent) + 1;

QString predictionText(Prediction prediction);
/// What a finished call came to.
Prediction outcomeOf(const CallRecord &call);

/// Right and wrong guesses since the program began.
struct PredictionScore
{
    int right = 0;
    int asked = 0;
    void add(bool wasRight)
    {
        ++asked;
        right += wasRight ? 1 : 0;
    }
};

} // namespace rt
