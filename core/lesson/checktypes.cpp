// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/checktypes.h"

#include "lesson/checknames.h"
#include "lesson/checkschema.h"

namespace rt {

namespace {

using Kind = CheckType::Kind;

struct Scope
{
    QHash<QString, CheckStream> binds;
    std::optional<CheckStream> item;
};

class Types
{
public:
    std::optional<CheckError> error;

    void check(const CheckNode &node, const Scope &scope)
    {
        switch (node.kind) {
        case CheckNode::Kind::And:
        case CheckNode::Kind::Or:
        case CheckNode::Kind::Not:
            for (const auto &child : node.children)
                check(*child, scope);
            return;
        case CheckNode::Kind::Exists:
        case CheckNode::Kind::No:
            source(node.source, scope);
            return;
        case CheckNode::Kind::Every:
            check(*node.children.front(), itemScope(source(node.source, scope), node.source));
            return;
        case CheckNode::Kind::Sequence:
            return sequence(node, scope);
        case CheckNode::Kind::Correct:
        case CheckNode::Kind::Answered:
            return;
        case CheckNode::Kind::Picked:
            return picked(node, scope);
        case CheckNode::Kind::Compare:
            return compare(node, scope);
        case CheckNode::Kind::In:
            return in(node, scope);
        case CheckNode::Kind::Matches:
        case CheckNode::Kind::Present:
        case CheckNode::Kind::Absent:
            type(node.operands.front(), scope);
            return;
        case CheckNode::Kind::Truthy:
            return truthy(node, scope);
        }
    }

    CheckType type(const CheckOperand &operand, const Scope &scope)
    {
        switch (operand.kind) {
        case CheckOperand::Kind::Literal:
            return literalType(operand);
        case CheckOperand::Kind::Path:
            return type(operand.path, operand.position, scope);
        case CheckOperand::Kind::Length:
            type(*operand.inner, scope);
            return plain(Kind::Int);
        case CheckOperand::Kind::Count:
            source(*operand.source, scope);
            return plain(Kind::Int);
        case CheckOperand::Kind::First:
        case CheckOperand::Kind::Last:
            source(*operand.source, scope);
            return type(operand.path, operand.position, itemScope(scope, *operand.source));
        }
        Q_UNREACHABLE();
    }

private:
    static CheckType plain(Kind kind)
    {
        CheckType made;
        made.kind = kind;
        return made;
    }

    void fail(int position, const QString &message)
    {
        if (!error)
            error = CheckError {position, message};
    }

    static CheckType literalType(const CheckOperand &operand)
    {
        switch (operand.unit) {
        case LiteralUnit::String:
            return plain(Kind::String);
        case LiteralUnit::Number:
            return plain(Kind::Number);
        case LiteralUnit::Duration:
            return plain(Kind::Duration);
        case LiteralUnit::Bytes:
            return plain(Kind::Bytes);
        case LiteralUnit::Bool:
            return plain(Kind::Bool);
        case LiteralUnit::Null:
            return plain(Kind::Null);
        }
        Q_UNREACHABLE();
    }

    static Scope itemScope(Scope scope, const CheckSource &source)
    {
        scope.item = source.stream;
        return scope;
    }

    /// Checks the source's condition; the scope that follows it knows its name.
    Scope source(const CheckSource &source, Scope scope)
    {
        if (!source.bind.isEmpty())
            scope.binds.insert(source.bind, source.stream);
        if (source.condition)
            check(*source.condition, itemScope(scope, source));
        return scope;
    }

    void sequence(const CheckNode &node, const Scope &scope)
    {
        Scope known = scope;
        for (const SequenceItem &item : node.items)
            known = source(item.source, known);
        const SequenceItem &last = node.items.back();
        if (last.none && !last.limit)
            fail(last.source.position, QStringLiteral("a final \"none\" needs \"for\" and a time"));
    }

    void picked(const CheckNode &node, const Scope &scope)
    {
        const Scope inner = itemScope(scope, node.source);
        type(node.path, node.position, inner);
        for (const auto &condition : node.children)
            check(*condition, inner);
    }

    void truthy(const CheckNode &node, const Scope &scope)
    {
        const CheckType found = type(node.operands.front(), scope);
        if (found.kind != Kind::Bool && found.kind != Kind::Json)
            fail(
                node.operands.front().position,
                QStringLiteral("%1 is not yes or no; compare it with something").arg(found.name()));
    }

    void in(const CheckNode &node, const Scope &scope)
    {
        const CheckType left = type(node.operands.front(), scope);
        for (size_t i = 1; i < node.operands.size(); ++i) {
            type(node.operands.at(i), scope);
            knownWord(left, node.operands.at(i));
        }
    }

