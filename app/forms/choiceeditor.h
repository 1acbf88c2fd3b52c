// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "forms/optioneditor.h"

class QComboBox;

namespace rt {

/// One of a few values; the default stands first and says that it is one.
class ChoiceEditor final : public OptionEditor
{
    Q_OBJECT

public:
    ChoiceEditor(const OptionSpec &spec, QWidget *parent);

    void setValue(const JsValue &value) override;
    void setControlId(const QString &id, const QString &spokenName) override;

private:
    void announce(int index);

    QComboBox *m_combo;
    /// Value of each row; undefined for the default.
    QList<JsValue> m_values;
};

} // namespace rt
