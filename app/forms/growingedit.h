// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPlainTextEdit>

namespace rt {

class Theme;

/// A field for wire text that is one line high until it needs more, up to a few lines. Tab leaves
/// it. Enter announces `submitted` while the text is one line that opens no bracket.
class GrowingEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit GrowingEdit(const Theme &theme, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void submitted();
    void left();
    void escaped();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void follow();
    int heightFor(int lines) const;

    const Theme &m_theme;
};

} // namespace rt
