// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>

namespace rt {

/// One SQLite connection to a session file, to be made, used and destroyed on one thread.
class SessionDatabase
{
public:
    enum class Mode {
        Read,
        Write,
        /// For files on a medium that cannot be written: no lock, no shared memory beside the file.
        Frozen
    };

    SessionDatabase() = default;
    ~SessionDatabase();
    Q_DISABLE_COPY_MOVE(SessionDatabase)

    /// Makes the file and its tables.
    Result<void> create(const QString &file);
    /// Refuses what is no session file of this or an earlier version.
    Result<void> open(const QString &file, Mode mode);
    Result<void> execute(const QString &sql);
    QSqlQuery query() const { return QSqlQuery(m_connection); }
    QSqlQuery prepared(const QString &sql) const;

private:
    Result<void> connect(const QString &file, Mode mode);
    Result<qint64> number(const QString &sql);

    QString m_file;
    QSqlDatabase m_connection;
};

} // namespace rt
