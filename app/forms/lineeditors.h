// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "forms/optioneditor.h"

#include <QTimer>

class QLineEdit;

namespace rt {

/// What editors with one line share: applied on Enter, on leaving the field and after a pause in
/// typing; Escape takes back what has not been applied.
class LineEditor : public OptionEditor
{
    Q_OBJECT

public:
    void setValue(const JsValue &value) override;
    void commit() override;
    void setControlId(const QString &id, const QString &spokenName) override;

protected:
    LineEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent);
    bool eventFilter(QObject *watched, QEvent *event) override;

    QLineEdit *line() const { return m_line; }
    const JsValue &value() const { return m_value; }
    virtual Result<JsValue> read(const QString &text) const = 0;
    virtual QString write(const JsValue &value) const;

private:
    QLineEdit *m_line;
    QTimer m_pause;
    JsValue m_value;
};

/// A number with its unit. Anything else is passed on as a string: what to think of it is the
/// package's business.
class IntegerEditor final : public LineEditor
{
    Q_OBJECT

public:
    IntegerEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    Result<JsValue> read(const QString &text) const override;

private:
    void step(int by);
};

class TextEditor final : public LineEditor
{
    Q_OBJECT

public:
    TextEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent);

protected:
    Result<JsValue> read(const QString &text) const override;
    QString write(const JsValue &value) const override;
};

/// Items with commas between them; [] is the explicit empty list, which is not the default.
class StringListEditor final : public LineEditor
{
    Q_OBJECT

public:
    StringListEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent);

protected:
    Result<JsValue> read(const QString &text) const override;
    QString write(const JsValue &value) const override;
};

} // namespace rt
