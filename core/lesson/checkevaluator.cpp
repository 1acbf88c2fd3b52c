// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/checkevaluator.h"

#include "lesson/checkschema.h"
#include "lesson/scriptcompare.h"

#include <algorithm>
#include <set>

namespace rt {

namespace {

using Kind = CheckNode::Kind;
using Items = std::vector<const EvidenceItem *>;

double keyOf(const EvidenceItem *item)
{
    return item ? item->key() : -1;
}

bool isTooLate(const SequenceItem &wanted, const EvidenceItem *previous, const EvidenceItem &found)
{
    return !wanted.none && wanted.limit && previous && found.t - previous->t > *wanted.limit;
}

/// One segment down. Keys that start with "/" are JSON pointers; header names ignore case.
JsValue descend(const JsValue &value, const CheckPath &path, qsizetype at)
{
    const PathSegment &segment = path.at(at);
    if (segment.isKey && segment.text.startsWith(u'/'))
        return pointerTarget(value, segment.text);
    const bool inHeaders = segment.isKey && at > 0 && !path.at(at - 1).isKey
        && (path.at(at - 1).text == u"h" || path.at(at - 1).text == u"seen");
    return inHeaders ? memberIgnoringCase(value, segment.text) : memberOf(value, segment.text);
}

/// The same field, whether a header's name is spelled as on the wire or as in the check.
bool isSameField(const QString &picked, const QString &wanted)
{
    const bool header = wanted.contains(u"h[\"");
    return picked.compare(wanted, header ? Qt::CaseInsensitive : Qt::CaseSensitive) == 0;
}

} // namespace

CheckScope CheckScope::bound(const CheckSource &source, const EvidenceItem &candidate) const
{
    CheckScope scope = *this;
    if (!source.bind.isEmpty())
        scope.binds.prepend({source.bind, &candidate});
    return scope;
}

CheckScope CheckScope::inside(const CheckSource &source, const EvidenceItem &candidate) const
{
    CheckScope scope = bound(source, candidate);
    scope.item = &candidate;
    scope.stream = source.stream;
    return scope;
}

bool CheckEvaluator::holds(const CheckNode &node, const CheckScope &scope) const
{
    const auto child = [&](const auto &part) { return holds(*part, scope); };
    switch (node.kind) {
    case Kind::And:
        return std::all_of(node.children.begin(), node.children.end(), child);
    case Kind::Or:
        return std::any_of(node.children.begin(), node.children.end(), child);
    case Kind::Not:
        return !holds(*node.children.front(), scope);
    case Kind::Exists:
        return !items(node.source, scope).empty();
    case Kind::No:
        return items(node.source, scope).empty();
    case Kind::Every:
        return holdsEvery(node, scope);
    case Kind::Sequence:
        return holdsSequence(node.items, node.items.size(), scope);
    case Kind::Correct:
        return m_evidence.correct.contains(node.question);
    case Kind::Answered:
        return m_evidence.answered.contains(node.question);
    case Kind::Picked:
        return holdsPicked(node, scope);
    case Kind::Compare:
        return compareValues(node.comparison, value(node.operands.front(), scope),
                             value(node.operands.back(), scope));
    case Kind::Matches:
        return holdsMatch(node, scope);
    case Kind::In:
        return holdsIn(node, scope);
    case Kind::Present:
        return !value(node.operands.front(), scope).isNullish();
    case Kind::Absent:
        return value(node.operands.front(), scope).isNullish();
    case Kind::Truthy:
        return value(node.operands.front(), scope).toBool();
    }
    Q_UNREACHABLE();
}

bool CheckEvaluator::holdsEvery(const CheckNode &node, const CheckScope &scope) const
{
    const Items found = items(node.source, scope);
    return !found.empty() && std::all_of(found.begin(), found.end(), [&](const EvidenceItem *item) {
        return holds(*node.children.front(), scope.inside(node.source, *item));
    });
}

bool CheckEvaluator::holdsPicked(const CheckNode &node, const CheckScope &scope) const
{
    const auto &picked = m_evidence.picked;
    if (!picked || picked->t < m_evidence.stepStart || picked->stream != node.source.stream
        || !isSameField(picked->field, pathText(node.path)))
        return false;
    return node.children.empty()
        || holds(*node.children.front(), scope.inside(node.source, picked->item));
}

bool CheckEvaluator::holdsMatch(const CheckNode &node, const CheckScope &scope) const
{
    const JsValue found = value(node.operands.front(), scope);
    return !found.isUndefined() && node.expression.match(found.asText()).hasMatch();
}

bool CheckEvaluator::holdsIn(const CheckNode &node, const CheckScope &scope) const
{
    const JsValue found = value(node.operands.front(), scope);
    return std::any_of(
        node.operands.begin() + 1, node.operands.end(), [&](const CheckOperand &alternative) {
            return compareValues(Comparison::Equal, found, value(alternative, scope));
        });
}

JsValue CheckEvaluator::value(const CheckOperand &operand, const CheckScope &scope) const
{
    switch (operand.kind) {
    case CheckOperand::Kind::Literal:
        return operand.literal;
    case CheckOperand::Kind::Path:
        return field(operand.path, scope);
    case CheckOperand::Kind::Length:
        return length(operand, scope);
    case CheckOperand::Kind::Count:
        return JsValue(static_cast<qint64>(items(*operand.source, scope).size()));
    case CheckOperand::Kind::First:
    case CheckOperand::Kind::Last: {
        const Items found = items(*operand.source, scope);
        if (found.empty())
            return {};
        CheckScope inner = scope;
        inner.item = operand.kind == CheckOperand::Kind::First ? found.front() : found.back();
        inner.stream = operand.source->stream;
        return field(operand.path, inner);
    }
    }
    Q_UNREACHABLE();
}

JsValue CheckEvaluator::length(const CheckOperand &operand, const CheckScope &scope) const
{
    const JsValue measured = value(*operand.inner, scope);
    if (measured.isNullish())
        return {};
    const JsValue length = memberOf(measured, QStringLiteral("length"));
    if (!length.isUndefined())
        return length;
    return JsValue(static_cast<qint64>(measured.members().size()));
}

JsValue CheckEvaluator::field(const CheckPath &path, const CheckScope &scope) const
{
    const QString &first = path.front().text;
    const auto bound = std::find_if(scope.binds.begin(), scope.binds.end(),
                                    [&](const auto &binding) { return binding.name == first; });
    qsizetype at = 0;
    JsValue value = m_evidence.state;
    if (bound != scope.binds.end()) {
        value = bound->item->value;
        at = 1;
    } else if (scope.item && streamType(scope.stream).fields->contains(first)) {
        value = scope.item->value;
    }
    for (; at < path.size() && !value.isNullish(); ++at)
        value = descend(value, path, at);
    return at < path.size() ? JsValue() : value;
}

Items CheckEvaluator::candidates(const CheckSource &source) const
{
    const double from = source.wholeLesson ? m_evidence.lessonStart : m_evidence.stepStart;
    Items found;
    for (const EvidenceItem &item : m_evidence.items(source.stream)) {
        if (item.t >= from && item.t <= m_evidence.now)
            found.push_back(&item);
    }
    return found;
}

Items CheckEvaluator::items(const CheckSource &source, const CheckScope &scope) const
{
    Items found = candidates(source);
    if (!source.condition)
        return found;
    std::erase_if(found, [&](const EvidenceItem *item) {
        return !holds(*source.condition, scope.inside(source, *item));
    });
    return found;
}

/// Backtracking over the candidates of each item. Without names bound on the way, what follows
/// depends only on the place and the item before it, so a failed pair need not be tried again.
struct CheckEvaluator::Search
{
    const std::vector<SequenceItem> &items;
    size_t count;
    bool named;
    std::set<std::pair<size_t, const EvidenceItem *>> failed;
};

bool CheckEvaluator::holdsSequence(const std::vector<SequenceItem> &items, size_t count,
                                   const CheckScope &scope) const
{
    const bool named = std::any_of(items.begin(), items.end(), [](const SequenceItem &item) {
        return !item.source.bind.isEmpty();
    });
    Search search {items, count, named, {}};
    return searchSequence(search, 0, nullptr, scope);
}

bool CheckEvaluator::searchSequence(Search &search, size_t index, const EvidenceItem *previous,
                                    const CheckScope &scope) const
{
    if (index >= search.count)
        return true;
    if (!search.named && search.failed.contains({index, previous}))
        return false;
    const SequenceItem &wanted = search.items.at(index);
    if (wanted.none) {
        if (index + 1 < search.count ? searchAfterNone(search, index, previous, scope)
                                     : endsWithNone(wanted, previous, scope))
            return true;
    } else {
        for (const EvidenceItem *found : items(wanted.source, scope)) {
            if (found->key() <= keyOf(previous) || isTooLate(wanted, previous, *found))
                continue;
            if (searchSequence(search, index + 1, found, scope.bound(wanted.source, *found)))
                return true;
        }
    }
    search.failed.insert({index, previous});
    return false;
}

bool CheckEvaluator::searchAfterNone(Search &search, size_t index, const EvidenceItem *previous,
                                     const CheckScope &scope) const
{
    const SequenceItem &next = search.items.at(index + 1);
    const Items forbidden = items(search.items.at(index).source, scope);
    for (const EvidenceItem *found : items(next.source, scope)) {
        if (found->key() <= keyOf(previous) || isTooLate(next, previous, *found))
            continue;
        const bool between
            = std::any_of(forbidden.begin(), forbidden.end(), [&](const EvidenceItem *item) {
                  return item->key() > keyOf(previous) && item->key() < found->key();
              });
        if (!between && searchSequence(search, index + 2, found, scope.bound(next.source, *found)))
            return true;
    }
    return false;
}

bool CheckEvaluator::endsWithNone(const SequenceItem &item, const EvidenceItem *previous,
                                  const CheckScope &scope) const
{
    const double from = previous ? previous->t : m_evidence.stepStart;
    const double until = from + item.limit.value_or(0);
    const Items found = items(item.source, scope);
    const bool violated
        = std::any_of(found.begin(), found.end(), [&](const EvidenceItem *candidate) {
              return candidate->key() > keyOf(previous) && candidate->t <= until;
          });
    return !violated && m_evidence.now >= until;
}

} // namespace rt
