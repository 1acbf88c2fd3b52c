// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/valueeditor.h"

#include "forms/growingedit.h"
#include "forms/literal.h"
#include "widgets/theme.h"

#include <QHBoxLayout>

namespace rt {

namespace {

constexpr int typingPause = 800;

QString shown(const JsValue &value)
{
    if (!value.isObject() && !value.isArray())
        return textFromValue(value);
    const QString compact = stringifyJson(value);
    return compact.size() <= 24 ? compact : stringifyJson(value, QStringLiteral("  "));
}

} // namespace

ValueEditor::ValueEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent)
    : OptionEditor(spec, parent), m_edit(new GrowingEdit(theme, this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit);
    m_edit->setPlaceholderText(absentText());
    setFocusProxy(m_edit);
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &ValueEditor::commit);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_writing)
            m_pause.start();
    });
    connect(m_edit, &GrowingEdit::submitted, this, &ValueEditor::commit);
    connect(m_edit, &GrowingEdit::left, this, &ValueEditor::commit);
    connect(m_edit, &GrowingEdit::escaped, this, &ValueEditor::revert);
}

void ValueEditor::setValue(const JsValue &value)
{
    m_value = value;
    if (m_pause.isActive())
        return; // the learner is typing the next value
    const auto typed = valueFromText(m_edit->toPlainText());
    if (!typed || *typed != value)
        write();
}

void ValueEditor::commit()
{
    m_pause.stop();
    const auto typed = valueFromText(m_edit->toPlainText());
    if (!typed)
        emit refused(typed.error().message);
    else if (*typed != m_value)
        emit edited(*typed);
}

void ValueEditor::revert()
{
    m_pause.stop();
    write();
    emit edited(m_value);
}

void ValueEditor::write()
{
    m_writing = true;
    m_edit->setPlainText(shown(m_value));
    m_writing = false;
}

void ValueEditor::setControlId(const QString &id, const QString &spokenName)
{
    m_edit->setObjectName(id);
    m_edit->setAccessibleName(spokenName);
}

} // namespace rt
