// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace rt {

struct Lesson;

/// Which lesson tells more about the reason of a refusal: the first whose checks ask for it, else
/// the one on its subject.
class ReasonLessons
{
public:
    struct Entry
    {
        QString id;
        QString title;
    };

    ReasonLessons() = default;
    /// Only lessons that can be played count.
    explicit ReasonLessons(const std::vector<Lesson> &lessons);

    /// `reason` is a decision id or a cookie's short word.
    std::optional<Entry> lessonFor(const QByteArray &reason) const;

private:
    struct Known
    {
        Entry entry;
        /// The checks of all steps.
        QString checks;
    };
    std::vector<Known> m_lessons;
};

} // namespace rt
