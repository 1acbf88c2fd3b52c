// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/trafficmodel.h"

#include <QTimer>

#include <algorithm>

namespace rt {

TrafficModel::TrafficModel(QObject *parent) : QAbstractTableModel(parent), m_timer(new QTimer(this))
{
    m_timer->setSingleShot(true);
    m_timer->setInterval(16);
    connect(m_timer, &QTimer::timeout, this, &TrafficModel::take);
}

void TrafficModel::setStore(CaptureStore *store)
{
    if (m_store)
        m_store->disconnect(this);
    m_store = store;
    rebuild();
    if (!store)
        return;
    connect(store, &CaptureStore::exchangesAdded, this, &TrafficModel::scheduleTake);
    connect(store, &CaptureStore::callChanged, this, &TrafficModel::onCallChanged);
    connect(store, &CaptureStore::exchangeUpdated, this, &TrafficModel::onExchangeUpdated);
    connect(store, &CaptureStore::cleared, this, &TrafficModel::rebuild);
}

void TrafficModel::setPaused(bool paused)
{
    m_paused = paused;
    if (!paused)
        take();
}

void TrafficModel::scheduleTake()
{
    if (!m_paused && !m_timer->isActive())
        m_timer->start();
}

void TrafficModel::onCallChanged(quint64 call)
{
    const auto known = m_topByCall.constFind(call);
    if (known != m_topByCall.constEnd())
        m_changedTops.insert(*known);
    scheduleTake();
}

// A call is a row from its start, also when nothing of it ever reaches the wire.
void TrafficModel::takeCalls(double until)
{
    const std::vector<CallRecord> &calls = m_store->calls();
    const auto total = static_cast<qsizetype>(calls.size());
    for (; m_callsSeen < total; ++m_callsSeen) {
        const CallRecord &call = calls[static_cast<size_t>(m_callsSeen)];
        if (call.t > until)
            return;
        topOfCall(call.id);
    }
}

void TrafficModel::onExchangeUpdated(quint64 exchange)
{
    const ExchangeSummary *summary = m_store ? m_store->summary(exchange) : nullptr;
    const auto index = summary ? summary - m_store->exchanges().data() : m_seen;
    if (index < m_seen)
        m_changedTops.insert(m_topByExchange[static_cast<size_t>(index)]);
    scheduleTake();
}

void TrafficModel::rebuild()
{
    beginResetModel();
    m_tops.clear();
    m_hops.clear();
    m_topByExchange.clear();
    m_topByCall.clear();
    m_rows.clear();
    m_changedTops.clear();
    m_seen = 0;
    m_callsSeen = 0;
    m_shownExchanges = 0;
    endResetModel();
    take();
    emit countsChanged();
}

quint32 TrafficModel::topOfCall(quint64 call)
{
    const auto known = m_topByCall.constFind(call);
    if (known != m_topByCall.constEnd())
        return *known;
    Top top;
    top.call = call;
    m_tops.push_back(top);
    const auto index = static_cast<quint32>(m_tops.size() - 1);
    m_topByCall.insert(call, index);
    return index;
}

void TrafficModel::take()
{
    if (m_paused || !m_store)
        return;
    const auto firstNew = static_cast<quint32>(m_tops.size());
    std::vector<quint32> touched;
    const auto total = static_cast<qsizetype>(m_store->exchanges().size());
    for (qsizetype index = m_seen; index < total; ++index) {
        takeCalls(summaryAt(static_cast<quint32>(index))->t);
        attach(static_cast<quint32>(index), touched, firstNew);
    }
    takeCalls(std::numeric_limits<double>::infinity());
    m_seen = total;
    for (const quint32 top : std::as_const(m_changedTops))
        touched.push_back(top);
    m_changedTops.clear();
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const quint32 top : touched) {
        if (top < firstNew)
            syncTop(top);
    }
    appendNewTops(firstNew);
    emit countsChanged();
}

void TrafficModel::attach(quint32 index, std::vector<quint32> &touched, quint32 firstNew)
{
    const ExchangeSummary &summary = *summaryAt(index);
    quint32 position = none;
    if (summary.call == 0) {
        Top top;
        m_tops.push_back(top);
        position = static_cast<quint32>(m_tops.size() - 1);
    } else {
        position = topOfCall(summary.call);
    }
    m_topByExchange.push_back(position);
    Top &top = m_tops[position];
    // What the browser asks first and what a proxy sends on fold under the request they serve.
    const bool serves = summary.kind == ExchangeRecord::Kind::Preflight
        || (summary.via == ExchangeRecord::Via::Upstream && summary.call != 0);
    const quint32 demoted = serves ? index : top.main;
    if (!serves)
        top.main = index;
    if (demoted != none) {
        if (top.hops == none) {
            top.hops = static_cast<quint32>(m_hops.size());
            m_hops.emplace_back();
        }
        m_hops[top.hops].push_back(demoted);
    }
    if (position < firstNew) {
        touched.push_back(position);
        if (spanOf(position).second > 0)
            ++m_shownExchanges;
    }
}

