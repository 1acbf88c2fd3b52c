// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/browser.h"
#include "caseserver.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

/// What came of a step, in the terms of `expect`. Texts still hold real ports.
namespace caseresult {

/// Bytes as DevTools shows them: UTF-8, what is none left out.
QString devToolsText(const QByteArray &bytes);

/// `own`: lower-case names of headers the step itself names, kept although they say little.
QJsonObject wireEntry(const CaseNames &names, const LoggedRequest &request,
                      const QSet<QByteArray> &own);
QJsonArray rawWireEntry(const CaseNames &names, const LoggedRequest &request);
/// The `result` of a fetch step.
QJsonObject fetchResult(const rt::FetchResult &result);
/// `net`; empty when nothing failed.
/// The style sheet sets the mark of the cases.
bool saysThatItApplies(const QByteArray &sheet);
/// What the page sees of an element: its event, and whether it had its effect.
QJsonObject loadResult(rt::ElementKind kind, const rt::ElementOutcome &outcome);
QJsonObject netResult(const rt::FetchResult &result);
/// `cookieNotes`; empty when there are none.
QJsonObject cookieNotes(const rt::FetchResult &result);
QJsonArray jar(const std::vector<rt::Cookie> &cookies, qint64 nowMs);

} // namespace caseresult
