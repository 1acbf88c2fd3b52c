// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/exchangepage.h"

namespace rt {

/// Where the time of an exchange went: connecting, sending, waiting, receiving, and on the server
/// each stage.
class ExchangeTiming : public ExchangePage
{
    Q_OBJECT

public:
    struct Phase
    {
        QString name;
        double from = 0;
        double to = 0;
        bool onServer = false;
    };

    ExchangeTiming(const Theme &theme, Selection &selection, QWidget *parent = nullptr);

    void show(const Inspected &inspected) override;
    const std::vector<Phase> &phases() const { return m_phases; }

protected:
    void paintEvent(QPaintEvent *event) override;
    QSize minimumSizeHint() const override;

private:
    void addClientPhases(const EndReport &end);
    void addServerPhases(const ExchangeRecord &exchange);

    std::vector<Phase> m_phases;
    double m_total = 0;
};

} // namespace rt
