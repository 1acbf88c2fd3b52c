// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "windowstate.h"

#include <QSettings>

#include <algorithm>

namespace rt {

WindowState WindowState::load()
{
    const QSettings settings;
    WindowState state;
    state.geometry = settings.value(QStringLiteral("window/geometry")).toByteArray();
    state.workspace = settings.value(QStringLiteral("window/workspace")).toByteArray();
    const int theme = settings.value(QStringLiteral("window/theme")).toInt();
    state.theme = static_cast<Theme::Choice>(std::clamp(theme, 0, 2));
    const double scale = settings.value(QStringLiteral("window/textScale"), 1.0).toDouble();
    state.textScale = std::clamp(scale, 0.75, 3.0);
    const QVariantMap keys = settings.value(QStringLiteral("window/shortcuts")).toMap();
    for (auto it = keys.begin(); it != keys.end(); ++it)
        state.shortcuts.insert(it.key(),
                               QKeySequence(it.value().toString(), QKeySequence::PortableText));
    return state;
}

void WindowState::save() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), geometry);
    settings.setValue(QStringLiteral("window/workspace"), workspace);
    settings.setValue(QStringLiteral("window/theme"), static_cast<int>(theme));
    settings.setValue(QStringLiteral("window/textScale"), textScale);
    QVariantMap keys;
    for (auto it = shortcuts.begin(); it != shortcuts.end(); ++it)
        keys.insert(it.key(), it.value().toString(QKeySequence::PortableText));
    settings.setValue(QStringLiteral("window/shortcuts"), keys);
}

} // namespace rt
