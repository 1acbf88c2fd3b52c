// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/csp.h"

namespace rt {

/// A directive of CSP Level 3 or one of its neighbours that Chromium 156 reads.
bool isCspDirective(QByteArrayView name);
/// A source expression in whatever form CSP knows.
bool isCspSource(const QByteArray &source);
/// Letters, digits and dashes.
bool isCspDirectiveName(QByteArrayView name);
/// What Chromium's console says about a directive it reads, in its words; empty when all is well.
QStringList cspProblems(const CspDirective &directive);
/// The same for what it does not read.
QString cspDuplicate(const QByteArray &name);
QString cspUnknown(const QByteArray &name);
QString cspBadName(const QByteArray &name);

} // namespace rt
