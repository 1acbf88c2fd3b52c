// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "forms/optiongroup.h"
#include "widgets/card.h"

namespace rt {

class LabDocument;
class OptionForm;
class CaptionLabel;
class ServerCardHeader;

/// One stage of the stack, or a group of settings beside it. Its form is made when the card is
/// opened for the first time.
class ServerCard final : public Card
{
    Q_OBJECT

public:
    ServerCard(OptionGroup group, LabDocument &document, const Theme &theme, QWidget *parent);

    const OptionGroup &group() const { return m_group; }
    const QByteArray &stage() const { return m_group.id; }
    bool holds(const QByteArray &path) const;
    ServerCardHeader *header() const { return m_header; }
    bool isOpen() const;
    void setOpen(bool open);
    /// The form when the card has been opened once, else null.
    OptionForm *form() const { return m_form; }
    /// Shows what matches; a card without a match hides. Returns the number of matching options.
    int setFilter(const QString &search);
    void markOption(const QByteArray &path);
    /// Opens the card and puts the cursor into the option.
    bool focusOption(const QByteArray &path);

signals:
    void opened();
    void optionHovered(const QByteArray &path);
    void optionFocused(const QByteArray &path);

private:
    void refresh();
    void makeForm();
    QString summary(qsizetype changed) const;
    void switchStage(bool enabled);
    /// What the package says against the stage as it is; empty takes it away.
    void showRefusal(const QString &sentence);
    QString refusal() const;

    OptionGroup m_group;
    LabDocument &m_document;
    const Theme &m_theme;
    ServerCardHeader *m_header;
    CaptionLabel *m_refusal = nullptr;
    OptionForm *m_form = nullptr;
    QByteArray m_marked;
};

} // namespace rt
