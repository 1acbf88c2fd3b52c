// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/lesson.h"

#include <algorithm>

namespace rt {

const LessonText &Lesson::text(const QString &language) const
{
    static const LessonText none;
    const auto found = texts.constFind(language);
    if (found != texts.constEnd())
        return *found;
    const auto reference = texts.constFind(QStringLiteral("en"));
    return reference != texts.constEnd() ? *reference : none;
}

const Step *Lesson::step(const QString &stepId) const
{
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [&](const Step &candidate) { return candidate.id == stepId; });
    return found != steps.end() ? &*found : nullptr;
}

} // namespace rt
