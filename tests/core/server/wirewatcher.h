// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/wireobserver.h"

#include <vector>

namespace rt {

inline QByteArray requestFor(const QByteArray &path)
{
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

/// What the observer was told.
class Watcher final : public WireObserver
{
public:
    void clientConnected(quint16, quint16) override { }
    void clientStarted(const ExchangeKey &, const RequestHead &) override { }
    void clientFinished(ClientReport) override { }
    void serverStarted(const ExchangeKey &key, const RequestHead &) override
    {
        started.push_back(key);
    }
    void serverFinished(ServerReport report) override { reports.push_back(std::move(report)); }

    std::vector<ExchangeKey> started;
    std::vector<ServerReport> reports;
};

} // namespace rt
