// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/checkclauses.h"

#include "lesson/checkevaluator.h"
#include "lesson/checksentences.h"

#include <algorithm>

namespace rt {

namespace {

using Kind = CheckNode::Kind;

/// The parts of a condition that must all hold.
void flatten(const CheckNode &node, std::vector<const CheckNode *> &parts)
{
    if (node.kind != Kind::And) {
        parts.push_back(&node);
        return;
    }
    for (const auto &child : node.children)
        flatten(*child, parts);
}

/// An item in a few words: "PUT /api/user", else its number.
QString itemLabel(CheckStream stream, const EvidenceItem &item)
{
    const JsValue request = item.value[u"req"];
    const JsValue &holder = stream == CheckStream::Call ? item.value : request;
    const QString method = holder[u"method"].toString();
    if (!method.isEmpty())
        return method + u' ' + holder[u"path"].toString();
    const QString name = item.value[u"name"].toString();
    return name.isEmpty() ? QStringLiteral("no. %1").arg(item.id) : name;
}

class Explainer
{
public:
    explicit Explainer(const Evidence &evidence) : m_evidence(evidence), m_evaluator(evidence) { }

    std::vector<Clause> clauses(const CheckNode &check)
    {
        std::vector<const CheckNode *> parts;
        flatten(check, parts);
        std::vector<Clause> result;
        for (const CheckNode *part : parts) {
            if (part->kind == Kind::Sequence)
                addSequence(*part, result);
            else
                result.push_back(clause(*part));
        }
        return result;
    }

private:
    Clause clause(const CheckNode &node)
    {
        const bool holds = m_evaluator.holds(node);
        return {holds, clauseSentence(node), holds ? QString() : miss(node, {})};
    }

    void addSequence(const CheckNode &node, std::vector<Clause> &result)
    {
        bool missing = false;
        for (size_t i = 0; i < node.items.size(); ++i) {
            const SequenceItem &item = node.items.at(i);
            // A "none" in between is judged together with what follows it.
            const size_t count = i + (item.none && i + 1 < node.items.size() ? 2 : 1);
            const bool holds = m_evaluator.holdsSequence(node.items, count, {});
            const bool next = !holds && !std::exchange(missing, true);
            result.push_back({holds, sequenceItemSentence(item, i == 0),
                              next && !item.none ? missingItem(item.source, {}) : QString()});
        }
    }

    /// The nearest miss of a node that does not hold.
    QString miss(const CheckNode &node, const CheckScope &scope)
    {
        switch (node.kind) {
        case Kind::And:
        case Kind::Or:
            return missOfParts(node, scope);
        case Kind::Not:
            return QStringLiteral("this is so: %1").arg(conditionSentence(*node.children.front()));
        case Kind::Exists:
            return missingItem(node.source, scope);
        case Kind::No: {
            const auto found = m_evaluator.items(node.source, scope);
            return QStringLiteral("there is one: %1")
                .arg(itemLabel(node.source.stream, *found.back()));
        }
        case Kind::Every:
            return missOfEvery(node, scope);
        case Kind::Sequence:
            return missOfSequence(node, scope);
        case Kind::Correct:
            return m_evidence.answered.contains(node.question)
                ? QStringLiteral("the answer is not right")
                : QStringLiteral("there is no answer yet");
        case Kind::Answered:
            return QStringLiteral("there is no answer yet");
        case Kind::Picked:
            return missOfPick(node, scope);
        case Kind::Compare:
        case Kind::Matches:
        case Kind::In:
        case Kind::Present:
        case Kind::Absent:
        case Kind::Truthy:
            return missOfValue(node, scope);
        }
        Q_UNREACHABLE();
    }

    QString missOfParts(const CheckNode &node, const CheckScope &scope)
    {
        for (const auto &child : node.children) {
            if (!m_evaluator.holds(*child, scope))
                return miss(*child, scope);
        }
        return {};
    }

