// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/inspected.h"
#include "selection.h"
#include "widgets/theme.h"

#include <QUrl>
#include <QWidget>

namespace rt {

/// One tab of the inspector: a depth of looking at the same exchange.
class ExchangePage : public QWidget
{
    Q_OBJECT

public:
    ExchangePage(const Theme &theme, Selection &selection, QWidget *parent)
        : QWidget(parent), m_theme(theme), m_selection(selection)
    {
    }

    /// Called when the page is in view and what is inspected has changed.
    virtual void show(const Inspected &inspected) = 0;
    /// Paths of the check language a lesson step wants looked at.
    virtual void setHighlights(const QStringList &paths) { Q_UNUSED(paths) }

signals:
    /// Into Diagnosis::fixes; FixBar::allFixes for everything that mends it.
    void fixRequested(int fix);
    /// A document the learner wants to read on in.
    void linkRequested(const QUrl &url);

protected:
    /// Reports that the learner pointed at this field of the exchange.
    void pick(const QString &path, quint64 exchange)
    {
        if (!path.isEmpty())
            m_selection.pickField(QStringLiteral("http"), path, exchange);
    }

    const Theme &m_theme;
    Selection &m_selection;
};

} // namespace rt
