// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/capturestore.h"

#include <QAbstractListModel>
#include <QPointer>

namespace rt {

/// One line of the console, or one issue.
struct ConsoleEntry
{
    enum class Kind {
        /// What Chromium's console prints, letter for letter.
        Error,
        /// What its Issues tab tells of: a cookie that was not sent or not kept.
        Issue
    };
    Kind kind = Kind::Error;
    quint64 call = 0;
    QString text;
    /// Decision id, or the short word of a cookie's reason.
    QByteArray reason;

    friend bool operator==(const ConsoleEntry &, const ConsoleEntry &) = default;
};

/// Everything a page's console would show, in order of the calls.
class ConsoleModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        /// ConsoleEntry::Kind
        KindRole = Qt::UserRole,
        CallRole,
        ReasonRole,
        /// "PUT /api/user, app page"
        SourceRole,
    };

    using QAbstractListModel::QAbstractListModel;

    /// Null for none.
    void setStore(CaptureStore *store);
    const ConsoleEntry &entry(int row) const { return m_entries[static_cast<size_t>(row)]; }
    /// First line of the call; -1 when it has none.
    int rowOfCall(quint64 call) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    /// What one call leaves in the console.
    static std::vector<ConsoleEntry> entriesOf(const CallRecord &call);

private:
    void reload();
    void update(quint64 call);
    QString source(quint64 call) const;

    QPointer<CaptureStore> m_store;
    std::vector<ConsoleEntry> m_entries;
};

} // namespace rt
