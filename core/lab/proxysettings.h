// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/message.h"
#include "http/wireobserver.h"
#include "server/incomingmessage.h"

#include <chrono>

namespace rt {

class LabConfig;

/// The `proxy.*` settings.
struct ProxySettings
{
    enum class Gzip { Off, On, Naive };
    Gzip gzip = Gzip::Off;
    bool addCors = false;
    /// Between two readings from the server, as nginx's proxy_read_timeout; zero waits for ever.
    std::chrono::seconds readTimeout {60};
    bool websocket = true;
    /// Answers are gathered whole before they are passed on.
    bool buffering = false;
    /// Fields that are passed on in neither direction.
    QByteArrayList strip;

    static ProxySettings fromConfig(const LabConfig &config);
};

// What the proxy makes of the heads that go through it; pure.

/// The request as the server gets it: without the fields of the first hop (RFC 9110 §7.6.1), with
/// X-Forwarded-For, -Host and -Proto as nginx is usually told to set them, and Via. Host stays the
/// client's. `upgrade`: Upgrade and Connection are passed on.
RequestHead forwardedRequest(const RequestHead &request, const IncomingMessage::Peer &client,
                             const ProxySettings &settings, bool upgrade);
/// The answer's fields as the client gets them, before compression.
HeaderList forwardedResponse(const ResponseHead &response, const RequestHead &request,
                             const ProxySettings &settings);

/// Whether the proxy compresses an answer, and why (not).
enum class ProxyCoding {
    Off,
    NoContent,
    NotAcceptable,
    AlreadyEncoded,
    NoTransform,
    FilteredType,
    TooShort,
    Compress,
    /// The naive proxy does not look whether somebody has compressed before.
    CompressAgain,
};
ProxyCoding decideProxyCoding(const RequestHead &request, const ResponseHead &response,
                              const ProxySettings &settings);
bool compresses(ProxyCoding coding);
Decision describe(ProxyCoding coding, const ResponseHead &response);
/// What gzip changes among the fields: one Content-Encoding, no length, a weak ETag, Vary.
void markCompressed(HeaderList &headers);

/// Why the server's answer is not what the client gets.
enum class ProxyFault { UpstreamRefused, UpstreamClosed, BadResponse, ReadTimeout, TlsFailed };
Decision describe(ProxyFault fault, const ProxySettings &settings);
/// 502 or 504.
int statusOf(ProxyFault fault);

} // namespace rt
