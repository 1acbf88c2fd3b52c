// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/checkparser.h"

#include "lab/command.h"
#include "lesson/checkcursor.h"
#include "lesson/checknames.h"
#include "lesson/scriptexpression.h"

namespace rt {

namespace {

using Kind = CheckNode::Kind;
using Token = CheckToken::Kind;

/// Nested parentheses, negations and macros; keeps the recursion of the parser harmless.
constexpr int deepestNesting = 60;

/// What the texts of one check share: the check itself and the definitions it uses.
struct Budget
{
    int nodes = 0;
    int quantifiers = 0;
    int nesting = 0;
    QStringList expanding;
};

/// Recursive descent over the grammar of the lesson format.
class Parser : private CheckCursor
{
public:
    Parser(const QString &text, const CheckDefs &defs, Budget &budget)
        : CheckCursor(text), m_defs(defs), m_budget(budget)
    {
        if (text.size() > longestCheck)
            fail(longestCheck,
                 QStringLiteral("a check has at most %1 characters").arg(longestCheck));
    }

    using CheckCursor::error;

    std::unique_ptr<CheckNode> check()
    {
        auto made = either();
        needEnd();
        return made;
    }

    CheckOperand value()
    {
        CheckOperand made = operand();
        needEnd();
        return made;
    }

    PickTarget pickTarget()
    {
        PickTarget target;
        target.stream = optionalStream();
        target.path = path();
        needEnd();
        return target;
    }

private:
    /// Counts one level of nesting as long as it lives.
    class Level
    {
    public:
        Level(Parser &parser, int &counter, int limit, const QString &message) : m_counter(counter)
        {
            if (++m_counter > limit)
                parser.fail(parser.token().position, message);
        }
        ~Level() { --m_counter; }
        Q_DISABLE_COPY_MOVE(Level)

    private:
        int &m_counter;
    };

    Level nesting()
    {
        return Level(*this, m_budget.nesting, deepestNesting,
                     QStringLiteral("the check is nested too deeply"));
    }

    void countNode()
    {
        if (++m_budget.nodes > mostCheckNodes)
            fail(token().position,
                 QStringLiteral("a check has at most %1 parts").arg(mostCheckNodes));
    }

    std::unique_ptr<CheckNode> node(Kind kind, int position)
    {
        countNode();
        auto made = std::make_unique<CheckNode>();
        made->kind = kind;
        made->position = position;
        return made;
    }

    std::unique_ptr<CheckNode> either()
    {
        const Level level = nesting();
        return chain(Kind::Or, u"or",
                     [this] { return chain(Kind::And, u"and", [this] { return negation(); }); });
    }

    template<typename Part> std::unique_ptr<CheckNode> chain(Kind kind, QStringView word, Part part)
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

    std::unique_ptr<CheckNode> negation()
    {
        const int position = token().position;
        if (!accept(u"not"))
            return primary();
        const Level level = nesting();
        auto made = node(Kind::Not, position);
        made->children.push_back(negation());
        return made;
    }

    std::unique_ptr<CheckNode> primary()
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

    std::unique_ptr<CheckNode> every(int position)
    {
        auto made = node(Kind::Every, position);
        made->source = source();
        need(u"satisfies");
        need(u"(");
        made->children.push_back(either());
        need(u")");
        return made;
    }

    std::unique_ptr<CheckNode> sequence(int position)
    {
        auto made = node(Kind::Sequence, position);
        need(u"(");
        do
            made->items.push_back(sequenceItem());
        while (accept(u","));
        need(u")");
        return made;
    }

    SequenceItem sequenceItem()
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

    std::unique_ptr<CheckNode> answer(int position)
    {
        auto made = node(take().text == u"correct" ? Kind::Correct : Kind::Answered, position);
        need(u"(");
        if (token().kind != Token::Name && token().kind != Token::Text)
            failExpecting(QStringLiteral("a question id"));
        made->question = take().text;
        need(u")");
        return made;
    }

    CheckStream optionalStream()
    {
        if (token().kind != Token::Name || !isAt(u":", 1))
            return CheckStream::Http;
        const auto stream = checkStream(token().text);
        if (!stream)
            failExpecting(QStringLiteral("a stream"));
        take();
        take();
        return stream.value_or(CheckStream::Http);
    }

    std::unique_ptr<CheckNode> picked(int position)
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

    std::optional<QString> macro(const QString &name) const
    {
        if (const auto found = m_defs.constFind(name); found != m_defs.constEnd())
            return *found;
        return checkMacro(name);
    }

    std::unique_ptr<CheckNode> expand(const QString &condition)
    {
        const CheckToken use = take();
        if (m_budget.expanding.contains(use.text))
            fail(use.position, QStringLiteral("$%1 is defined by itself").arg(use.text));
        const Level level = nesting();
        m_budget.expanding.append(use.text);
        Parser inner(error() ? QString() : condition, m_defs, m_budget);
        auto made = inner.check();
        m_budget.expanding.removeLast();
        made->position = use.position;
        if (inner.error())
            fail(use.position, QStringLiteral("in $%1: %2").arg(use.text, inner.error()->message));
        return made;
    }

