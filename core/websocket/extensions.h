// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace rt {

/// One entry of Sec-WebSocket-Extensions (RFC 6455 §9.1).
struct WebSocketExtension
{
    struct Parameter
    {
        QByteArray name;
        /// Unquoted; nothing when the parameter stands alone.
        std::optional<QByteArray> value;
        friend bool operator==(const Parameter &, const Parameter &) = default;
    };
    QByteArray name;
    std::vector<Parameter> parameters;
    friend bool operator==(const WebSocketExtension &, const WebSocketExtension &) = default;
};

/// As npm ws 8 reads the field; nothing when it is malformed, an empty field included.
std::optional<std::vector<WebSocketExtension>> parseExtensions(QByteArrayView field);
/// "permessage-deflate; client_max_window_bits=10"
QByteArray writeExtension(const WebSocketExtension &extension);

/// Settings of one end for permessage-deflate, names of npm ws. Unset leaves it to the peer.
struct DeflateOptions
{
    std::optional<bool> serverNoContextTakeover;
    std::optional<bool> clientNoContextTakeover;
    /// 8..15
    std::optional<int> serverMaxWindowBits;
    std::optional<int> clientMaxWindowBits;
    /// Below this many bytes nothing is compressed when no context is kept.
    int threshold = 1024;
};

/// What both ends agreed on (RFC 7692 §7.1).
struct DeflateParameters
{
    bool serverNoContextTakeover = false;
    bool clientNoContextTakeover = false;
    int serverMaxWindowBits = 15;
    int clientMaxWindowBits = 15;
    int threshold = 1024;
};

struct DeflateAgreement
{
    DeflateParameters parameters;
    /// The server's answer.
    WebSocketExtension extension;
};

enum class DeflateRefusal {
    /// An offer has an unknown, repeated or ill-valued parameter.
    InvalidOffer,
    /// All are well-formed and none fits this end's options.
    NoneAcceptable,
    /// There is no offer of permessage-deflate.
    NotOffered,
};

struct DeflateDecision
{
    std::optional<DeflateAgreement> agreement;
    DeflateRefusal refusal = DeflateRefusal::NotOffered;
};

/// The server's choice among the client's offers.
DeflateDecision acceptDeflate(const std::vector<WebSocketExtension> &offers,
                              const DeflateOptions &options);

} // namespace rt