    void compare(const CheckNode &node, const Scope &scope)
    {
        const CheckOperand &left = node.operands.front();
        const CheckOperand &right = node.operands.back();
        const CheckType a = type(left, scope);
        const CheckType b = type(right, scope);
        knownWord(a, right);
        knownWord(b, left);
        if (const QString objection = comparable(node.comparison, a, b); !objection.isEmpty())
            fail(left.position, objection);
    }

    /// An enum compared with a word it does not have can never be right.
    void knownWord(const CheckType &type, const CheckOperand &operand)
    {
        if (type.kind != Kind::Enum || operand.kind != CheckOperand::Kind::Literal
            || !operand.literal.isString() || type.values.contains(operand.literal.toString()))
            return;
        fail(operand.position,
             QStringLiteral("\"%1\" is none of: %2")
                 .arg(operand.literal.toString(), type.values.join(QStringLiteral(", "))));
    }

    static bool isNumeric(Kind kind)
    {
        return kind == Kind::Int || kind == Kind::Number || kind == Kind::Duration
            || kind == Kind::Bytes;
    }

    static QString comparable(Comparison comparison, const CheckType &a, const CheckType &b)
    {
        if (a.kind == Kind::Json || b.kind == Kind::Json)
            return {};
        const QString word = checkComparisonName(comparison);
        switch (comparison) {
        case Comparison::Has:
            return a.kind == Kind::List || a.kind == Kind::String
                ? QString()
                : QStringLiteral("\"has\" needs a list or a header, not %1").arg(a.name());
        case Comparison::Contains:
        case Comparison::StartsWith:
        case Comparison::EndsWith:
        case Comparison::EqualIgnoringCase:
            return a.kind == Kind::String
                ? QString()
                : QStringLiteral("\"%1\" needs a text, not %2").arg(word, a.name());
        case Comparison::Equal:
        case Comparison::NotEqual:
        case Comparison::Less:
        case Comparison::LessOrEqual:
        case Comparison::Greater:
        case Comparison::GreaterOrEqual:
            break;
        }
        return ordered(a, b)
            ? QString()
            : QStringLiteral("%1 cannot be compared with %2 (%3)").arg(a.name(), b.name(), word);
    }

    static bool ordered(const CheckType &a, const CheckType &b)
    {
        if (isNumeric(a.kind) && isNumeric(b.kind)) {
            const auto bare = [](Kind kind) { return kind == Kind::Int || kind == Kind::Number; };
            return a.kind == b.kind || bare(a.kind) || bare(b.kind);
        }
        // A header is text; it may be a number.
        if ((a.kind == Kind::String && isNumeric(b.kind))
            || (b.kind == Kind::String && isNumeric(a.kind)))
            return true;
        const auto word = [](Kind kind) { return kind == Kind::String || kind == Kind::Enum; };
        return a.kind == b.kind || (word(a.kind) && word(b.kind)) || a.kind == Kind::Null
            || b.kind == Kind::Null;
    }

    CheckType type(const CheckPath &path, int position, const Scope &scope)
    {
        const QString first = path.front().text;
        CheckType current;
        qsizetype at = 0;
        if (const auto bound = scope.binds.constFind(first); bound != scope.binds.constEnd()) {
            current = streamType(*bound);
            at = 1;
        } else if (scope.item && streamType(*scope.item).fields->contains(first)) {
            current = streamType(*scope.item);
        } else if (stateType().fields->contains(first)) {
            current = stateType();
        } else {
            const QString place = scope.item
                ? QStringLiteral(" of %1").arg(checkStreamName(*scope.item))
                : QString();
            fail(position, QStringLiteral("\"%1\" is no field%2").arg(pathText(path), place));
            return {};
        }
        for (; at < path.size() && !isOpen(current) && !error; ++at)
            current = member(current, path, at, position);
        return isOpen(current) && at < path.size() ? plain(Kind::Json) : current;
    }

    /// Below settings and JSON values any path may exist.
    static bool isOpen(const CheckType &type)
    {
        return type.kind == Kind::Json || type.kind == Kind::Settings;
    }

    CheckType member(const CheckType &type, const CheckPath &path, qsizetype at, int position)
    {
        const PathSegment &segment = path.at(at);
        if (!segment.isKey && type.kind == Kind::Object && type.fields->contains(segment.text))
            return type.fields->value(segment.text);
        if (segment.isKey && type.kind == Kind::Map)
            return *type.of;
        fail(position,
             segment.isKey ? QStringLiteral("\"%1\" has no keys").arg(pathText(path.first(at)))
                           : QStringLiteral("\"%1\" has no field \"%2\"")
                                 .arg(pathText(path.first(at)), segment.text));
        return {};
    }
};

} // namespace

std::optional<CheckError> checkTypes(const CheckNode &check)
{
    Types types;
    types.check(check, {});
    return types.error;
}

std::optional<CheckError> checkTypes(const CheckOperand &value)
{
    Types types;
    types.type(value, {});
    return types.error;
}

} // namespace rt
