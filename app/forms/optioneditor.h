// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "options/optionspec.h"

#include <QWidget>

namespace rt {

class Theme;

/// Edits one option. There is one editor per kind of option, never one per option: what it shows
/// and accepts comes from the OptionSpec. It knows nothing of documents and undo.
class OptionEditor : public QWidget
{
    Q_OBJECT

public:
    static OptionEditor *create(const OptionSpec &spec, const Theme &theme, QWidget *parent);

    const OptionSpec &spec() const { return m_spec; }
    /// The explicit value; undefined shows the default. Leaves alone what already means the same,
    /// so that nothing jumps under the learner's cursor.
    virtual void setValue(const JsValue &value) = 0;
    /// Hands out what has been typed and not announced yet.
    virtual void commit() { }
    /// Names the control (lesson format) and what assistive technology says for it.
    virtual void setControlId(const QString &id, const QString &spokenName) = 0;
    /// Needs the whole width of the form, below the name.
    virtual bool isWide() const { return false; }
    /// What will surprise although the package takes it, as a sentence; usually empty.
    virtual QString advice(const JsValue &value) const;

signals:
    /// The learner asks for this value; undefined asks for the default.
    void edited(const rt::JsValue &value);
    /// What is typed cannot be read as a value at all.
    void refused(const QString &sentence);

protected:
    OptionEditor(const OptionSpec &spec, QWidget *parent);
    /// What absence means, for a placeholder: the default, or the sentence for "no default".
    QString absentText() const;

private:
    OptionSpec m_spec;
};

} // namespace rt
