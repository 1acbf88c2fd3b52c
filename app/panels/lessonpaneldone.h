// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractButton>
#include <QUrl>

namespace rt {

class MarkdownView;
class Theme;

/// The line of a step that is done: tick and instruction, cut to fit.
class DoneStepLine final : public QAbstractButton
{
    Q_OBJECT

public:
    DoneStepLine(const Theme &theme, QWidget *parent);

    void setShown(bool withHelp) { m_withHelp = withHelp; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    bool m_withHelp = false;
};

/// A step that is done: one line, and on demand what it showed and why that matters.
class DoneStep final : public QWidget
{
    Q_OBJECT

public:
    struct Content
    {
        int number = 1;
        QString instruction;
        /// Markdown; what the learner predicted and the text shown on passing.
        QString after;
        /// "Show me" was used.
        bool withHelp = false;
    };

    DoneStep(const Content &content, const Theme &theme, QWidget *parent);

    void setOpen(bool open);
    bool isOpen() const;

signals:
    void linkActivated(const QUrl &url);

private:
    DoneStepLine *m_line;
    QWidget *m_holder;
};

} // namespace rt
