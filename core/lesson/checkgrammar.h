// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/checkcursor.h"
#include "lesson/checkparser.h"

namespace rt {

/// What the texts of one check share: the check itself and the definitions it uses.
struct CheckBudget
{
    int nodes = 0;
    int quantifiers = 0;
    int nesting = 0;
    QStringList expanding;
};

/// Recursive descent over the grammar of the lesson format. Conditions are in checkparser.cpp, what
/// they are made of (sources, values, paths) in checkoperands.cpp.
class CheckGrammar : private CheckCursor
{
public:
    CheckGrammar(const QString &text, const CheckDefs &defs, CheckBudget &budget);

    using CheckCursor::error;
    std::unique_ptr<CheckNode> check();
    CheckOperand value();
    PickTarget pickTarget();

private:
    /// Counts one level of nesting as long as it lives.
    class Level
    {
    public:
        Level(CheckGrammar &grammar, int &counter, int limit, const QString &message)
            : m_counter(counter)
        {
            if (++m_counter > limit)
                grammar.fail(grammar.token().position, message);
        }
        ~Level() { --m_counter; }
        Q_DISABLE_COPY_MOVE(Level)

    private:
        int &m_counter;
    };

    Level nesting();
    void countNode();
    std::unique_ptr<CheckNode> node(CheckNode::Kind kind, int position);

    std::unique_ptr<CheckNode> either();
    template<typename Part>
    std::unique_ptr<CheckNode> chain(CheckNode::Kind kind, QStringView word, Part part);
    std::unique_ptr<CheckNode> negation();
    std::unique_ptr<CheckNode> primary();
    std::unique_ptr<CheckNode> every(int position);
    std::unique_ptr<CheckNode> sequence(int position);
    SequenceItem sequenceItem();
    std::unique_ptr<CheckNode> answer(int position);
    std::unique_ptr<CheckNode> picked(int position);
    std::optional<QString> macro(const QString &name) const;
    std::unique_ptr<CheckNode> expand(const QString &condition);
    std::optional<Comparison> comparisonHere() const;
    std::unique_ptr<CheckNode> comparison();
    void readExpression(CheckNode &made);

    CheckStream optionalStream();
    CheckSource source();
    bool scope();
    CheckOperand operand();
    CheckOperand origin(CheckOperand made);
    CheckOperand named(CheckOperand made);
    QString name();
    CheckPath path();

    const CheckDefs &m_defs;
    CheckBudget &m_budget;
};

} // namespace rt
