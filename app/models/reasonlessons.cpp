// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/reasonlessons.h"

#include "lesson/lesson.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rt {

namespace {

/// The first part of a decision id, or a cookie's word, and the lesson on the subject.
constexpr std::pair<QByteArrayView, QLatin1StringView> subjects[] = {
    {"cors", QLatin1StringView("origin")},
    {"preflight", QLatin1StringView("cors-preflight")},
    {"cookie", QLatin1StringView("cookies")},
    {"samesite-lax", QLatin1StringView("cookies")},
    {"samesite-strict", QLatin1StringView("cookies")},
    {"none-insecure", QLatin1StringView("cookies")},
    {"secure", QLatin1StringView("cookies")},
    {"domain", QLatin1StringView("cookies")},
    {"path", QLatin1StringView("cookies")},
    {"too-large", QLatin1StringView("cookie-session-limits")},
    {"credentials", QLatin1StringView("cors-credentials")},
    {"csp", QLatin1StringView("helmet-baseline")},
    {"frame", QLatin1StringView("helmet-baseline")},
    {"nosniff", QLatin1StringView("helmet-baseline")},
    {"corp", QLatin1StringView("helmet-baseline")},
};

} // namespace

ReasonLessons::ReasonLessons(const std::vector<Lesson> &lessons)
{
    for (const Lesson &lesson : lessons) {
        if (!lesson.unavailable.isEmpty())
            continue;
        QString checks;
        for (const Step &step : lesson.steps)
            checks += step.check + u'\n';
        m_lessons.push_back({{lesson.id, lesson.text().title}, checks});
    }
}

std::optional<ReasonLessons::Entry> ReasonLessons::lessonFor(const QByteArray &reason) const
{
    const auto entryOf = [this](auto holds) {
        const auto found = std::find_if(m_lessons.begin(), m_lessons.end(), holds);
        return found == m_lessons.end() ? std::nullopt : std::optional(found->entry);
    };
    if (reason.isEmpty())
        return {};
    const QString quoted = u'"' + QString::fromLatin1(reason) + u'"';
    if (const auto exact
        = entryOf([&quoted](const Known &known) { return known.checks.contains(quoted); }))
        return exact;
    const QByteArray subject = reason.left(reason.indexOf('.'));
    const auto row = std::find_if(std::begin(subjects), std::end(subjects),
                                  [&subject](const auto &pair) { return pair.first == subject; });
    if (row == std::end(subjects))
        return {};
    return entryOf([row](const Known &known) { return known.entry.id == row->second; });
}

} // namespace rt
