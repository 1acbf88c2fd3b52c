// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/prediction.h"
#include "widgets/pill.h"

#include <optional>

namespace rt {

/// "What will happen?": a guess before Send, judged when the answer is there. Never asked for.
class PredictionPill final : public PillButton
{
    Q_OBJECT

public:
    explicit PredictionPill(const Theme &theme, QWidget *parent = nullptr);

    /// A guess is open, so nothing may give the answer away.
    bool isGuessing() const { return m_guess && !m_call; }
    /// The guess is about this call.
    void bind(quint64 call);
    /// Judges the guess when it is about the finished call.
    void judge(const CallRecord &call);
    const PredictionScore &score() const { return m_score; }

signals:
    void guessChanged();

private:
    void guess(std::optional<Prediction> prediction);
    void show(const QString &text, PillTone tone, const QString &detail);

    std::optional<Prediction> m_guess;
    quint64 m_call = 0;
    PredictionScore m_score;
};

} // namespace rt
