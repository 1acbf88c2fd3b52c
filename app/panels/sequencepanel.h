// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"

#include <QWidget>

class QStackedWidget;

namespace rt {

class CaptureStore;
class EmptyState;
class Segmented;
class SequenceView;
class Theme;

/// The selected call as a sequence of messages between page, browser and server, with the stages of
/// the server's stack as columns.
class SequencePanel final : public QWidget
{
    Q_OBJECT

public:
    explicit SequencePanel(const Theme &theme, QWidget *parent = nullptr);

    /// Shows another session; null empties the panel.
    void setStore(const CaptureStore *store);

    /// What an empty panel offers.
    EmptyState *emptyState() const { return m_empty; }
    /// By extension: svg or png (twice the size of the screen).
    Result<void> exportTo(const QString &fileName) const;

public slots:
    /// The exchange's whole call; an external exchange alone. 0 empties the panel.
    void showExchange(quint64 exchange);
    void showCall(quint64 call);
    /// Shows what is selected again after more of it is known.
    void refresh();

signals:
    void exchangeSelected(quint64 exchange);

private:
    QWidget *makeHeader();
    void show(quint64 call, quint64 exchange);

    const CaptureStore *m_store = nullptr;
    const Theme &m_theme;
    QStackedWidget *m_pages;
    SequenceView *m_view;
    EmptyState *m_empty;
    Segmented *m_mode;
    quint64 m_call = 0;
    quint64 m_exchange = 0;
};

} // namespace rt
