// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"
#include "models/history.h"

#include <QWidget>

class QBoxLayout;
class QStackedWidget;
class QTabBar;
class QTimer;

namespace rt {

class BodyEditor;
class ClientBrowserPage;
class ClientCodePage;
class ClientHistoryPage;
class ClientHeader;
class HeaderTable;
class LabDocument;
class LabSession;
class Pill;
class RequestBar;
class Theme;

/// The built-in client: what a page's script hands to fetch(), or curl to its command line.
class ClientPanel final : public QWidget
{
    Q_OBJECT

public:
    enum class Tab { Headers, Body, Code, History, Browser };

    ClientPanel(LabSession &lab, LabDocument &document, const Theme &theme,
                QWidget *parent = nullptr);
    ~ClientPanel() override;

    /// The request as the controls say it now.
    FetchRequest request() const;
    /// Fills the controls: history, "edit and resend" of a captured call, the tour.
    void setRequest(const FetchRequest &request);
    /// Does nothing while the Send button rests.
    void send();
    /// Sends the last request once more, whatever the controls say now.
    void sendAgain();
    /// Makes a call of the capture once more, under the settings of now.
    void resend(const CallRecord &call);
    void focusUrl();
    void showTab(Tab tab);
    QSize sizeHint() const override;
    const RequestHistory &history() const { return m_history; }

signals:
    /// A call was started.
    void sent(quint64 call);
    /// What was asked for cannot be sent; one sentence.
    void refused(const QString &sentence);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setupTabs();
    void setupPages();
    void setupRequest();
    void refresh();
    void arrangeTabs();
    void start(const FetchRequest &request, int times);
    void followKind(bool json);

    LabSession &m_lab;
    LabDocument &m_document;
    const Theme &m_theme;
    RequestHistory m_history;
    FetchRequest m_last;
    ClientHeader *m_header = nullptr;
    RequestBar *m_bar = nullptr;
    QBoxLayout *m_tabRow = nullptr;
    QTabBar *m_tabs = nullptr;
    Pill *m_hint = nullptr;
    QStackedWidget *m_pages = nullptr;
    HeaderTable *m_headers = nullptr;
    BodyEditor *m_body = nullptr;
    ClientCodePage *m_code = nullptr;
    bool m_filling = false;
};

} // namespace rt
