// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"
#include "models/history.h"
#include "models/savedrequests.h"

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
class PredictionPill;
class RequestBar;
class Theme;

/// The built-in client: what a page's script hands to fetch(), or curl to its command line.
class ClientPanel final : public QWidget
{
    Q_OBJECT

public:
    enum class Tab { Headers, Body, Code, History, Saved, Browser };

    ClientPanel(LabSession &lab, LabDocument &document, const Theme &theme,
                QWidget *parent = nullptr);
    ~ClientPanel() override;

    /// Where saved requests are kept. The error says why they cannot be read.
    Result<void> setSavedFile(const QString &file) { return m_saved.setFile(file); }
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
    /// Puts a stolen header into the raw tool, which knows no browser's rules.
    void useInRawTool(const QByteArray &header, const QByteArray &value);
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
    QWidget *makeHeadersPage();
    void setupRequest();
    void save(const QString &name);
    void judge(const std::vector<CaptureItem> &items);
    void refresh();
    void arrangeTabs();
    void start(const FetchRequest &request, int times);
    void followKind(bool json);

    LabSession &m_lab;
    LabDocument &m_document;
    const Theme &m_theme;
    RequestHistory m_history;
    SavedRequests m_saved;
    FetchRequest m_last;
    ClientHeader *m_header = nullptr;
    RequestBar *m_bar = nullptr;
    QBoxLayout *m_tabRow = nullptr;
    QTabBar *m_tabs = nullptr;
    Pill *m_hint = nullptr;
    PredictionPill *m_prediction = nullptr;
    QStackedWidget *m_pages = nullptr;
    HeaderTable *m_headers = nullptr;
    BodyEditor *m_body = nullptr;
    ClientCodePage *m_code = nullptr;
    bool m_filling = false;
};

} // namespace rt
