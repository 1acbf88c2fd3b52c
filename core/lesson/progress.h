// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

class LessonRunner;

/// What a learner has done, as kept in progress/<profile>.json. Holds no captured data.
class Progress
{
public:
    /// An absent file is an empty progress. A file that cannot be understood is an error and stays.
    static Result<Progress> load(const QString &file);
    static Result<Progress> fromJson(QByteArrayView json);
    /// Replaces the file as a whole or not at all.
    Result<void> save(const QString &file) const;
    QByteArray toJson() const;

    /// "new", "started" or "done".
    QString state(const QString &pack, const QString &lesson) const;
    /// The lesson's entry, undefined when it was never begun.
    JsValue lesson(const QString &pack, const QString &lesson) const;
    /// Takes over how the runner's lesson stands. Steps done with an older major version are
    /// dropped unless the lesson was finished then.
    void record(const QString &pack, const LessonRunner &runner);
    /// Counts of one misconception: met, right.
    JsValue misconception(const QString &id) const;
    /// Another profile's progress on top of this one: what is done in either is done.
    void merge(const Progress &other);

private:
    JsValue m_root = JsValue::object();
};

/// The entry of the runner's lesson without times: what a robot's play must always come to.
JsValue progressOutline(const LessonRunner &runner);

} // namespace rt
