// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/command.h"
#include "lesson/checkgrammar.h"
#include "lesson/checknames.h"

namespace rt {

using Token = CheckToken::Kind;

CheckStream CheckGrammar::optionalStream()
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

CheckSource CheckGrammar::source()
{
    const Level level(*this, m_budget.quantifiers, deepestQuantifier,
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

bool CheckGrammar::scope()
{
    if (!isAt(u"step") && !isAt(u"lesson"))
        failExpecting(QStringLiteral("step or lesson"));
    return take().text == u"lesson";
}

CheckOperand CheckGrammar::operand()
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

CheckOperand CheckGrammar::origin(CheckOperand made)
{
    const QByteArray address = virtualOrigin(token().text.toLatin1());
    if (address.isEmpty())
        failExpecting(QStringLiteral("a known name"));
    take();
    made.literal = JsValue::latin1(address);
    return made;
}

CheckOperand CheckGrammar::named(CheckOperand made)
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

QString CheckGrammar::name()
{
    if (token().kind != Token::Name)
        failExpecting(QStringLiteral("a field name"));
    return take().text;
}

CheckPath CheckGrammar::path()
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

} // namespace rt
