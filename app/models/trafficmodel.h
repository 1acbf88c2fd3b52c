// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/capturestore.h"
#include "models/trafficfilter.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QPointer>
#include <QSet>

#include <limits>
#include <vector>

class QTimer;

namespace rt {

/// How a row came out; the delegate gives it its look.
enum class RowState {
    Pending,
    Informational,
    Success,
    Redirect,
    ClientError,
    ServerError,
    Blocked,
    Failed,
    Aborted
};

/// The traffic list: one row per call of the built-in client with its preflights and redirect hops
/// folded under it, one per exchange of any other client. A flat, filtered index over CaptureStore
/// (12 bytes a row): proxies and trees collapse at 10^5 rows. Takes new traffic over at most once
/// per 16 ms and only ever at the end, so selection and scroll position stay.
class TrafficModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Number, Method, Path, Status, From, Wire, Time, Waterfall, ColumnCount };
    enum Role {
        StateRole = Qt::UserRole + 1, ///< RowState
        NoteRole, ///< worth a pill beside the path
        ShortNoteRole, ///< the same in a word or two
        NoteToneRole, ///< Annotation::Tone as int
        OriginRole, ///< target origin when it is not the API's
        FoldRole, ///< Fold
        ChildRole, ///< bool
        StartRole, ///< ms of lab time
        DurationRole, ///< ms
        ExchangeRole, ///< quint64, 0 when there is none yet
        CallRole, ///< quint64, 0 for an external client
    };
    enum class Fold { None, Open, Closed };

    explicit TrafficModel(QObject *parent = nullptr);

    /// Shows another session; null shows nothing.
    void setStore(CaptureStore *store);
    void setFilter(const TrafficFilter &filter);
    /// Keeps the list as it is; what arrives meanwhile is shown when this ends.
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }
    void setFolded(int row, bool folded);
    /// -1 when it is not shown. An exchange that is folded away gives its call's row.
    int rowOf(quint64 exchange, quint64 call) const;
    qsizetype shownExchanges() const { return m_shownExchanges; }
    qsizetype totalExchanges() const { return m_seen; }
    /// The row as one sentence, for screen readers.
    QString sentence(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void countsChanged();

private:
    static constexpr quint32 none = std::numeric_limits<quint32>::max();

    /// A call or an external exchange. Indexes are into CaptureStore::exchanges().
    struct Top
    {
        quint64 call = 0;
        quint32 main = none;
        /// Into m_hops; none when there is nothing but `main`.
        quint32 hops = none;
        bool folded = false;
    };
    struct Row
    {
        quint32 top = 0;
        /// Into the top's hops; none for the top itself.
        quint32 hop = none;
    };

    void scheduleTake();
    void take();
    void takeCalls(double until);
    void onCallChanged(quint64 call);
    void onExchangeUpdated(quint64 exchange);
    void rebuild();

    quint32 topOfCall(quint64 call);
    void attach(quint32 index, std::vector<quint32> &touched, quint32 firstNew);
    void appendNewTops(quint32 firstNew);
    void syncTop(quint32 top);
    bool matches(quint32 top) const;
    qsizetype exchangeCount(quint32 top) const;
    void collectRows(quint32 top, std::vector<Row> &rows) const;
    std::pair<int, int> spanOf(quint32 top) const;

    const ExchangeSummary *summaryAt(quint32 index) const;
    const std::vector<quint32> &hopsOf(const Top &top) const;
    const ExchangeSummary *exchangeOf(const Row &row) const;
    const CallRecord *callOf(const Row &row) const;
    RowState stateOf(const Row &row) const;
    QString statusText(const Row &row) const;
    QString noteText(const Row &row) const;
    QString shortNote(const Row &row) const;
    QVariant display(const Row &row, int column) const;
    QVariant roleData(const Row &row, int role) const;

    QPointer<CaptureStore> m_store;
    TrafficFilter m_filter;
    QTimer *m_timer;
    bool m_paused = false;
    std::vector<Top> m_tops;
    std::vector<std::vector<quint32>> m_hops;
    std::vector<quint32> m_topByExchange;
    QHash<quint64, quint32> m_topByCall;
    std::vector<Row> m_rows;
    QSet<quint32> m_changedTops;
    qsizetype m_seen = 0;
    qsizetype m_callsSeen = 0;
    qsizetype m_shownExchanges = 0;
};

} // namespace rt
