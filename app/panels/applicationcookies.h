// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/labsession.h"
#include "panels/applicationtable.h"

#include <QPointer>

namespace rt {

class CaptureStore;
class RichView;
class Selection;

/// The cookie jar: each cookie with what became of it in the selected request, and with which
/// requests it would travel.
class ApplicationCookies final : public ApplicationTable
{
    Q_OBJECT

public:
    ApplicationCookies(LabSession &lab, Selection &selection, const Theme &theme, QWidget *parent);

    void setStore(CaptureStore *store);
    void refresh();

signals:
    void refused(const QString &sentence);
    void stealRequested(const QByteArray &header, const QByteArray &value);

private:
    void setupButtons();
    void edit(const QString &key, const QString &value);
    void add();
    void remove();
    void run(JsValue arguments);
    void showDetail();
    /// nullptr when the key is not in the jar.
    const BrowserState::CookieEntry *cookie(const QString &key) const;

    LabSession &m_lab;
    Selection &m_selection;
    QPointer<CaptureStore> m_store;
    RichView *m_detail;
};

} // namespace rt
