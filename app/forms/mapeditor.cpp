// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/mapeditor.h"

#include "forms/literal.h"
#include "widgets/theme.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

namespace rt {

MapEditor::MapEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent)
    : OptionEditor(spec, parent), m_theme(theme), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(3);
    connect(&theme, &Theme::changed, this, &MapEditor::rebuild);
    rebuild();
}

bool MapEditor::hasSources() const
{
    return QLatin1StringView(spec().unit) == QLatin1StringView("sources");
}

void MapEditor::addLine(const QString &name, const QString &value)
{
    Line line;
    line.holder = new QWidget(this);
    auto *row = new QHBoxLayout(line.holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    line.name = new QLineEdit(name, line.holder);
    line.value = new QLineEdit(value, line.holder);
    line.name->setPlaceholderText(tr("name"));
    line.value->setPlaceholderText(hasSources() ? QStringLiteral("'self' https:") : tr("value"));
    auto *completer = new QCompleter(spec().choices, line.name);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    line.name->setCompleter(completer);
    for (QLineEdit *edit : {line.name, line.value}) {
        edit->setFont(m_theme.font(FontRole::Mono));
        edit->setLayoutDirection(Qt::LeftToRight); // wire text reads this way in every language
        edit->setCursorPosition(0);
        connect(edit, &QLineEdit::editingFinished, this, &MapEditor::commit);
    }
    line.remove = new QToolButton(line.holder);
    line.remove->setAutoRaise(true);
    line.remove->setIcon(m_theme.icon(QStringLiteral("close"), Token::Dim));
    line.remove->setToolTip(tr("Remove"));
    connect(line.remove, &QToolButton::clicked, this,
            [this, holder = line.holder] { removeLine(holder); });
    row->addWidget(line.name, 2);
    row->addWidget(line.value, 3);
    row->addWidget(line.remove);
    m_column->addWidget(line.holder);
    m_lines.push_back(line);
}

void MapEditor::removeLine(const QWidget *holder)
{
    for (const Line &line : m_lines) {
        if (line.holder != holder)
            continue;
        line.name->clear();
        line.value->clear();
    }
    commit();
}

void MapEditor::setValue(const JsValue &value)
{
    m_value = value;
    const auto shown = typed();
    if (shown && *shown == value)
        tidy(); // what was typed here: the cursor stays where it is
    else
        rebuild();
}

bool MapEditor::Line::isEmpty() const
{
    return name->text().trimmed().isEmpty() && value->text().trimmed().isEmpty();
}

// The line may be what just sent a signal.
void MapEditor::discard(const Line &line)
{
    for (QWidget *widget :
         {line.holder, static_cast<QWidget *>(line.name), static_cast<QWidget *>(line.value)})
        widget->setObjectName({});
    line.holder->hide();
    line.holder->deleteLater();
}

void MapEditor::tidy()
{
    const auto last = m_lines.end() - 1;
    const auto empty = std::stable_partition(m_lines.begin(), last,
                                             [](const Line &line) { return !line.isEmpty(); });
    std::for_each(empty, last, discard);
    m_lines.erase(empty, last);
    // The keyboard may be on its way into the empty line at the end, so that one stays.
    if (!m_lines.back().isEmpty())
        addLine({}, {});
    nameLines();
}

void MapEditor::rebuild()
{
    std::for_each(m_lines.begin(), m_lines.end(), discard);
    m_lines.clear();
    if (!m_value.isObject() && !m_value.isUndefined())
        addLine({}, textFromValue(m_value));
    for (const auto &[name, value] : m_value.members())
        addLine(name, write(value));
    addLine({}, {});
    setFocusProxy(m_lines.front().name);
    nameLines();
}

void MapEditor::nameLines()
{
    for (size_t i = 0; i < m_lines.size(); ++i) {
        const QString name = m_lines[i].name->text();
        m_lines[i].name->setAccessibleName(tr("%1, name %2").arg(m_spokenName).arg(i + 1));
        m_lines[i].value->setAccessibleName(tr("%1, value of %2").arg(m_spokenName, name));
        m_lines[i].name->setObjectName(objectName() + QStringLiteral(".name.%1").arg(i));
        m_lines[i].value->setObjectName(objectName() + QStringLiteral(".value.%1").arg(i));
        m_lines[i].remove->setAccessibleName(tr("Remove %1").arg(name));
        m_lines[i].remove->setEnabled(!m_lines[i].isEmpty());
    }
}

Result<JsValue> MapEditor::typed() const
{
    JsValue object = JsValue::object();
    for (const Line &line : m_lines) {
        const QString name = line.name->text().trimmed();
        const QString text = line.value->text().trimmed();
        if (line.isEmpty())
            continue;
        auto value = read(text);
        if (!value)
            return value;
        if (name.isEmpty())
            return value;
        object.insert(name, *value);
    }
    return object.size() > 0 ? object : JsValue();
}

Result<JsValue> MapEditor::read(const QString &text) const
{
    const bool plain = !text.startsWith(u'[') && !text.startsWith(u'{') && text != u"null";
    if (!hasSources() || !plain)
        return valueFromText(text);
    return JsValue::stringArray(text.split(u' ', Qt::SkipEmptyParts));
}

QString MapEditor::write(const JsValue &value) const
{
    const auto &items = value.items();
    const bool texts = value.isArray() && !items.isEmpty()
        && std::all_of(items.begin(), items.end(),
                       [](const JsValue &item) { return item.isString(); });
    if (!hasSources() || !texts)
        return textFromValue(value);
    QStringList sources;
    for (const JsValue &item : items)
        sources.append(item.toString());
    return sources.join(u' ');
}

void MapEditor::commit()
{
    nameLines();
    const auto value = typed();
    if (!value) {
        emit refused(value.error().message);
        return;
    }
    if (*value == m_value)
        return;
    // A line half typed waits for its other half.
    const bool half = std::any_of(m_lines.begin(), m_lines.end(), [](const Line &line) {
        return !line.name->text().trimmed().isEmpty() && line.value->text().trimmed().isEmpty();
    });
    if (half)
        return;
    emit edited(*value);
}

void MapEditor::setControlId(const QString &id, const QString &spokenName)
{
    setObjectName(id);
    m_spokenName = spokenName;
    setAccessibleName(spokenName);
    nameLines();
}

} // namespace rt
