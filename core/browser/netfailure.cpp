// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/netfailure.h"

#include <algorithm>
#include <array>

namespace rt {

namespace {

struct FailureRow
{
    NetFailure failure;
    const char *id;
    const char *netError;
    const char *sentence;
};

constexpr FailureRow rows[] = {
    {NetFailure::NameNotResolved, "net.NameNotResolved", "net::ERR_NAME_NOT_RESOLVED",
     "No address is known for %1."},
    {NetFailure::UnsafePort, "net.UnsafePort", "net::ERR_UNSAFE_PORT",
     "%1 names a port that belongs to another protocol; browsers refuse to send HTTP there."},
    {NetFailure::Refused, "net.Refused", "net::ERR_CONNECTION_REFUSED",
     "Nothing listens at %1: the connection was refused."},
    {NetFailure::Closed, "net.Closed", "net::ERR_CONNECTION_CLOSED",
     "%1 closed the connection before the TLS handshake was done."},
    {NetFailure::EmptyResponse, "net.EmptyResponse", "net::ERR_EMPTY_RESPONSE",
     "%1 closed the connection without an answer."},
    {NetFailure::Reset, "net.Reset", "net::ERR_CONNECTION_RESET", "%1 reset the connection."},
    {NetFailure::Timeout, "net.Timeout", "net::ERR_TIMED_OUT", "%1 did not answer in time."},
    {NetFailure::CertificateInvalid, "net.CertificateInvalid", "net::ERR_CERT_AUTHORITY_INVALID",
     "The certificate of %1 is not signed by an authority this browser trusts."},
    {NetFailure::TlsFailed, "net.TlsFailed", "net::ERR_SSL_PROTOCOL_ERROR",
     "The TLS handshake with %1 failed: perhaps it speaks plain HTTP on this port."},
    {NetFailure::BadResponse, "net.BadResponse", "net::ERR_INVALID_HTTP_RESPONSE",
     "%1 answered with something that is no HTTP response."},
};

const FailureRow &row(NetFailure failure)
{
    return *std::find_if(std::begin(rows), std::end(rows),
                         [&](const FailureRow &r) { return r.failure == failure; });
}

} // namespace

QByteArray failureId(NetFailure failure)
{
    return row(failure).id;
}

QByteArray netError(NetFailure failure)
{
    return row(failure).netError;
}

QString failureSentence(NetFailure failure, const QByteArray &authority)
{
    return QString::fromLatin1(row(failure).sentence).arg(QString::fromLatin1(authority));
}

bool isBlockedPort(int port)
{
    static constexpr std::array blocked
        = {0,    1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,   25,
           37,   42,   43,   53,   69,   77,   79,   87,   95,   101,  102,  103,  104,  109,
           110,  111,  113,  115,  117,  119,  123,  135,  137,  139,  143,  161,  179,  389,
           427,  465,  512,  513,  514,  515,  526,  530,  531,  532,  540,  548,  554,  556,
           563,  587,  601,  636,  989,  990,  993,  995,  1719, 1720, 1723, 2049, 3659, 4045,
           4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080};
    return std::binary_search(blocked.begin(), blocked.end(), port);
}

} // namespace rt
