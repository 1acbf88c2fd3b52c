// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/exchangepage.h"

namespace rt {

class FixBar;
class RichView;

/// What happened and why in a few sentences, what mends it, and the facts behind it.
class ExchangeStory : public ExchangePage
{
    Q_OBJECT

public:
    ExchangeStory(const Theme &theme, Selection &selection, QWidget *parent = nullptr);

    void show(const Inspected &inspected) override;

private:
    void refresh();
    QString facts() const;
    QString cookieFacts() const;
    QString consoleLines() const;

    RichView *m_view;
    FixBar *m_fixes;
    Inspected m_inspected;
};

} // namespace rt
