// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/labdocument.h"

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace rt {

class PillButton;
class Theme;

/// What changed since the lab was opened, the lesson began or the last request was sent: one line
/// with the number, and on demand every difference with the way back.
class ServerChanges final : public QWidget
{
    Q_OBJECT

public:
    ServerChanges(LabDocument &document, const Theme &theme, QWidget *parent = nullptr);

    LabDocument::Reference reference() const { return m_reference; }
    void setReference(LabDocument::Reference reference);
    void setOpen(bool open);

signals:
    /// A difference was clicked: the option is to be shown.
    void optionActivated(const QByteArray &path);

private:
    void setupLine();
    void setupMenu();
    void refresh();
    void fillList(const QByteArrayList &paths);
    QWidget *makeRow(const QByteArray &path);
    QString title(qsizetype count) const;
    QString changeText(const QByteArray &path) const;
    QString orderText() const;
    QString valueText(const LabConfig &config, const QByteArray &path) const;

    LabDocument &m_document;
    const Theme &m_theme;
    LabDocument::Reference m_reference = LabDocument::Reference::Start;
    QToolButton *m_title = nullptr;
    PillButton *m_since = nullptr;
    QWidget *m_rows = nullptr;
    bool m_open = false;
};

} // namespace rt
