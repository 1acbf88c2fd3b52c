// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/checkparser.h"
#include "lesson/evidence.h"

namespace rt {

/// A condition over the evidence, parsed and found sound.
class Check
{
public:
    static tl::expected<Check, CheckError> compile(const QString &text, const CheckDefs &defs = {});

    bool holds(const Evidence &evidence) const;
    const CheckNode &tree() const { return *m_tree; }

private:
    std::unique_ptr<CheckNode> m_tree;
};

/// A value over the evidence: `last http($pf).res.h["Vary"]`.
class ValueExpression
{
public:
    static tl::expected<ValueExpression, CheckError> compile(const QString &text,
                                                             const CheckDefs &defs = {});

    JsValue value(const Evidence &evidence) const;

private:
    CheckOperand m_operand;
};

} // namespace rt
