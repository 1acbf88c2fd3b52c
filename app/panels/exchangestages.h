// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/exchangepage.h"

namespace rt {

class RichView;

/// The server's stack, stage by stage: what each read, added, changed, decided, and how long it
/// took.
class ExchangeStages : public ExchangePage
{
    Q_OBJECT

public:
    ExchangeStages(const Theme &theme, Selection &selection, QWidget *parent = nullptr);

    void show(const Inspected &inspected) override;

private:
    void refresh();
    QString stageRow(const StageRecord &stage) const;
    QString changeLines(const std::vector<HeaderChange> &changes, const QString &when) const;
    QString handlerTable() const;
    void follow(const QString &link);

    RichView *m_view;
    Inspected m_inspected;
};

} // namespace rt
