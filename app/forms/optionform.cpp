// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/optionform.h"

#include "forms/optioneditor.h"
#include "forms/optionrow.h"
#include "models/labdocument.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QVBoxLayout>

#include <algorithm>

namespace rt {

namespace {
constexpr int widestName = 164;
constexpr int helpDelay = 120;
} // namespace

OptionForm::OptionForm(OptionGroup group, LabDocument &document, const Theme &theme,
                       QWidget *parent)
    : QWidget(parent), m_group(std::move(group)), m_document(document)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 6);
    column->setSpacing(0);
    for (const OptionGroup::Item &item : m_group.items)
        addRow(item, theme);
    alignNames();
    refresh();
    m_helpTimer.setSingleShot(true);
    m_helpTimer.setInterval(helpDelay);
    connect(&m_helpTimer, &QTimer::timeout, this, &OptionForm::showHelp);
    connect(qApp, &QApplication::focusChanged, this, &OptionForm::followFocus);
    connect(&document, &LabDocument::configChanged, this, &OptionForm::refresh);
    connect(&document, &LabDocument::commitRequested, this, &OptionForm::commitEditors);
    connect(&theme, &Theme::changed, this, &OptionForm::alignNames);
}

// An editor that goes loses the keyboard, and tells what was typed into it once more; both come
// when this is no form any longer.
OptionForm::~OptionForm()
{
    qApp->disconnect(this);
    for (OptionRow *row : m_rows)
        row->disconnect(this);
}

void OptionForm::addRow(const OptionGroup::Item &item, const Theme &theme)
{
    auto *row = new OptionRow(item.spec, item.path, theme, this);
    layout()->addWidget(row);
    m_rows.push_back(row);
    connect(row, &OptionRow::edited, this,
            [this, row](const JsValue &value) { applyEdit(row, value); });
    connect(row, &OptionRow::hovered, this,
            [this, row](bool inside) { emit optionHovered(inside ? row->path() : QByteArray()); });
}

void OptionForm::alignNames()
{
    int width = 0;
    for (const OptionRow *row : m_rows)
        width = std::max(width, row->wishedNameWidth());
    const int limit = widestName * fontMetrics().height() / 16;
    for (OptionRow *row : m_rows)
        row->setNameWidth(std::min(width, limit));
}

OptionRow *OptionForm::row(const QByteArray &path) const
{
    OptionRow *nearest = nullptr;
    for (OptionRow *candidate : m_rows) {
        const bool member = path.startsWith(candidate->path() + '.');
        if (candidate->path() == path)
            return candidate;
        if (member && (!nearest || candidate->path().size() > nearest->path().size()))
            nearest = candidate;
    }
    return nearest;
}

int OptionForm::setFilter(const QString &search)
{
    int shown = 0;
    for (OptionRow *row : m_rows) {
        shown += row->setSearch(search) ? 1 : 0;
    }
    return shown;
}

void OptionForm::markOption(const QByteArray &path)
{
    const OptionRow *marked = row(path);
    for (OptionRow *candidate : m_rows)
        candidate->setMarked(candidate == marked);
}

bool OptionForm::focusOption(const QByteArray &path)
{
    OptionRow *wanted = row(path);
    if (!wanted)
        return false;
    wanted->show();
    wanted->editor()->setFocus(Qt::TabFocusReason);
    return true;
}

void OptionForm::refresh()
{
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const JsValue value = changedValue(m_group.items[i], m_document.config());
        m_rows[i]->setValue(value, !value.isUndefined());
    }
}

void OptionForm::applyEdit(OptionRow *row, const JsValue &value)
{
    if (!value.isNullish() && row->spec().check) {
        if (const auto verdict = row->spec().check(value); !verdict) {
            row->setError(verdict.error().message);
            return;
        }
    }
    const auto result = m_document.setOption(row->path(), value);
    row->setError(result ? QString() : result.error().message);
}

void OptionForm::followFocus()
{
    m_helpTimer.start();
}

// Rows must not move under a pressed mouse button, or the click would end on another control.
void OptionForm::showHelp()
{
    if (QGuiApplication::mouseButtons() != Qt::NoButton) {
        m_helpTimer.start();
        return;
    }
    const QWidget *focus = QApplication::focusWidget();
    for (OptionRow *row : m_rows) {
        const bool inside = focus && row->isAncestorOf(focus);
        row->setHelpVisible(inside);
        if (inside)
            emit optionFocused(row->path());
    }
}

void OptionForm::commitEditors()
{
    for (OptionRow *row : m_rows)
        row->editor()->commit();
}

} // namespace rt
