// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/checktree.h"

#include <QSet>

#include <array>

namespace rt {

/// One captured item as a check sees it: its fields by the names of the lesson format.
struct EvidenceItem
{
    quint64 id = 0;
    /// Start, milliseconds of lab time since the session began.
    double t = 0;
    JsValue value;

    /// Order among items of all streams: by start, then by id.
    double key() const { return t * 1e6 + static_cast<double>(id); }
};

/// The field a learner clicked last.
struct PickedField
{
    double t = 0;
    CheckStream stream = CheckStream::Http;
    /// As pathText() writes it.
    QString field;
    EvidenceItem item;
};

/// Everything a check is evaluated over: streams of items, the lab's present state, answers, the
/// last pick, and since when things count. A value without behaviour of its own.
class Evidence
{
public:
    /// A step that floods the lab must not slow it down: older items of a stream are dropped.
    static constexpr size_t mostItems = 5000;

    /// Adds an item at its place; one with the same id is replaced.
    void put(CheckStream stream, EvidenceItem item);
    const std::vector<EvidenceItem> &items(CheckStream stream) const
    {
        return m_streams.at(static_cast<size_t>(stream));
    }
    const EvidenceItem *find(CheckStream stream, quint64 id) const;
    void clear();

    /// server, client, jar, storage, preflightCache, waiters, loot.
    JsValue state = JsValue::object();
    QSet<QString> answered;
    QSet<QString> correct;
    std::optional<PickedField> picked;
    double now = 0;
    double stepStart = 0;
    double lessonStart = 0;

private:
    std::array<std::vector<EvidenceItem>, checkStreamCount> m_streams;
};

} // namespace rt
