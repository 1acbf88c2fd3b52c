// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractButton>

namespace rt {

class Theme;

/// The dot that says "you changed this"; under the pointer it becomes the arrow that takes it back.
class ResetDot final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ResetDot(const Theme &theme, QWidget *parent = nullptr);

    void setChanged(bool changed);
    bool isChanged() const { return m_changed; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    bool m_changed = false;
};

} // namespace rt