    /// The item that meets most of the condition, the latest of equals, and what it lacks first.
    QString missingItem(const CheckSource &source, const CheckScope &scope)
    {
        const auto candidates = m_evaluator.candidates(source);
        if (candidates.empty() || !source.condition)
            return QStringLiteral("no %1 yet").arg(streamNoun(source.stream));
        std::vector<const CheckNode *> parts;
        flatten(*source.condition, parts);
        const EvidenceItem *nearest = nullptr;
        std::ptrdiff_t most = -1;
        for (const EvidenceItem *candidate : candidates) {
            const CheckScope inside = scope.inside(source, *candidate);
            const auto met = std::count_if(parts.begin(), parts.end(), [&](const CheckNode *part) {
                return m_evaluator.holds(*part, inside);
            });
            if (met >= most) {
                most = met;
                nearest = candidate;
            }
        }
        const CheckScope inside = scope.inside(source, *nearest);
        const auto failing = std::find_if(parts.begin(), parts.end(), [&](const CheckNode *part) {
            return !m_evaluator.holds(*part, inside);
        });
        if (failing == parts.end())
            return QStringLiteral("%1 comes too early or too late")
                .arg(itemLabel(source.stream, *nearest));
        return QStringLiteral("%1: %2").arg(itemLabel(source.stream, *nearest),
                                            miss(**failing, inside));
    }

    QString missOfEvery(const CheckNode &node, const CheckScope &scope)
    {
        for (const EvidenceItem *item : m_evaluator.items(node.source, scope)) {
            const CheckScope inside = scope.inside(node.source, *item);
            if (!m_evaluator.holds(*node.children.front(), inside))
                return QStringLiteral("%1: %2").arg(itemLabel(node.source.stream, *item),
                                                    miss(*node.children.front(), inside));
        }
        return QStringLiteral("no %1 yet").arg(streamNoun(node.source.stream));
    }

    QString missOfSequence(const CheckNode &node, const CheckScope &scope)
    {
        for (size_t i = 0; i < node.items.size(); ++i) {
            if (!node.items.at(i).none && !m_evaluator.holdsSequence(node.items, i + 1, scope))
                return missingItem(node.items.at(i).source, scope);
        }
        return {};
    }

    QString missOfPick(const CheckNode &node, const CheckScope &scope)
    {
        const auto &picked = m_evidence.picked;
        if (!picked || picked->t < m_evidence.stepStart)
            return QStringLiteral("nothing is clicked yet");
        if (picked->field.compare(pathText(node.path), Qt::CaseInsensitive) != 0
            || picked->stream != node.source.stream || node.children.empty())
            return QStringLiteral("you clicked something else");
        return miss(*node.children.front(), scope.inside(node.source, picked->item));
    }

    QString missOfValue(const CheckNode &node, const CheckScope &scope)
    {
        const QString label = operandLabel(node.operands.front());
        const JsValue found = m_evaluator.value(node.operands.front(), scope);
        if (node.kind == Kind::Present)
            return QStringLiteral("%1 is missing").arg(label);
        return QStringLiteral("%1 is %2, wanted %3")
            .arg(label, valueLabel(found), wanted(node, scope));
    }

    QString wanted(const CheckNode &node, const CheckScope &scope)
    {
        switch (node.kind) {
        case Kind::Truthy:
            return QStringLiteral("true");
        case Kind::Absent:
            return QStringLiteral("none");
        case Kind::Matches:
            return QStringLiteral("a match of %1").arg(node.expressionText);
        case Kind::In: {
            QStringList values;
            for (size_t i = 1; i < node.operands.size(); ++i)
                values.append(operandLabel(node.operands.at(i)));
            return QStringLiteral("one of %1").arg(values.join(QStringLiteral(", ")));
        }
        default:
            return wantedPhrase(node, wantedValue(node.operands.back(), scope));
        }
    }

    QString wantedValue(const CheckOperand &operand, const CheckScope &scope)
    {
        if (operand.kind == CheckOperand::Kind::Literal)
            return operandLabel(operand);
        const JsValue value = m_evaluator.value(operand, scope);
        return value.isNullish() ? QStringLiteral("the %1").arg(operandLabel(operand))
                                 : valueLabel(value);
    }

    const Evidence &m_evidence;
    CheckEvaluator m_evaluator;
};

} // namespace

std::vector<Clause> explainCheck(const CheckNode &check, const Evidence &evidence)
{
    return Explainer(evidence).clauses(check);
}

} // namespace rt
