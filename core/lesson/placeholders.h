// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <functional>
#include <vector>

namespace rt {

/// "{{kind:argument}}" in a lesson's text: ui (a control's label), set (a setting), v (a value of
/// the learner's own capture).
struct Placeholder
{
    QString kind;
    QString argument;
    qsizetype position = 0;
    qsizetype length = 0;
};

std::vector<Placeholder> placeholders(const QString &text);

/// The text with every placeholder replaced by what `meaning` makes of it.
QString withoutPlaceholders(const QString &text,
                            const std::function<QString(const Placeholder &)> &meaning);

} // namespace rt