void TrafficModel::appendNewTops(quint32 firstNew)
{
    std::vector<Row> fresh;
    qsizetype exchanges = 0;
    for (quint32 top = firstNew; top < m_tops.size(); ++top) {
        if (!matches(top))
            continue;
        collectRows(top, fresh);
        exchanges += exchangeCount(top);
    }
    if (fresh.empty())
        return;
    const int at = static_cast<int>(m_rows.size());
    beginInsertRows({}, at, at + static_cast<int>(fresh.size()) - 1);
    m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
    m_shownExchanges += exchanges;
    endInsertRows();
}

std::pair<int, int> TrafficModel::spanOf(quint32 top) const
{
    const auto range = std::equal_range(m_rows.begin(), m_rows.end(), Row {top, none},
                                        [](const Row &a, const Row &b) { return a.top < b.top; });
    return {static_cast<int>(range.first - m_rows.begin()),
            static_cast<int>(range.second - range.first)};
}

void TrafficModel::syncTop(quint32 top)
{
    const auto [row, had] = spanOf(top);
    const bool shown = matches(top);
    std::vector<Row> wanted;
    if (shown)
        collectRows(top, wanted);
    const int wants = static_cast<int>(wanted.size());
    const auto at = m_rows.begin() + row;
    if (wants > had) {
        beginInsertRows({}, row + had, row + wants - 1);
        m_rows.insert(at + had, wants - had, Row {top, none});
        std::copy(wanted.begin(), wanted.end(), m_rows.begin() + row);
        if (had == 0)
            m_shownExchanges += exchangeCount(top);
        endInsertRows();
    } else if (wants < had) {
        beginRemoveRows({}, row + wants, row + had - 1);
        m_rows.erase(at + wants, at + had);
        std::copy(wanted.begin(), wanted.end(), m_rows.begin() + row);
        if (wants == 0)
            m_shownExchanges -= exchangeCount(top);
        endRemoveRows();
    }
    if (wants > 0)
        emit dataChanged(index(row, 0), index(row + wants - 1, ColumnCount - 1));
}

bool TrafficModel::matches(quint32 position) const
{
    if (m_filter.isEmpty())
        return true;
    const Top &top = m_tops[position];
    TrafficSubject subject;
    subject.call = top.call && m_store ? m_store->call(top.call) : nullptr;
    if (top.main != none)
        subject.exchanges.push_back(summaryAt(top.main));
    for (const quint32 hop : hopsOf(top))
        subject.exchanges.push_back(summaryAt(hop));
    return m_filter.matches(subject);
}

qsizetype TrafficModel::exchangeCount(quint32 position) const
{
    const Top &top = m_tops[position];
    return (top.main == none ? 0 : 1) + static_cast<qsizetype>(hopsOf(top).size());
}

void TrafficModel::collectRows(quint32 position, std::vector<Row> &rows) const
{
    const Top &top = m_tops[position];
    rows.push_back({position, none});
    if (top.folded)
        return;
    for (quint32 hop = 0; hop < hopsOf(top).size(); ++hop)
        rows.push_back({position, hop});
}

void TrafficModel::setFilter(const TrafficFilter &filter)
{
    m_filter = filter;
    beginResetModel();
    m_rows.clear();
    m_shownExchanges = 0;
    for (quint32 top = 0; top < m_tops.size(); ++top) {
        if (!matches(top))
            continue;
        collectRows(top, m_rows);
        m_shownExchanges += exchangeCount(top);
    }
    endResetModel();
    emit countsChanged();
}

void TrafficModel::setFolded(int row, bool folded)
{
    if (row < 0 || row >= rowCount())
        return;
    const quint32 position = m_rows[static_cast<size_t>(row)].top;
    Top &top = m_tops[position];
    if (top.folded == folded || top.hops == none)
        return;
    top.folded = folded;
    syncTop(position);
}

int TrafficModel::rowOf(quint64 exchange, quint64 call) const
{
    quint32 position = none;
    quint32 exchangeIndex = none;
    const ExchangeSummary *summary = exchange && m_store ? m_store->summary(exchange) : nullptr;
    if (summary) {
        const auto index = summary - m_store->exchanges().data();
        if (index >= m_seen)
            return -1;
        exchangeIndex = static_cast<quint32>(index);
        position = m_topByExchange[exchangeIndex];
    } else if (call) {
        position = m_topByCall.value(call, none);
    }
    if (position == none)
        return -1;
    const auto [row, count] = spanOf(position);
    for (int i = 0; i < count; ++i) {
        const Row &candidate = m_rows[static_cast<size_t>(row + i)];
        if (candidate.hop != none && hopsOf(m_tops[position])[candidate.hop] == exchangeIndex)
            return row + i;
    }
    return count > 0 ? row : -1;
}

const ExchangeSummary *TrafficModel::summaryAt(quint32 index) const
{
    return &m_store->exchanges()[index];
}

const std::vector<quint32> &TrafficModel::hopsOf(const Top &top) const
{
    static const std::vector<quint32> nothing;
    return top.hops == none ? nothing : m_hops[top.hops];
}

int TrafficModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TrafficModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

} // namespace rt
