// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/booleaneditor.h"

#include "widgets/toggleswitch.h"

#include <QHBoxLayout>

namespace rt {

BooleanEditor::BooleanEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent)
    : OptionEditor(spec, parent), m_switch(new ToggleSwitch(theme, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_switch);
    layout->addStretch();
    setFocusProxy(m_switch);
    connect(m_switch, &QAbstractButton::clicked, this, &BooleanEditor::announce);
}

void BooleanEditor::setValue(const JsValue &value)
{
    m_switch->setChecked((value.isUndefined() ? spec().defaultValue : value).isTruthy());
}

void BooleanEditor::setControlId(const QString &id, const QString &spokenName)
{
    m_switch->setObjectName(id);
    m_switch->setAccessibleName(spokenName);
}

void BooleanEditor::announce(bool on)
{
    const bool isDefault = on == spec().defaultValue.isTruthy();
    emit edited(isDefault ? JsValue() : JsValue(on));
}

} // namespace rt
