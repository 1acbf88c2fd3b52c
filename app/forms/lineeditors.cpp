// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/lineeditors.h"

#include "forms/literal.h"
#include "widgets/captionlabel.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

namespace rt {

namespace {
constexpr int typingPause = 600;
constexpr int numberDigits = 9;
} // namespace

LineEditor::LineEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent)
    : OptionEditor(spec, parent), m_line(new QLineEdit(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_line);
    m_line->setFont(theme.font(FontRole::Mono));
    connect(&theme, &Theme::changed, m_line,
            [this, &theme] { m_line->setFont(theme.font(FontRole::Mono)); });
    m_line->setLayoutDirection(Qt::LeftToRight); // wire text reads this way in every language
    m_line->setPlaceholderText(absentText());
    m_line->installEventFilter(this);
    setFocusProxy(m_line);
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connect(&m_pause, &QTimer::timeout, this, &LineEditor::commit);
    connect(m_line, &QLineEdit::textEdited, &m_pause, qOverload<>(&QTimer::start));
    connect(m_line, &QLineEdit::editingFinished, this, &LineEditor::commit);
}

void LineEditor::setValue(const JsValue &value)
{
    m_value = value;
    if (m_pause.isActive())
        return; // the learner is typing the next value
    const auto shown = read(m_line->text());
    if (!shown || *shown != value) {
        m_line->setText(write(value));
        m_line->setCursorPosition(0);
    }
    m_line->setToolTip(m_line->text());
}

void LineEditor::commit()
{
    m_pause.stop();
    const auto typed = read(m_line->text());
    if (!typed)
        emit refused(typed.error().message);
    else if (*typed != m_value)
        emit edited(*typed);
}

void LineEditor::setControlId(const QString &id, const QString &spokenName)
{
    m_line->setObjectName(id);
    m_line->setAccessibleName(spokenName);
}

bool LineEditor::eventFilter(QObject *watched, QEvent *event)
{
    const auto *key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event) : nullptr;
    if (key && key->key() == Qt::Key_Escape && m_line->text() != write(m_value)) {
        m_pause.stop();
        m_line->setText(write(m_value));
        emit edited(m_value);
        return true;
    }
    return OptionEditor::eventFilter(watched, event);
}

QString LineEditor::write(const JsValue &value) const
{
    return textFromValue(value);
}

IntegerEditor::IntegerEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent)
    : LineEditor(spec, theme, parent)
{
    auto *row = static_cast<QHBoxLayout *>(layout());
    const QFontMetrics metrics(theme.font(FontRole::Mono));
    const QString widest
        = absentText().size() > numberDigits ? absentText() : QString(numberDigits, u'0');
    line()->setMaximumWidth(metrics.horizontalAdvance(widest) + 24);
    row->setStretchFactor(line(), 100); // all there is, up to its maximum
    auto *unit = new CaptionLabel(theme, QCoreApplication::translate("options", spec.unit), this,
                                  FontRole::Ui);
    unit->setVisible(!unit->text().isEmpty());
    row->addWidget(unit);
    row->addStretch(1);
}

bool IntegerEditor::eventFilter(QObject *watched, QEvent *event)
{
    const auto *key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event) : nullptr;
    if (key && key->modifiers() == Qt::NoModifier
        && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
        step(key->key() == Qt::Key_Up ? 1 : -1);
        return true;
    }
    return LineEditor::eventFilter(watched, event);
}

Result<JsValue> IntegerEditor::read(const QString &text) const
{
    return valueFromText(text);
}

void IntegerEditor::step(int by)
{
    const auto typed = read(line()->text());
    const JsValue start = typed && typed->isNumber() ? *typed : spec().defaultValue;
    line()->setText(textFromValue(JsValue(start.toNumber() + by)));
    commit();
}

TextEditor::TextEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent)
    : LineEditor(spec, theme, parent)
{
}

Result<JsValue> TextEditor::read(const QString &text) const
{
    return text.isEmpty() ? JsValue() : JsValue(text);
}

QString TextEditor::write(const JsValue &value) const
{
    return value.isString() ? value.toString() : textFromValue(value);
}

StringListEditor::StringListEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent)
    : LineEditor(spec, theme, parent)
{
}

Result<JsValue> StringListEditor::read(const QString &text) const
{
    // The packages take a string too; one that was set stays one until it is edited.
    if (value().isString() && value().toString() == text)
        return value();
    return listFromText(text, false);
}

QString StringListEditor::write(const JsValue &value) const
{
    return textFromList(value);
}

} // namespace rt
