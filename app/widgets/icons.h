// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QPixmap>

namespace rt {

/// resources/icons/<name>.svg in one colour; crisp at every scale.
QIcon themedIcon(const QString &name, const QColor &color);
/// The same, asking the theme for its colour whenever it is painted.
QIcon tokenIcon(const Theme &theme, const QString &name, Token token);
/// For painting code: `size` in device-independent pixels.
QPixmap iconPixmap(const QString &name, const QColor &color, QSize size, double devicePixelRatio);

} // namespace rt
