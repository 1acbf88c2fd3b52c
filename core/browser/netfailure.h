// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace rt {

/// Why no usable response came. Script never learns which: it sees "Failed to fetch".
enum class NetFailure {
    NameNotResolved,
    UnsafePort,
    Refused,
    Closed,
    EmptyResponse,
    Reset,
    Timeout,
    CertificateInvalid,
    TlsFailed,
    BadResponse,
};

/// "net.Refused"
QByteArray failureId(NetFailure failure);
/// "net::ERR_CONNECTION_REFUSED"
QByteArray netError(NetFailure failure);
QString failureSentence(NetFailure failure, const QByteArray &authority);

/// Ports that browsers refuse to talk HTTP to. https://fetch.spec.whatwg.org/#port-blocking
bool isBlockedPort(int port);

} // namespace rt
