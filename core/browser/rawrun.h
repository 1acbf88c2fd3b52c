// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrun.h"

namespace rt {

/// One request of the curl-like tool: exactly the given headers plus Host, no origin, no cookies,
/// no CORS, no redirects. Everything that comes back can be read.
class RawRun : public QObject
{
    Q_OBJECT

public:
    using Finished = std::function<void(FetchResult &, QObject *)>;

    RawRun(FetchServices &services, FetchRequest request, quint64 call, Finished finished,
           QObject *parent);
    void start();
    void cancel();

private:
    void answered(TransportResponse &response);
    void finishLater();

    FetchServices &m_services;
    FetchRequest m_request;
    FetchResult m_result;
    Finished m_finished;
    quint64 m_transportId = 0;
    bool m_done = false;
};

} // namespace rt
