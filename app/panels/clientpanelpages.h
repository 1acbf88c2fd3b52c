// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"

#include <QWidget>

class QListView;
class QPushButton;
class QStackedLayout;

namespace rt {

class CaptionLabel;
class CodeView;
class LabDocument;
class LabSession;
class RequestHistory;
class Segmented;
class Theme;

/// The request as fetch(), axios and curl, always up to date.
class ClientCodePage final : public QWidget
{
    Q_OBJECT

public:
    ClientCodePage(const LabSession &lab, const Theme &theme, QWidget *parent);

    void setRequest(const FetchRequest &request);
    QString code() const;
    QString language() const;

signals:
    void languageChosen();

private:
    void refresh();
    QString connectTo() const;

    const LabSession &m_lab;
    Segmented *m_language;
    CodeView *m_view;
    FetchRequest m_request;
};

/// What has been sent, to look at, edit and send again.
class ClientHistoryPage final : public QWidget
{
    Q_OBJECT

public:
    ClientHistoryPage(RequestHistory &history, const Theme &theme, QWidget *parent);

signals:
    void editRequested(const rt::FetchRequest &request);
    void resendRequested(const rt::FetchRequest &request);

private:
    void showList();

    RequestHistory &m_history;
    QStackedLayout *m_stack;
    QListView *m_list;
};

/// What the built-in browser remembers and how it behaves: preflight cache, lab clock, network.
class ClientBrowserPage final : public QWidget
{
    Q_OBJECT

public:
    ClientBrowserPage(LabSession &lab, LabDocument &document, const Theme &theme, QWidget *parent);

private:
    QWidget *makeButtons();
    void advance(qint64 milliseconds);
    void refresh();

    LabSession &m_lab;
    const Theme &m_theme;
    CaptionLabel *m_state = nullptr;
    QPushButton *m_clear = nullptr;
};

} // namespace rt
