// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QActionGroup;
class QMenu;

namespace rt {

class LabDocument;
class PillButton;
class Theme;

/// Who sends: the page, and whether a browser's rules apply at all.
class ClientHeader final : public QWidget
{
    Q_OBJECT

public:
    ClientHeader(LabDocument &document, const Theme &theme, QWidget *parent);

    bool isRaw() const { return m_raw; }
    void setRaw(bool raw);
    /// Who asks: fetch, navigate, form, img, script, style or iframe (FetchRequest::api).
    QByteArray kind() const { return m_kind; }
    void setKind(const QByteArray &api);
    /// Origin of the page, from the configuration.
    QByteArray page() const;

signals:
    void rawChanged(bool raw);
    void kindChanged(const QByteArray &api);
    /// The page menu's last row: any origin, typed.
    void browserPageRequested();

private:
    void fillPageMenu();
    void fillKindMenu(QMenu &menu);
    static QString kindText(const QByteArray &api);
    void refresh();

    LabDocument &m_document;
    PillButton *m_page;
    PillButton *m_asks;
    PillButton *m_rules;
    QMenu *m_menu;
    QByteArray m_kind = "fetch";
    bool m_raw = false;
};

} // namespace rt
