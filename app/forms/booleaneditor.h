// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "forms/optioneditor.h"

namespace rt {

class ToggleSwitch;

/// A switch. An option that takes true, false or an object shows "on" for the object.
class BooleanEditor final : public OptionEditor
{
    Q_OBJECT

public:
    BooleanEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent);

    void setValue(const JsValue &value) override;
    void setControlId(const QString &id, const QString &spokenName) override;

private:
    void announce(bool on);

    ToggleSwitch *m_switch;
};

} // namespace rt
