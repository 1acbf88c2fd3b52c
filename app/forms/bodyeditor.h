// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"

#include <QWidget>

class QPlainTextEdit;

namespace rt {

class CaptionLabel;
class CodeHighlighter;
class Segmented;
class Theme;

/// The body of a request: what kind it is, its text, and whether the text is what it claims to be.
/// A wrong text can be sent all the same: seeing the server refuse it is part of the lab.
class BodyEditor final : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { None, Json, Form, Text };

    explicit BodyEditor(const Theme &theme, QWidget *parent = nullptr);

    Kind kind() const { return m_kind; }
    void setKind(Kind kind);
    QString text() const;
    void setText(const QString &text);
    /// "None", "JSON" ...: for the tab.
    QString kindName() const;
    /// Body, hasBody and bodyType.
    void writeTo(FetchRequest &request) const;
    void readFrom(const FetchRequest &request);
    /// Empty when the text is what it claims to be.
    QString problem() const;
    QPlainTextEdit *edit() const { return m_edit; }

signals:
    void bodyChanged();
    /// By the learner: the panel adds or takes away the Content-Type header of JSON.
    void kindChosen(rt::BodyEditor::Kind kind);

private:
    QWidget *makeBar();
    void restyle();
    void choose(int index);
    void refresh();
    void makeReadable();

    const Theme &m_theme;
    Segmented *m_kinds = nullptr;
    CaptionLabel *m_status = nullptr;
    QWidget *m_format = nullptr;
    QPlainTextEdit *m_edit = nullptr;
    CodeHighlighter *m_highlighter = nullptr;
    Kind m_kind = Kind::None;
};

/// Lines of name=value to application/x-www-form-urlencoded and back.
QByteArray formFromLines(const QString &lines);
QString linesFromForm(const QByteArray &form);

} // namespace rt
