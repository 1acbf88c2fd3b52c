// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"
#include "capture/exchangerecord.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace rt {

/// The requests the client panel has sent, newest first, with what became of them. For editing and
/// sending again; the capture is elsewhere.
class RequestHistory final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        MethodRole = Qt::UserRole,
        UrlRole,
        PageRole,
        /// "200", "blocked · OriginMismatch", "on its way".
        OutcomeRole,
        /// Annotation::Tone-like: 0 pending, 1 good, 2 caution, 3 bad.
        ToneRole,
        CallRole,
    };
    static constexpr int capacity = 100;

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void add(quint64 call, const FetchRequest &request);
    const FetchRequest &request(int row) const;
    /// The request behind a call; nothing when it is not, or no longer, in this history.
    std::optional<FetchRequest> requestOfCall(quint64 call) const;
    /// Takes what is known about calls of this history from the lab's items.
    void update(const std::vector<CaptureItem> &items);
    void clear();

private:
    struct Entry
    {
        quint64 call = 0;
        FetchRequest request;
        CallRecord::Outcome outcome = CallRecord::Outcome::Pending;
        int status = 0;
        QByteArray reason;
    };
    QString outcome(const Entry &entry) const;
    static int tone(const Entry &entry);

    /// Oldest first; row 0 is the last one.
    std::vector<Entry> m_entries;
};

} // namespace rt
