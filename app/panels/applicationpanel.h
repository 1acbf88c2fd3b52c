// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QStackedWidget;
class QTimer;

namespace rt {

class ApplicationCookies;
class ApplicationPreflights;
class ApplicationStorage;
class CaptureStore;
class LabSession;
class Segmented;
class Selection;

/// What the built-in browser holds for its pages: cookies, storage, remembered preflights. To look
/// at, change, delete and carry away.
class ApplicationPanel : public QWidget
{
    Q_OBJECT

public:
    enum class Page { Cookies, Storage, Preflights };

    ApplicationPanel(LabSession &lab, Selection &selection, const Theme &theme,
                     QWidget *parent = nullptr);

    void setStore(CaptureStore *store);
    void showPage(Page page);

signals:
    /// What was asked for cannot be done; one sentence.
    void refused(const QString &sentence);
    /// Something is to be used from another client, as this header.
    void stealRequested(const QByteArray &header, const QByteArray &value);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    Segmented *m_choice;
    QStackedWidget *m_pages;
    ApplicationCookies *m_cookies;
    ApplicationStorage *m_storage;
    ApplicationPreflights *m_preflights;
    /// Ages count down while somebody looks.
    QTimer *m_second;
};

} // namespace rt
