// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/choiceeditor.h"

#include "forms/literal.h"

#include <QComboBox>
#include <QHBoxLayout>

namespace rt {

namespace {

// `true` and `false` among choices are the JavaScript values (sameSite: true means Strict).
JsValue choiceValue(const QString &choice)
{
    if (choice == QLatin1StringView("true") || choice == QLatin1StringView("false"))
        return JsValue(choice == QLatin1StringView("true"));
    return JsValue(choice);
}

} // namespace

ChoiceEditor::ChoiceEditor(const OptionSpec &spec, QWidget *parent)
    : OptionEditor(spec, parent), m_combo(new QComboBox(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_combo);
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(6);
    m_combo->addItem(tr("%1 (default)").arg(absentText()));
    m_values.append(JsValue());
    for (const QString &choice : spec.choices) {
        if (choiceValue(choice) == spec.defaultValue)
            continue;
        m_combo->addItem(choice);
        m_values.append(choiceValue(choice));
    }
    setFocusProxy(m_combo);
    connect(m_combo, &QComboBox::activated, this, &ChoiceEditor::announce);
}

void ChoiceEditor::setValue(const JsValue &value)
{
    const JsValue wanted = value == spec().defaultValue ? JsValue() : value;
    qsizetype index = m_values.indexOf(wanted);
    if (index < 0) { // set from a file: shown as it is
        m_combo->addItem(textFromValue(value));
        m_values.append(value);
        index = m_values.size() - 1;
    }
    m_combo->setCurrentIndex(static_cast<int>(index));
}

void ChoiceEditor::setControlId(const QString &id, const QString &spokenName)
{
    m_combo->setObjectName(id);
    m_combo->setAccessibleName(spokenName);
}

void ChoiceEditor::announce(int index)
{
    emit edited(m_values.at(index));
}

} // namespace rt
