// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/prediction.h"

#include <QCoreApplication>

namespace rt {

QString predictionText(Prediction prediction)
{
    const auto tr
        = [](const char *text) { return QCoreApplication::translate("prediction", text); };
    switch (prediction) {
    case Prediction::Readable:
        return tr("Script reads the answer, without a preflight");
    case Prediction::PreflightThenReadable:
        return tr("A preflight first, then script reads the answer");
    case Prediction::PreflightRefused:
        return tr("A preflight that is refused");
    case Prediction::Hidden:
        return tr("It is sent, but script cannot read the answer");
    case Prediction::NotSent:
        return tr("Nothing is sent");
    }
    Q_UNREACHABLE();
}

Prediction outcomeOf(const CallRecord &call)
{
    const bool preflighted = call.preflight == CallRecord::Preflight::Sent;
    if (call.readable)
        return preflighted ? Prediction::PreflightThenReadable : Prediction::Readable;
    if (call.exchanges.empty())
        return Prediction::NotSent;
    // Only the preflight went out: the exchange that failed is the only one.
    return preflighted && call.exchanges.size() == 1 ? Prediction::PreflightRefused
                                                     : Prediction::Hidden;
}

} // namespace rt
