// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QByteArray>
#include <QHash>
#include <QKeySequence>

namespace rt {

/// What the window remembers from one start to the next: the only place that touches QSettings.
struct WindowState
{
    QByteArray geometry;
    QByteArray workspace;
    Theme::Choice theme = Theme::Choice::System;
    double textScale = 1.0;
    QHash<QString, QKeySequence> shortcuts;

    static WindowState load();
    void save() const;
};

} // namespace rt
