// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

class QWidget;

namespace rt {

/// What the window calls a control of the lesson format ("client.send" -> "Send"), whether the
/// control exists at the moment or not.
QString controlLabel(const QString &id, const QWidget *root = nullptr);
/// Markdown that stands for {{ui:…}} and {{set:…}}: the label as a link that shows the control.
QString controlMarkdown(const QString &kind, const QString &id, const QWidget *root = nullptr);

} // namespace rt
