// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/stacksteps.h"

#include <QCoreApplication>

namespace rt {

class RichView;

/// Writes one step of the stack as text: what was decided and why, what it looked at, the request
/// and the answer after it with every difference marked.
class StageDetail
{
    Q_DECLARE_TR_FUNCTIONS(StageDetail)

public:
    /// Colours and fonts are those of the view the text is for.
    explicit StageDetail(const RichView &view) : m_view(view) { }

    /// HTML. Links: "option:<stage>" and "pick:<path of the check language>".
    QString html(const StackStep &step, const ExchangeRecord &exchange) const;

private:
    QString heading(const StackStep &step) const;
    QString lead(const StackStep &step) const;
    QString decisions(const StackStep &step) const;
    QString inputs(const StackStep &step) const;
    QString head(const StackStep &step) const;
    QString request(const StackStep &step) const;
    QString seenByRoute(const ExchangeRecord &exchange) const;
    /// One line of a difference: mark, text, and what stood there before.
    QString diffRow(HeadLine::Mark mark, const QString &text, const QString &note = {}) const;

    const RichView &m_view;
};

} // namespace rt
