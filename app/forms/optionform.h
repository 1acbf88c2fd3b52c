// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "forms/optiongroup.h"

#include <QTimer>
#include <QWidget>

namespace rt {

class LabDocument;
class OptionRow;
class Theme;

/// The options of one group, made from their OptionTable rows and tied to the document.
class OptionForm : public QWidget
{
    Q_OBJECT

public:
    OptionForm(OptionGroup group, LabDocument &document, const Theme &theme, QWidget *parent);
    ~OptionForm() override;

    /// The row of a setting, or of the option a member of a value belongs to.
    OptionRow *row(const QByteArray &path) const;
    /// Shows only options that match; returns how many do. Empty shows all.
    int setFilter(const QString &search);
    void markOption(const QByteArray &path);
    /// Puts the cursor into the option's editor.
    bool focusOption(const QByteArray &path);

signals:
    /// Empty when the pointer has left.
    void optionHovered(const QByteArray &path);
    void optionFocused(const QByteArray &path);

private:
    void addRow(const OptionGroup::Item &item, const Theme &theme);
    void alignNames();
    void refresh();
    void applyEdit(OptionRow *row, const JsValue &value);
    void followFocus();
    void showHelp();
    void commitEditors();

    OptionGroup m_group;
    LabDocument &m_document;
    std::vector<OptionRow *> m_rows;
    QTimer m_helpTimer;
};

} // namespace rt
