// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/check.h"

#include "lesson/checkevaluator.h"
#include "lesson/checktypes.h"

namespace rt {

tl::expected<Check, CheckError> Check::compile(const QString &text, const CheckDefs &defs)
{
    ParsedCheck parsed = parseCheck(text, defs);
    if (!parsed)
        return tl::make_unexpected(parsed.error());
    if (const auto error = checkTypes(**parsed))
        return tl::make_unexpected(*error);
    Check check;
    check.m_tree = *std::move(parsed);
    return check;
}

bool Check::holds(const Evidence &evidence) const
{
    return CheckEvaluator(evidence).holds(*m_tree);
}

tl::expected<ValueExpression, CheckError> ValueExpression::compile(const QString &text,
                                                                   const CheckDefs &defs)
{
    ParsedOperand parsed = parseValueExpression(text, defs);
    if (!parsed)
        return tl::make_unexpected(parsed.error());
    if (const auto error = checkTypes(*parsed))
        return tl::make_unexpected(*error);
    ValueExpression expression;
    expression.m_operand = *std::move(parsed);
    return expression;
}

JsValue ValueExpression::value(const Evidence &evidence) const
{
    return CheckEvaluator(evidence).value(m_operand);
}

} // namespace rt
