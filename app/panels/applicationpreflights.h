// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/applicationtable.h"

namespace rt {

class LabSession;

/// The preflight cache: what servers allowed for a while, with the time that is left.
class ApplicationPreflights final : public ApplicationTable
{
    Q_OBJECT

public:
    ApplicationPreflights(LabSession &lab, const Theme &theme, QWidget *parent);

    void refresh();

private:
    LabSession &m_lab;
};

} // namespace rt
