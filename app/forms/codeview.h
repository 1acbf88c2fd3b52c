// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "forms/codehighlighter.h"

#include <QList>
#include <QPlainTextEdit>

namespace rt {

/// Code to read: numbered lines, some of them tinted, one group marked, and which line the pointer
/// is on. Lines count from 1, as people and error messages do.
class CodeView final : public QPlainTextEdit
{
    Q_OBJECT

public:
    CodeView(const Theme &theme, CodeHighlighter::Language language, QWidget *parent = nullptr);

    void setLineNumbersVisible(bool visible);
    void setLanguage(CodeHighlighter::Language language);
    /// Keeps the place the reader is at.
    void setCode(const QString &code);
    /// What has just changed.
    void setTintedLines(const QList<int> &lines);
    const QList<int> &tintedLines() const { return m_tinted; }
    /// What the pointer points at elsewhere.
    void setMarkedLines(const QList<int> &lines);
    const QList<int> &markedLines() const { return m_marked; }
    /// Scrolls as little as possible, the lines into the middle when they were out of sight.
    void showLines(int first, int last);
    /// 0 when there is none at this place of the viewport.
    int lineAt(const QPoint &position) const;

signals:
    /// 0 when the pointer has left.
    void lineHovered(int line);
    void lineClicked(int line);

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    friend class CodeViewGutter;
    void restyle();
    void placeGutter();
    int gutterWidth() const;
    void paintGutter(QPaintEvent *event);
    void updateSelections();

    const Theme &m_theme;
    CodeHighlighter *m_highlighter;
    QWidget *m_gutter;
    QList<int> m_tinted;
    QList<int> m_marked;
    int m_hovered = 0;
    bool m_numbers = true;
};

} // namespace rt
