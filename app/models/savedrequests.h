// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"
#include "browser/fetchrequest.h"

#include <QAbstractListModel>

#include <vector>

namespace rt {

/// Requests the learner keeps under a name, in a file that survives the program.
class SavedRequests final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { MethodRole = Qt::UserRole, UrlRole };

    using QAbstractListModel::QAbstractListModel;

    /// Reads what is kept there; without a file, nothing is. The error says why it cannot be read.
    Result<void> setFile(const QString &file);
    /// Replaces the request of the same name.
    Result<void> save(const QString &name, const FetchRequest &request);
    Result<void> remove(int row);
    QString name(int row) const { return m_entries.at(static_cast<size_t>(row)).name; }
    const FetchRequest &request(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    static JsValue toJson(const QString &name, const FetchRequest &request);
    static FetchRequest fromJson(const JsValue &json);

private:
    struct Entry
    {
        QString name;
        FetchRequest request;
    };
    Result<void> write() const;

    QString m_file;
    std::vector<Entry> m_entries;
};

} // namespace rt
