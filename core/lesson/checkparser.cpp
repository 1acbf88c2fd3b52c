// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/checkparser.h"

#include "lesson/checkgrammar.h"
#include "lesson/checknames.h"
#include "lesson/scriptexpression.h"

namespace rt {

using Kind = CheckNode::Kind;
using Token = CheckToken::Kind;

/// Nested parentheses, negations and macros; keeps the recursion of the parser harmless.
static constexpr int deepestNesting = 60;

CheckGrammar::CheckGrammar(const QString &text, const CheckDefs &defs, CheckBudget &budget)
    : CheckCursor(text), m_defs(defs), m_budget(budget)
{
    if (text.size() > longestCheck)
        fail(longestCheck, QStringLiteral("a check has at most %1 characters").arg(longestCheck));
}

std::unique_ptr<CheckNode> CheckGrammar::check()
{
    auto made = either();
    needEnd();
    return made;
}

CheckOperand CheckGrammar::value()
{
    CheckOperand made = operand();
    needEnd();
    return made;
}

PickTarget CheckGrammar::pickTarget()
{
    PickTarget target;
    target.stream = optionalStream();
    target.path = path();
    needEnd();
    return target;
}

CheckGrammar::Level CheckGrammar::nesting()
{
    return Level(*this, m_budget.nesting, deepestNesting,
                 QStringLiteral("the check is nested too deeply"));
}

void CheckGrammar::countNode()
{
    if (++m_budget.nodes > mostCheckNodes)
        fail(token().position, QStringLiteral("a check has at most %1 parts").arg(mostCheckNodes));
}

std::unique_ptr<CheckNode> CheckGrammar::node(Kind kind, int position)
{
    countNode();
    auto made = std::make_unique<CheckNode>();
    made->kind = kind;
    made->position = position;
    return made;
}

template<typename Part>
std::unique_ptr<CheckNode> CheckGrammar::chain(Kind kind, QStringView word, Part part)
{
    const int position = token().position;
    auto first = part();
    if (!isAt(word))
        return first;
    auto all = node(kind, position);
    all->children.push_back(std::move(first));
    while (accept(word))
        all->children.push_back(part());
    return all;
}

std::unique_ptr<CheckNode> CheckGrammar::either()
{
    const Level level = nesting();
    return chain(Kind::Or, u"or",
                 [this] { return chain(Kind::And, u"and", [this] { return negation(); }); });
}

std::unique_ptr<CheckNode> CheckGrammar::negation()
{
    const int position = token().position;
    if (!accept(u"not"))
        return primary();
    const Level level = nesting();
    auto made = node(Kind::Not, position);
    made->children.push_back(negation());
    return made;
}

std::unique_ptr<CheckNode> CheckGrammar::primary()
{
    const int position = token().position;
    if (accept(u"(")) {
        auto inner = either();
        need(u")");
        return inner;
    }
    if (isAt(u"exists") || isAt(u"no")) {
        auto made = node(take().text == u"exists" ? Kind::Exists : Kind::No, position);
        made->source = source();
        return made;
    }
    if (accept(u"every"))
        return every(position);
    if (accept(u"seq"))
        return sequence(position);
    if (isAt(u"correct") || isAt(u"answered"))
        return answer(position);
    if (accept(u"picked"))
        return picked(position);
    if (token().kind == Token::Macro) {
        if (const auto meaning = macro(token().text))
            return expand(*meaning);
    }
    return comparison();
}

std::unique_ptr<CheckNode> CheckGrammar::every(int position)
{
    auto made = node(Kind::Every, position);
    made->source = source();
    need(u"satisfies");
    need(u"(");
    made->children.push_back(either());
    need(u")");
    return made;
}

std::unique_ptr<CheckNode> CheckGrammar::sequence(int position)
{
    auto made = node(Kind::Sequence, position);
    need(u"(");
    do
        made->items.push_back(sequenceItem());
    while (accept(u","));
    need(u")");
    return made;
}

SequenceItem CheckGrammar::sequenceItem()
{
    SequenceItem item;
    item.none = accept(u"none");
    item.source = source();
    if (accept(item.none ? u"for" : u"within")) {
        if (token().kind != Token::Number || token().unit == LiteralUnit::Bytes)
            failExpecting(QStringLiteral("a duration such as 10s"));
        item.limit = take().number;
    }
    return item;
}

std::unique_ptr<CheckNode> CheckGrammar::answer(int position)
{
    auto made = node(take().text == u"correct" ? Kind::Correct : Kind::Answered, position);
    need(u"(");
    if (token().kind != Token::Name && token().kind != Token::Text)
        failExpecting(QStringLiteral("a question id"));
    made->question = take().text;
    need(u")");
    return made;
}

std::unique_ptr<CheckNode> CheckGrammar::picked(int position)
{
    auto made = node(Kind::Picked, position);
    need(u"(");
    made->source.stream = optionalStream();
    made->path = path();
    if (accept(u","))
        made->children.push_back(either());
    need(u")");
    return made;
}

std::optional<QString> CheckGrammar::macro(const QString &name) const
{
    if (const auto found = m_defs.constFind(name); found != m_defs.constEnd())
        return *found;
    return checkMacro(name);
}

std::unique_ptr<CheckNode> CheckGrammar::expand(const QString &condition)
{
    const CheckToken use = take();
    if (m_budget.expanding.contains(use.text))
        fail(use.position, QStringLiteral("$%1 is defined by itself").arg(use.text));
    const Level level = nesting();
    m_budget.expanding.append(use.text);
    CheckGrammar inner(error() ? QString() : condition, m_defs, m_budget);
    auto made = inner.check();
    m_budget.expanding.removeLast();
    made->position = use.position;
    if (inner.error())
        fail(use.position, QStringLiteral("in $%1: %2").arg(use.text, inner.error()->message));
    return made;
}

std::optional<Comparison> CheckGrammar::comparisonHere() const
{
    const bool word = token().kind == Token::Name || token().kind == Token::Symbol;
    return word ? checkComparison(token().text) : std::nullopt;
}

std::unique_ptr<CheckNode> CheckGrammar::comparison()
{
    auto made = node(Kind::Truthy, token().position);
    made->operands.push_back(operand());
    if (const auto known = comparisonHere()) {
        take();
        made->kind = Kind::Compare;
        made->comparison = *known;
        made->operands.push_back(operand());
    } else if (accept(u"matches")) {
        readExpression(*made);
    } else if (accept(u"in")) {
        made->kind = Kind::In;
        need(u"(");
        do
            made->operands.push_back(operand());
        while (accept(u","));
        need(u")");
    } else if (accept(u"is")) {
        if (!isAt(u"present") && !isAt(u"absent"))
            failExpecting(QStringLiteral("present or absent"));
        made->kind = take().text == u"present" ? Kind::Present : Kind::Absent;
    }
    return made;
}

void CheckGrammar::readExpression(CheckNode &made)
{
    if (token().kind != Token::Expression)
        return failExpecting(QStringLiteral("an expression such as /^a/"));
    const CheckToken written = take();
    const auto expression = scriptExpression(written.text);
    if (!expression)
        return fail(written.position, expression.error().message);
    made.kind = Kind::Matches;
    made.expression = *expression;
    made.expressionText = written.text;
}

namespace {

template<typename Use>
auto parsed(const QString &text, const CheckDefs &defs, Use use)
    -> tl::expected<decltype(use(std::declval<CheckGrammar &>())), CheckError>
{
    CheckBudget budget;
    CheckGrammar parser(text, defs, budget);
    auto made = use(parser);
    if (parser.error())
        return tl::make_unexpected(*parser.error());
    return made;
}

} // namespace

ParsedCheck parseCheck(const QString &text, const CheckDefs &defs)
{
    return parsed(text, defs, [](CheckGrammar &parser) { return parser.check(); });
}

ParsedOperand parseValueExpression(const QString &text, const CheckDefs &defs)
{
    return parsed(text, defs, [](CheckGrammar &parser) { return parser.value(); });
}

tl::expected<PickTarget, CheckError> parsePickTarget(const QString &text)
{
    static const QRegularExpression bareKey(QStringLiteral("\\[([^\\[\\]\"]+)\\]"));
    QString quoted = text;
    quoted.replace(bareKey, QStringLiteral("[\"\\1\"]"));
    return parsed(quoted, {}, [](CheckGrammar &parser) { return parser.pickTarget(); });
}

} // namespace rt
