// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/evidence.h"

namespace rt {

/// What the bare names and the bound names of a condition stand for.
struct CheckScope
{
    struct Binding
    {
        QString name;
        const EvidenceItem *item = nullptr;
    };
    QList<Binding> binds;
    const EvidenceItem *item = nullptr;
    CheckStream stream = CheckStream::Http;

    CheckScope inside(const CheckSource &source, const EvidenceItem &candidate) const;
    CheckScope bound(const CheckSource &source, const EvidenceItem &candidate) const;
};

/// Evaluates sound checks over one state of the evidence.
class CheckEvaluator
{
public:
    explicit CheckEvaluator(const Evidence &evidence) : m_evidence(evidence) { }

    bool holds(const CheckNode &node, const CheckScope &scope = {}) const;
    JsValue value(const CheckOperand &operand, const CheckScope &scope = {}) const;
    /// The items of a source that are in scope and meet its condition, in order.
    std::vector<const EvidenceItem *> items(const CheckSource &source,
                                            const CheckScope &scope) const;
    /// Those in scope, whatever the condition says.
    std::vector<const EvidenceItem *> candidates(const CheckSource &source) const;
    /// Whether the first `count` items of a sequence can be chosen in order.
    bool holdsSequence(const std::vector<SequenceItem> &items, size_t count,
                       const CheckScope &scope) const;

private:
    struct Search;
    bool searchSequence(Search &search, size_t index, const EvidenceItem *previous,
                        const CheckScope &scope) const;
    bool searchAfterNone(Search &search, size_t index, const EvidenceItem *previous,
                         const CheckScope &scope) const;
    bool endsWithNone(const SequenceItem &item, const EvidenceItem *previous,
                      const CheckScope &scope) const;
    bool holdsEvery(const CheckNode &node, const CheckScope &scope) const;
    bool holdsPicked(const CheckNode &node, const CheckScope &scope) const;
    bool holdsIn(const CheckNode &node, const CheckScope &scope) const;
    bool holdsMatch(const CheckNode &node, const CheckScope &scope) const;
    JsValue length(const CheckOperand &operand, const CheckScope &scope) const;
    JsValue field(const CheckPath &path, const CheckScope &scope) const;

    const Evidence &m_evidence;
};

} // namespace rt
