// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/optioneditor.h"

#include "forms/booleaneditor.h"
#include "forms/choiceeditor.h"
#include "forms/lineeditors.h"
#include "forms/literal.h"
#include "forms/mapeditor.h"
#include "forms/origineditor.h"
#include "forms/valueeditor.h"

#include <QCoreApplication>

namespace rt {

OptionEditor::OptionEditor(const OptionSpec &spec, QWidget *parent) : QWidget(parent), m_spec(spec)
{
}

OptionEditor *OptionEditor::create(const OptionSpec &spec, const Theme &theme, QWidget *parent)
{
    switch (spec.kind) {
    case OptionKind::Boolean:
        return new BooleanEditor(spec, theme, parent);
    case OptionKind::Integer:
        return new IntegerEditor(spec, theme, parent);
    case OptionKind::Text:
        return new TextEditor(spec, theme, parent);
    case OptionKind::Choice:
        return new ChoiceEditor(spec, parent);
    case OptionKind::StringList:
        return new StringListEditor(spec, theme, parent);
    case OptionKind::Origin:
        return new OriginEditor(spec, theme, parent);
    case OptionKind::Any:
        break;
    }
    if (!spec.choices.isEmpty() && !spec.defaultValue.isObject())
        return new ChoiceEditor(spec, parent);
    if (spec.defaultValue.isObject())
        return new MapEditor(spec, theme, parent);
    // true, false or an object of its own options: the switch says the first two, rows of their
    // own say the rest.
    if (spec.defaultValue.isBoolean())
        return new BooleanEditor(spec, theme, parent);
    return new ValueEditor(spec, theme, parent);
}

QString OptionEditor::advice(const JsValue &value) const
{
    Q_UNUSED(value)
    return {};
}

QString OptionEditor::absentText() const
{
    if (!m_spec.absentText.isEmpty())
        return QCoreApplication::translate("options", m_spec.absentText.toUtf8().constData());
    return textFromList(m_spec.defaultValue);
}

} // namespace rt
