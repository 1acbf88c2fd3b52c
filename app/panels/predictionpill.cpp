// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/predictionpill.h"

#include <QMenu>

namespace rt {

PredictionPill::PredictionPill(const Theme &theme, QWidget *parent) : PillButton(theme, {}, parent)
{
    setObjectName(QStringLiteral("client.predict"));
    auto *menu = new QMenu(this);
    for (int i = 0; i < predictionCount; ++i) {
        const auto prediction = static_cast<Prediction>(i);
        QAction *action = menu->addAction(predictionText(prediction));
        action->setObjectName(QStringLiteral("client.predict.%1").arg(i));
        connect(action, &QAction::triggered, this, [this, prediction] { guess(prediction); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("No guess")), &QAction::triggered, this,
            [this] { guess(std::nullopt); });
    setMenu(menu);
    guess(std::nullopt);
}

void PredictionPill::show(const QString &text, PillTone tone, const QString &detail)
{
    setText(text);
    setTone(tone);
    setToolTip(detail);
    setAccessibleName(text + u' ' + detail);
    updateGeometry();
}

void PredictionPill::guess(std::optional<Prediction> prediction)
{
    m_guess = prediction;
    m_call = 0;
    if (prediction)
        show(tr("Your guess is kept"), PillTone::Accent, predictionText(*prediction));
    else
        show(tr("What will happen?"), PillTone::Neutral,
             tr("Guess before you send; the lab keeps the score"));
    emit guessChanged();
}

void PredictionPill::bind(quint64 call)
{
    if (isGuessing())
        m_call = call;
    emit guessChanged();
}

void PredictionPill::judge(const CallRecord &call)
{
    if (!m_guess || call.id != m_call || call.outcome == CallRecord::Outcome::Pending)
        return;
    const Prediction happened = outcomeOf(call);
    const bool right = happened == *m_guess;
    m_score.add(right);
    m_guess.reset();
    m_call = 0;
    const QString score = tr("%1 of %2").arg(m_score.right).arg(m_score.asked);
    show(right ? tr("\u2713 Right \u00b7 %1").arg(score) : tr("\u2715 Not so \u00b7 %1").arg(score),
         right ? PillTone::Good : PillTone::Caution,
         tr("What happened: %1").arg(predictionText(happened)));
}

} // namespace rt
