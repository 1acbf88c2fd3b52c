// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QLineEdit;
class QScrollArea;

namespace rt {

class CaptionLabel;
class LabDocument;
class ServerCardList;
class ServerChanges;
class Theme;

/// The server as the learner builds it: the middleware in order, one card each.
class ServerPanel final : public QWidget
{
    Q_OBJECT

public:
    ServerPanel(LabDocument &document, const Theme &theme, QWidget *parent = nullptr);

    ServerCardList *list() const { return m_list; }
    ServerChanges *changes() const { return m_changes; }
    /// Opens the card of "server.cors.maxAge" and puts the cursor there; "server.cors" opens the
    /// card only. False for a path without a control here.
    bool revealOption(const QByteArray &path);
    /// The same without taking the keyboard focus.
    bool showOption(const QByteArray &path);
    /// Marks the row whose code line is under the pointer; empty marks none.
    void markOption(const QByteArray &path);
    void focusSearch();

signals:
    void optionHovered(const QByteArray &path);
    void optionFocused(const QByteArray &path);
    /// A card made its controls; whoever decides which controls rest must look again.
    void controlsCreated();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupSearch();
    void setupCards();
    void filter(const QString &search);
    void scrollTo(QWidget *widget);

    LabDocument &m_document;
    const Theme &m_theme;
    QLineEdit *m_search = nullptr;
    CaptionLabel *m_found = nullptr;
    QScrollArea *m_scroll = nullptr;
    ServerChanges *m_changes = nullptr;
    ServerCardList *m_list = nullptr;
};

} // namespace rt
