// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/checklexer.h"

#include <QHash>

namespace rt {

/// Definitions of a lesson: name -> condition, used as "$name".
using CheckDefs = QHash<QString, QString>;

using ParsedCheck = tl::expected<std::unique_ptr<CheckNode>, CheckError>;
using ParsedOperand = tl::expected<CheckOperand, CheckError>;

constexpr int longestCheck = 2000;
constexpr int mostCheckNodes = 200;
constexpr int deepestQuantifier = 3;

/// Parses one check. Macros and definitions are expanded in place.
ParsedCheck parseCheck(const QString &text, const CheckDefs &defs = {});
/// Parses a value expression, which is one operand: `last http($pf).res.h["Vary"]`.
ParsedOperand parseValueExpression(const QString &text, const CheckDefs &defs = {});
/// Parses `path` or `stream: path`, the form of a pick; also the short form res.h[Vary].
struct PickTarget
{
    CheckStream stream = CheckStream::Http;
    CheckPath path;
};
tl::expected<PickTarget, CheckError> parsePickTarget(const QString &text);

} // namespace rt
