// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/labconfig.h"

#include <QTimer>
#include <QWidget>

namespace rt {

class CodeView;
class LabDocument;
class Theme;

/// "The same in Express": the lab as server.mjs, the lines of the last change tinted, tied to the
/// options by hovering in both directions.
class CodePanel final : public QWidget
{
    Q_OBJECT

public:
    CodePanel(LabDocument &document, const Theme &theme, QWidget *parent = nullptr);

    CodeView *view() const { return m_view; }
    /// Marks the lines of an option ("server.cors.maxAge"); empty marks none.
    void markOption(const QByteArray &path);
    /// Line number, from 1, on which the option stands; that of its stage when the option is not
    /// written out; 0 when the stage is not in the code.
    static int lineOf(const LabConfig &config, const QByteArray &path);

signals:
    void optionHovered(const QByteArray &path);
    /// A line was clicked: the option is to be shown in the form.
    void optionActivated(const QByteArray &path);
    void exportRequested();
    void runRequested();

private:
    QWidget *makeCaption();
    void refresh();
    void tint(const QByteArrayList &paths);
    void copy();
    QByteArray pathOfLine(int line) const;

    LabDocument &m_document;
    const Theme &m_theme;
    CodeView *m_view = nullptr;
    /// How long a change stays tinted.
    QTimer m_moment;
    std::vector<CodeLine> m_lines;
};

} // namespace rt
