// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/exchangepage.h"

#include <array>

class QLabel;
class QStackedWidget;
class QTabBar;

namespace rt {

class CaptureStore;
class CaptionLabel;
class EmptyState;
class LabDocument;
class Pill;

/// The inspector: the selected exchange at six depths, from one sentence to its bytes.
class ExchangePanel : public QWidget
{
    Q_OBJECT

public:
    enum class Page { Story, Headers, Body, Stages, Trace, Timing, Wire };
    static constexpr int pageCount = static_cast<int>(Page::Wire) + 1;

    ExchangePanel(const Theme &theme, Selection &selection, LabDocument &document,
                  QWidget *parent = nullptr);

    void setStore(CaptureStore *store);
    void setPage(Page page);
    ExchangePage *page(Page page) const { return m_pages[static_cast<size_t>(page)]; }
    EmptyState &emptyState() { return *m_empty; }
    const Inspected &inspected() const { return m_inspected; }
    /// Changes every setting that together mends it; false when no setting can.
    bool applyFix();
    /// Into Diagnosis::fixes; FixBar::allFixes for everything that mends it.
    void runFix(int fix);
    void setHighlights(const QStringList &paths);
    /// Reads what is selected again.
    void refresh();

signals:
    /// A fix was refused by the package it concerns; one sentence.
    void refused(const QString &sentence);
    /// A document about something that is shown.
    void linkRequested(const QUrl &url);
    /// A fix was applied for this call; it is worth another try.
    void mended(const rt::CallRecord &call);

private:
    void setupPages();
    QWidget *makeStoryLine();
    void onCallChanged(quint64 call);
    void onExchangeUpdated(quint64 exchange);
    void showPage();
    void showVerdict();
    void showBadges();
    void read();

    const Theme &m_theme;
    Selection &m_selection;
    LabDocument &m_document;
    CaptureStore *m_store = nullptr;
    Inspected m_inspected;
    QStackedWidget *m_outer;
    EmptyState *m_empty;
    QTabBar *m_tabs;
    Pill *m_verdict = nullptr;
    QLabel *m_story = nullptr;
    QStackedWidget *m_stack;
    std::array<ExchangePage *, pageCount> m_pages {};
    std::array<bool, pageCount> m_stale {};
};

} // namespace rt