    CheckSource source()
    {
        const Level level(
            *this, m_budget.quantifiers, deepestQuantifier,
            QStringLiteral("streams are nested at most %1 deep").arg(deepestQuantifier));
        countNode();
        CheckSource made;
        made.position = token().position;
        if (token().kind == Token::Name && isAt(u":", 1)) {
            made.bind = take().text;
            take();
        }
        const auto stream = token().kind == Token::Name ? checkStream(token().text) : std::nullopt;
        if (!stream)
            failExpecting(QStringLiteral("a stream such as http or call"));
        made.stream = stream.value_or(CheckStream::Http);
        take();
        if (accept(u"@"))
            made.wholeLesson = scope();
        if (accept(u"(") && !accept(u")")) {
            made.condition = either();
            need(u")");
        }
        return made;
    }

    bool scope()
    {
        if (!isAt(u"step") && !isAt(u"lesson"))
            failExpecting(QStringLiteral("step or lesson"));
        return take().text == u"lesson";
    }

    CheckOperand operand()
    {
        countNode();
        CheckOperand made;
        made.position = token().position;
        switch (token().kind) {
        case Token::Text:
            made.literal = JsValue(take().text);
            return made;
        case Token::Number:
            made.unit = token().unit;
            made.literal = JsValue(take().number);
            return made;
        case Token::Macro:
            return origin(std::move(made));
        case Token::Name:
            return named(std::move(made));
        case Token::End:
        case Token::Expression:
        case Token::Symbol:
            break;
        }
        failExpecting(QStringLiteral("a value or a field"));
        return made;
    }

    CheckOperand origin(CheckOperand made)
    {
        const QByteArray address = virtualOrigin(token().text.toLatin1());
        if (address.isEmpty())
            failExpecting(QStringLiteral("a known name"));
        take();
        made.literal = JsValue::latin1(address);
        return made;
    }

    CheckOperand named(CheckOperand made)
    {
        const QString word = token().text;
        if (word == u"true" || word == u"false") {
            made.unit = LiteralUnit::Bool;
            made.literal = JsValue(take().text == u"true");
        } else if (accept(u"null")) {
            made.unit = LiteralUnit::Null;
            made.literal = JsValue(nullptr);
        } else if (accept(u"len")) {
            const Level level = nesting();
            need(u"(");
            made.kind = CheckOperand::Kind::Length;
            made.inner = std::make_unique<CheckOperand>(operand());
            need(u")");
        } else if (accept(u"count")) {
            made.kind = CheckOperand::Kind::Count;
            made.source = std::make_unique<CheckSource>(source());
        } else if (word == u"first" || word == u"last") {
            take();
            made.kind = word == u"first" ? CheckOperand::Kind::First : CheckOperand::Kind::Last;
            made.source = std::make_unique<CheckSource>(source());
            need(u".");
            made.path = path();
        } else {
            made.kind = CheckOperand::Kind::Path;
            made.path = path();
        }
        return made;
    }

    QString name()
    {
        if (token().kind != Token::Name)
            failExpecting(QStringLiteral("a field name"));
        return take().text;
    }

    CheckPath path()
    {
        CheckPath segments {{name(), false}};
        for (;;) {
            if (accept(u".")) {
                segments.append({name(), false});
            } else if (accept(u"[")) {
                if (token().kind != Token::Text)
                    failExpecting(QStringLiteral("a quoted key"));
                segments.append({take().text, true});
                need(u"]");
            } else {
                return segments;
            }
        }
    }

    std::optional<Comparison> comparisonHere() const
    {
        const bool word = token().kind == Token::Name || token().kind == Token::Symbol;
        return word ? checkComparison(token().text) : std::nullopt;
    }

    std::unique_ptr<CheckNode> comparison()
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

    void readExpression(CheckNode &made)
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

    const CheckDefs &m_defs;
    Budget &m_budget;
    std::vector<CheckToken> m_tokens;
    size_t m_at = 0;
};

template<typename Use>
auto parsed(const QString &text, const CheckDefs &defs, Use use)
    -> tl::expected<decltype(use(std::declval<Parser &>())), CheckError>
{
    Budget budget;
    Parser parser(text, defs, budget);
    auto made = use(parser);
    if (parser.error())
        return tl::make_unexpected(*parser.error());
    return made;
}

} // namespace

ParsedCheck parseCheck(const QString &text, const CheckDefs &defs)
{
    return parsed(text, defs, [](Parser &parser) { return parser.check(); });
}

ParsedOperand parseValueExpression(const QString &text, const CheckDefs &defs)
{
    return parsed(text, defs, [](Parser &parser) { return parser.value(); });
}

tl::expected<PickTarget, CheckError> parsePickTarget(const QString &text)
{
    static const QRegularExpression bareKey(QStringLiteral("\\[([^\\[\\]\"]+)\\]"));
    QString quoted = text;
    quoted.replace(bareKey, QStringLiteral("[\"\\1\"]"));
    return parsed(quoted, {}, [](Parser &parser) { return parser.pickTarget(); });
}

} // namespace rt
