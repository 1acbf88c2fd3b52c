// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/checksentences.h"

#include "base/jsvalue.h"

#include <array>

namespace rt {

namespace {

using Kind = CheckNode::Kind;

QString numbered(double milliseconds)
{
    if (milliseconds < 1000)
        return QStringLiteral("%1 ms").arg(numberText(milliseconds));
    return QStringLiteral("%1 s").arg(numberText(milliseconds / 1000));
}

QString literalLabel(const CheckOperand &operand)
{
    if (operand.unit == LiteralUnit::Duration)
        return numbered(operand.literal.toNumber());
    if (operand.unit == LiteralUnit::Bytes)
        return QStringLiteral("%1 bytes").arg(numberText(operand.literal.toNumber()));
    return valueLabel(operand.literal);
}

QString sourceLabel(const CheckSource &source, bool several)
{
    const QString noun = streamNoun(source.stream, several);
    return source.condition
        ? QStringLiteral("%1 where %2").arg(noun, conditionSentence(*source.condition))
        : noun;
}

QString joined(const CheckNode &node, const QString &word)
{
    QStringList parts;
    for (const auto &child : node.children) {
        const bool group = child->kind == Kind::Or || child->kind == Kind::And;
        const QString part = conditionSentence(*child);
        parts.append(group && child->kind != node.kind ? u'(' + part + u')' : part);
    }
    return parts.join(word);
}

QString alternatives(const CheckNode &node)
{
    QStringList values;
    for (size_t i = 1; i < node.operands.size(); ++i)
        values.append(operandLabel(node.operands.at(i)));
    return values.join(QStringLiteral(", "));
}

/// "request", "answer" or nothing in front of what follows req. and res.
QString sideLabel(const CheckPath &path)
{
    static const QStringList plain {QStringLiteral("method"), QStringLiteral("target"),
                                    QStringLiteral("path"), QStringLiteral("status"),
                                    QStringLiteral("csp")};
    const QString &side = path.first().text;
    if (path.size() < 2 || (side != u"req" && side != u"res") || plain.contains(path.at(1).text))
        return {};
    return side == u"req" ? QStringLiteral("request ") : QStringLiteral("answer ");
}

QString articleFor(const QString &noun)
{
    return QStringLiteral("aeiouAEIOU").contains(noun.front()) ? QStringLiteral("an")
                                                               : QStringLiteral("a");
}

QString pickedSentence(const CheckNode &node)
{
    const QString field = fieldLabel(node.path);
    if (node.children.empty())
        return QStringLiteral("You clicked %1").arg(field);
    return QStringLiteral("You clicked %1 where %2")
        .arg(field, conditionSentence(*node.children.front()));
}

} // namespace

QString streamNoun(CheckStream stream, bool several)
{
    static constexpr std::array<std::pair<QStringView, QStringView>, checkStreamCount> nouns {{
        {u"call", u"calls"},
        {u"exchange", u"exchanges"},
        {u"HAR entry", u"HAR entries"},
        {u"WebSocket", u"WebSockets"},
        {u"frame", u"frames"},
        {u"packet", u"packets"},
        {u"client event", u"client events"},
        {u"changed setting", u"changed settings"},
        {u"action", u"actions"},
    }};
    const auto &[one, many] = nouns.at(static_cast<size_t>(stream));
    return (several ? many : one).toString();
}

QString fieldLabel(const CheckPath &path)
{
    const PathSegment &last = path.last();
    if (path.size() > 1 && last.isKey && path.at(path.size() - 2).text == u"h")
        return last.text; // a header goes by its name
    if (path.first().text == u"cfg") {
        QStringList names;
        for (const PathSegment &segment : path.sliced(1))
            names.append(segment.text);
        return QStringLiteral("setting %1").arg(names.join(u'.'));
    }
    const bool sided = path.first().text == u"req" || path.first().text == u"res";
    QString label;
    for (const PathSegment &segment : sided &&path.size() > 1 ? path.sliced(1) : path)
        label += label.isEmpty() ? segment.text : (segment.isKey ? u' ' : u'.') + segment.text;
    return sideLabel(path) + label;
}

QString operandLabel(const CheckOperand &operand)
{
    switch (operand.kind) {
    case CheckOperand::Kind::Literal:
        return literalLabel(operand);
    case CheckOperand::Kind::Path:
        return fieldLabel(operand.path);
    case CheckOperand::Kind::Length:
        return QStringLiteral("number of values in %1").arg(operandLabel(*operand.inner));
    case CheckOperand::Kind::Count:
        return QStringLiteral("number of %1").arg(sourceLabel(*operand.source, true));
    case CheckOperand::Kind::First:
        return QStringLiteral("%1 of the first %2")
            .arg(fieldLabel(operand.path), sourceLabel(*operand.source, false));
    case CheckOperand::Kind::Last:
        return QStringLiteral("%1 of the last %2")
            .arg(fieldLabel(operand.path), sourceLabel(*operand.source, false));
    }
    Q_UNREACHABLE();
}

QString valueLabel(const JsValue &value)
{
    if (value.isUndefined())
        return QStringLiteral("missing");
    if (value.isString() && value.toString().isEmpty())
        return QStringLiteral("empty");
    const bool structured = value.isArray() || value.isObject();
    const QString text = structured ? stringifyJson(value) : value.asText();
    constexpr qsizetype longest = 80;
    return text.size() > longest ? text.first(longest) + u'…' : text;
}

QString comparisonPhrase(Comparison comparison)
{
    static constexpr std::array<QStringView, 11> phrases {
        u"is",    u"is not",   u"is below",    u"is at most", u"is above",        u"is at least",
        u"lists", u"contains", u"starts with", u"ends with",  u"is (in any case)"};
    return phrases.at(static_cast<size_t>(comparison)).toString();
}

QString wantedPhrase(const CheckNode &comparison, const QString &right)
{
    switch (comparison.comparison) {
    case Comparison::Equal:
    case Comparison::EqualIgnoringCase:
        return right;
    case Comparison::NotEqual:
        return QStringLiteral("anything but %1").arg(right);
    case Comparison::Less:
        return QStringLiteral("less than %1").arg(right);
    case Comparison::LessOrEqual:
        return QStringLiteral("at most %1").arg(right);
    case Comparison::Greater:
        return QStringLiteral("more than %1").arg(right);
    case Comparison::GreaterOrEqual:
        return QStringLiteral("at least %1").arg(right);
    case Comparison::Has:
        return QStringLiteral("a list with %1").arg(right);
    case Comparison::Contains:
        return QStringLiteral("something with %1 in it").arg(right);
    case Comparison::StartsWith:
        return QStringLiteral("something that starts with %1").arg(right);
    case Comparison::EndsWith:
        return QStringLiteral("something that ends with %1").arg(right);
    }
    Q_UNREACHABLE();
}

QString conditionSentence(const CheckNode &node)
{
    const auto operand = [&node](size_t index) { return operandLabel(node.operands.at(index)); };
    switch (node.kind) {
    case Kind::And:
        return joined(node, QStringLiteral(" and "));
    case Kind::Or:
        return joined(node, QStringLiteral(" or "));
    case Kind::Not:
        return QStringLiteral("not (%1)").arg(conditionSentence(*node.children.front()));
    case Kind::Exists:
        return QStringLiteral("there is %1 %2")
            .arg(articleFor(streamNoun(node.source.stream)), sourceLabel(node.source, false));
    case Kind::No:
        return QStringLiteral("there is no %1").arg(sourceLabel(node.source, false));
    case Kind::Every:
        return QStringLiteral("every %1 has: %2")
            .arg(sourceLabel(node.source, false), conditionSentence(*node.children.front()));
    case Kind::Sequence: {
        QStringList parts;
        for (const SequenceItem &item : node.items)
            parts.append(sequenceItemSentence(item, parts.isEmpty()));
        return parts.join(QStringLiteral("; "));
    }
    case Kind::Correct:
        return QStringLiteral("the question is answered rightly");
    case Kind::Answered:
        return QStringLiteral("the question is answered");
    case Kind::Picked:
        return pickedSentence(node);
    case Kind::Compare:
        return QStringLiteral("%1 %2 %3")
            .arg(operand(0), comparisonPhrase(node.comparison), operand(1));
    case Kind::Matches:
        return QStringLiteral("%1 matches %2").arg(operand(0), node.expressionText);
    case Kind::In:
        return QStringLiteral("%1 is one of %2").arg(operand(0), alternatives(node));
    case Kind::Present:
        return QStringLiteral("%1 is there").arg(operand(0));
    case Kind::Absent:
        return QStringLiteral("%1 is missing").arg(operand(0));
    case Kind::Truthy:
        return QStringLiteral("%1 is true").arg(operand(0));
    }
    Q_UNREACHABLE();
}

QString clauseSentence(const CheckNode &node)
{
    const QString sentence = conditionSentence(node);
    return sentence.front().toUpper() + sentence.sliced(1);
}

QString sequenceItemSentence(const SequenceItem &item, bool first)
{
    const QString what = sourceLabel(item.source, false);
    if (item.none && item.limit)
        return QStringLiteral("For %1 after that, no %2").arg(numbered(*item.limit), what);
    if (item.none)
        return QStringLiteral("In between, no %1").arg(what);
    const QString start = first ? QStringLiteral("First") : QStringLiteral("Then");
    if (!item.limit)
        return QStringLiteral("%1 %2 %3").arg(start, articleFor(what), what);
    return QStringLiteral("%1, within %2, %3 %4")
        .arg(start, numbered(*item.limit), articleFor(what), what);
}

} // namespace rt
