// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "forms/optioneditor.h"

#include <vector>

class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace rt {

/// An object member by member: a name and a value in each line, one empty line for the next. Names
/// are proposed from the option's choices. The unit "sources" makes values lists with spaces
/// between their items, as a Content-Security-Policy is written. A value that is no object stands
/// in a line without a name.
class MapEditor final : public OptionEditor
{
    Q_OBJECT

public:
    MapEditor(const OptionSpec &spec, const Theme &theme, QWidget *parent);

    void setValue(const JsValue &value) override;
    void commit() override;
    void setControlId(const QString &id, const QString &spokenName) override;
    bool isWide() const override { return true; }

private:
    struct Line
    {
        QWidget *holder = nullptr;
        QLineEdit *name = nullptr;
        QLineEdit *value = nullptr;
        QToolButton *remove = nullptr;
        bool isEmpty() const;
    };

    void addLine(const QString &name, const QString &value);
    void removeLine(const QWidget *holder);
    /// Takes empty lines away, all but the last.
    void tidy();
    static void discard(const Line &line);
    void nameLines();
    void rebuild();
    Result<JsValue> typed() const;
    Result<JsValue> read(const QString &text) const;
    QString write(const JsValue &value) const;
    bool hasSources() const;

    const Theme &m_theme;
    QVBoxLayout *m_column;
    std::vector<Line> m_lines;
    JsValue m_value;
    QString m_spokenName;
};

} // namespace rt
