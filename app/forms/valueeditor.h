// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "forms/optioneditor.h"

#include <QTimer>

namespace rt {

class GrowingEdit;

/// Any JavaScript value: a number, a word or JSON over several lines, checked while it is typed.
class ValueEditor final : public OptionEditor
{
    Q_OBJECT

public:
    ValueEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent);

    void setValue(const JsValue &value) override;
    void commit() override;
    void setControlId(const QString &id, const QString &spokenName) override;

private:
    void revert();
    void write();

    GrowingEdit *m_edit;
    QTimer m_pause;
    JsValue m_value;
    bool m_writing = false;
};

} // namespace rt
