// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/exchangepage.h"

class QPushButton;

namespace rt {

class FlowLayout;
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
    void showFixes();
    QString facts() const;
    QString cookieFacts() const;
    QString consoleLines() const;

    RichView *m_view;
    QWidget *m_fixBar;
    FlowLayout *m_fixes;
    Inspected m_inspected;
};

} // namespace rt
