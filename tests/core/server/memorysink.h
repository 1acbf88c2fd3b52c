// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "server/serverresponse.h"

/// Where a response writes in tests: a buffer instead of a connection.
class MemorySink final : public rt::ResponseSink
{
public:
    void write(rt::ServerResponse &response, const QByteArray &bytes) override
    {
        Q_UNUSED(response)
        output += bytes;
        waiting += bytes.size();
    }
    qint64 bytesWaiting() const override { return waiting; }
    void responseEnded(rt::ServerResponse &response) override
    {
        ended = true;
        response.finished();
    }
    void destroyConnection() override { destroyed = true; }
    QByteArray date() override { return "Tue, 14 Nov 2023 22:13:20 GMT"; }

    QByteArray output;
    qint64 waiting = 0;
    bool ended = false;
    bool destroyed = false;
};

/// A response to a request of the given shape, with its turn on the sink.
inline std::shared_ptr<rt::ServerResponse> makeResponse(MemorySink &sink,
                                                        rt::RequestHead head = {"GET", "/", {}, {}})
{
    const bool keepAlive = head.version >= rt::HttpVersion {1, 1};
    auto response = std::make_shared<rt::ServerResponse>(
        std::move(head), rt::IncomingMessage::Peer {"127.0.0.1", 40000, 8000, false},
        rt::ServerResponse::Persistence {keepAlive, 5}, sink);
    response->takeTurn();
    return response;
}
