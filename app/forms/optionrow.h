// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "options/optionspec.h"

#include <QWidget>

namespace rt {

class CaptionLabel;
class ElidedLabel;
class OptionEditor;
class ResetDot;
class Theme;

/// One option in a form: its npm name, a dot that puts it back while it differs from the default,
/// its editor, and below what helps now: the help sentence or the package's objection.
class OptionRow : public QWidget
{
    Q_OBJECT

public:
    /// `path` is the control id: "server.cors.maxAge".
    OptionRow(const OptionSpec &spec, QByteArray path, const Theme &theme, QWidget *parent);

    const QByteArray &path() const { return m_path; }
    const OptionSpec &spec() const { return m_spec; }
    OptionEditor *editor() const { return m_editor; }
    /// The explicit value and whether it differs from the default.
    void setValue(const JsValue &value, bool changed);
    /// Shows the row when every word is found in its name, title, help or headers; marks the words
    /// where they stand. Returns whether it is shown; an empty search shows all.
    bool setSearch(const QString &search);
    void setHelpVisible(bool visible);
    /// Empty takes the objection away.
    void setError(const QString &sentence);
    QString error() const;
    /// Width the name would like; the form gives all rows the same.
    int wishedNameWidth() const;
    void setNameWidth(int width);
    void setMarked(bool marked);

signals:
    void edited(const rt::JsValue &value);
    void hovered(bool inside);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void setupLine(const Theme &theme);
    void setupNotes(const Theme &theme);
    bool matches(const QStringList &words) const;
    void showNote();
    QString shortName() const;
    QString spokenName() const;
    QString toolTipText() const;

    const Theme &m_theme;
    OptionSpec m_spec;
    QByteArray m_path;
    QWidget *m_nameCell = nullptr;
    ElidedLabel *m_name = nullptr;
    ResetDot *m_reset = nullptr;
    OptionEditor *m_editor = nullptr;
    CaptionLabel *m_help = nullptr;
    CaptionLabel *m_error = nullptr;
    QString m_refusal;
    QString m_advice;
    bool m_marked = false;
    bool m_focused = false;
    /// The search found something that only the help sentence shows.
    bool m_explained = false;
};

} // namespace rt
