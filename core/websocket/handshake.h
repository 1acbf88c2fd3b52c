// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/message.h"
#include "websocket/extensions.h"

#include <functional>
#include <optional>

namespace rt {

/// Why a server refuses an upgrade (npm ws 8, in its order of checks).
enum class UpgradeRefusal {
    MethodNotGet,
    UpgradeNotWebSocket,
    KeyMissingOrInvalid,
    VersionNotSupported,
    ProtocolInvalid,
    ExtensionsInvalid,
    OriginNotAllowed,
};
/// "ws.KeyMissingOrInvalid"
QByteArray refusalId(UpgradeRefusal refusal);
QString refusalSentence(UpgradeRefusal refusal);

struct UpgradeOptions
{
    /// permessage-deflate is agreed on when offered; without, it is ignored.
    std::optional<DeflateOptions> perMessageDeflate;
    /// Asked with the Origin field (nullopt when absent); none: every origin may connect.
    std::function<bool(const std::optional<QByteArray> &)> originAllowed;
};

/// A server's answer to an upgrade request.
struct UpgradeAnswer
{
    std::optional<UpgradeRefusal> refusal;
    /// 101 without the lines others may add, or the refusal.
    ResponseHead head;
    /// Of a refusal: its text.
    QByteArray body;
    /// The subprotocol that was chosen: the first offered one.
    QByteArray protocol;
    std::optional<DeflateParameters> deflate;

    /// All as it goes out.
    QByteArray bytes() const;
};

/// RFC 6455 §4.2.2 with the verdicts and bytes of npm ws 8.
UpgradeAnswer answerUpgrade(const RequestHead &request, const UpgradeOptions &options = {});

/// Sec-WebSocket-Accept for a Sec-WebSocket-Key.
QByteArray acceptFor(QByteArrayView key);

/// Why a client does not take a server's answer for a WebSocket (RFC 6455 §4.1, page 19).
enum class UpgradeFailure {
    StatusNot101,
    UpgradeMissing,
    ConnectionMissing,
    AcceptMissing,
    AcceptWrong,
    ProtocolNotOffered,
    ProtocolMissing,
    ExtensionNotOffered,
    ExtensionInvalid,
};
/// "ws.AcceptWrong"
QByteArray failureId(UpgradeFailure failure);
QString failureSentence(UpgradeFailure failure);

/// What the client sent, as far as the answer is judged by it.
struct UpgradeOffer
{
    QByteArray key;
    QByteArrayList protocols;
    bool deflate = false;
};

struct UpgradeOutcome
{
    std::optional<UpgradeFailure> failure;
    QByteArray protocol;
    std::optional<DeflateParameters> deflate;
};
UpgradeOutcome checkUpgrade(const ResponseHead &response, const UpgradeOffer &offer);

/// The fields a client adds for the upgrade, in Chromium's spelling: Upgrade, Connection,
/// Sec-WebSocket-Version, -Key, and -Extensions, -Protocol where there are any.
HeaderList upgradeFields(const UpgradeOffer &offer);

} // namespace rt
