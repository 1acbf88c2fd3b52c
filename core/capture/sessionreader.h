// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/capturestore.h"
#include "capture/sessiondatabase.h"

#include <QHash>

namespace rt {

/// Reads a session file, also while it is being written.
class SessionReader
{
public:
    struct Contents
    {
        std::vector<ExchangeSummary> summaries;
        std::vector<CallRecord> calls;
        /// Exchange and size of each body kept apart, oldest first.
        std::vector<std::pair<quint64, qint64>> bodies;
        bool ended = false;
    };

    Result<void> open(const QString &file);
    Result<Contents> contents();
    Result<ExchangeRecord> exchange(quint64 id);
    /// Was it ended properly, and is there anything in it?
    bool isEnded();
    bool isEmpty();
    /// Settings are numbered anew when a capture is cleared.
    void forgetSettings() { m_settings.clear(); }

private:
    std::optional<QByteArray> body(quint64 id);
    std::shared_ptr<const JsValue> settings(quint64 number);
    qint64 number(const QString &sql);

    QString m_file;
    SessionDatabase m_database;
    QHash<quint64, std::shared_ptr<const JsValue>> m_settings;
};

} // namespace rt
