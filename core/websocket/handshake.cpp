// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "websocket/handshake.h"

#include "http/chartable.h"
#include "http/messagewriter.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <algorithm>
#include <cmath>

namespace rt {

namespace {

#define RT_SENTENCE(text) QT_TRANSLATE_NOOP("websocket", text)

struct RefusalRow
{
    UpgradeRefusal refusal;
    int status;
    const char *id;
    /// What npm ws writes as the body; empty: the status text.
    const char *body;
    const char *sentence;
};

constexpr RefusalRow refusals[] = {
    {UpgradeRefusal::MethodNotGet, 405, "ws.MethodNotGet", "Invalid HTTP method",
     RT_SENTENCE("The opening handshake is a GET request (RFC 6455 §4.1).")},
    {UpgradeRefusal::UpgradeNotWebSocket, 400, "ws.UpgradeNotWebSocket", "Invalid Upgrade header",
     RT_SENTENCE("The field Upgrade must be websocket (RFC 6455 §4.2.1).")},
    {UpgradeRefusal::KeyMissingOrInvalid, 400, "ws.KeyMissingOrInvalid",
     "Missing or invalid Sec-WebSocket-Key header",
     RT_SENTENCE("Sec-WebSocket-Key must be 16 bytes in base64 (RFC 6455 §4.1).")},
    {UpgradeRefusal::VersionNotSupported, 400, "ws.VersionNotSupported",
     "Missing or invalid Sec-WebSocket-Version header",
     RT_SENTENCE("Sec-WebSocket-Version must be 13 (RFC 6455 §4.4).")},
    {UpgradeRefusal::ProtocolInvalid, 400, "ws.ProtocolInvalid",
     "Invalid Sec-WebSocket-Protocol header",
     RT_SENTENCE("Sec-WebSocket-Protocol must list distinct tokens (RFC 6455 §4.1).")},
    {UpgradeRefusal::ExtensionsInvalid, 400, "ws.ExtensionsInvalid",
     "Invalid or unacceptable Sec-WebSocket-Extensions header",
     RT_SENTENCE("Sec-WebSocket-Extensions offers nothing this server can accept (RFC 7692 §5).")},
    {UpgradeRefusal::OriginNotAllowed, 401, "ws.OriginNotAllowed", "",
     RT_SENTENCE("The server checks Origin, and this page's is not on its list (RFC 6455 §10.2).")},
};

struct FailureRow
{
    UpgradeFailure failure;
    const char *id;
    const char *sentence;
};

constexpr FailureRow failures[] = {
    {UpgradeFailure::StatusNot101, "ws.StatusNot101",
     RT_SENTENCE("Only the status 101 switches to WebSocket.")},
    {UpgradeFailure::UpgradeMissing, "ws.UpgradeMissing",
     RT_SENTENCE("The answer's field Upgrade is not websocket.")},
    {UpgradeFailure::ConnectionMissing, "ws.ConnectionMissing",
     RT_SENTENCE("The answer's field Connection does not contain Upgrade.")},
    {UpgradeFailure::AcceptMissing, "ws.AcceptMissing",
     RT_SENTENCE("The answer has no Sec-WebSocket-Accept.")},
    {UpgradeFailure::AcceptWrong, "ws.AcceptWrong",
     RT_SENTENCE("Sec-WebSocket-Accept does not belong to the key that was sent.")},
    {UpgradeFailure::ProtocolNotOffered, "ws.ProtocolNotOffered",
     RT_SENTENCE("The server chose a subprotocol that was not offered.")},
    {UpgradeFailure::ProtocolMissing, "ws.ProtocolMissing",
     RT_SENTENCE("Subprotocols were offered and the server chose none.")},
    {UpgradeFailure::ExtensionNotOffered, "ws.ExtensionNotOffered",
     RT_SENTENCE("The server uses an extension that was not offered.")},
    {UpgradeFailure::ExtensionInvalid, "ws.ExtensionInvalid",
     RT_SENTENCE("The server's Sec-WebSocket-Extensions cannot be used.")},
};

#undef RT_SENTENCE

const RefusalRow &rowOf(UpgradeRefusal refusal)
{
    const RefusalRow &row = refusals[static_cast<size_t>(refusal)];
    Q_ASSERT(row.refusal == refusal);
    return row;
}

const FailureRow &rowOf(UpgradeFailure failure)
{
    const FailureRow &row = failures[static_cast<size_t>(failure)];
    Q_ASSERT(row.failure == failure);
    return row;
}

bool isKey(const std::optional<QByteArray> &key)
{
    const auto isBase64 = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '+' || c == '/';
    };
    return key && key->size() == 24 && key->endsWith("==")
        && std::all_of(key->begin(), key->begin() + 22, isBase64);
}

/// npm ws takes the field as a JavaScript number, and 8 (of the drafts) beside 13.
bool isKnownVersion(const std::optional<QByteArray> &field)
{
    if (!field)
        return false;
    bool valid = false;
    const QByteArray text = field->trimmed();
    const double number
        = text.startsWith("0x") ? text.mid(2).toInt(&valid, 16) : text.toDouble(&valid);
    return valid && (number == 13 || number == 8);
}

/// npm ws 8, lib/subprotocol.js: distinct tokens.
std::optional<QByteArrayList> parseProtocols(const QByteArray &field)
{
    QByteArrayList protocols;
    for (const QByteArray &part : field.split(',')) {
        const QByteArray name = part.trimmed();
        if (!isToken(name) || protocols.contains(name))
            return std::nullopt;
        protocols.append(name);
    }
    return protocols;
}

UpgradeAnswer refuse(UpgradeRefusal refusal)
{
    const RefusalRow &row = rowOf(refusal);
    UpgradeAnswer answer;
    answer.refusal = refusal;
    answer.body = *row.body ? QByteArray(row.body) : reasonPhrase(row.status);
    answer.head.status = row.status;
    answer.head.reasonPhrase = reasonPhrase(row.status);
    answer.head.headers = {{"Connection", "close"},
                           {"Content-Type", "text/html"},
                           {"Content-Length", QByteArray::number(answer.body.size())}};
    if (refusal == UpgradeRefusal::VersionNotSupported)
        answer.head.headers.append("Sec-WebSocket-Version", "13, 8");
    return answer;
}

std::optional<UpgradeRefusal> checkRequest(const RequestHead &request)
{
    if (request.method != "GET")
        return UpgradeRefusal::MethodNotGet;
    const auto upgrade = request.headers.get("Upgrade");
    if (!upgrade || upgrade->compare("websocket", Qt::CaseInsensitive) != 0)
        return UpgradeRefusal::UpgradeNotWebSocket;
    if (!isKey(request.headers.get("Sec-WebSocket-Key")))
        return UpgradeRefusal::KeyMissingOrInvalid;
    if (!isKnownVersion(request.headers.get("Sec-WebSocket-Version")))
        return UpgradeRefusal::VersionNotSupported;
    return std::nullopt;
}

/// Nothing: the offer spoils the handshake.
std::optional<DeflateDecision> negotiateDeflate(const RequestHead &request,
                                                const UpgradeOptions &options)
{
    const auto field = request.headers.get("Sec-WebSocket-Extensions");
    if (!options.perMessageDeflate || !field)
        return DeflateDecision {};
    const auto offers = parseExtensions(*field);
    if (!offers)
        return std::nullopt;
    const DeflateDecision decision = acceptDeflate(*offers, *options.perMessageDeflate);
    if (!decision.agreement && decision.refusal != DeflateRefusal::NotOffered)
        return std::nullopt;
    return decision;
}

ResponseHead switchingProtocols(const RequestHead &request)
{
    ResponseHead head;
    head.status = 101;
    head.reasonPhrase = reasonPhrase(101);
    head.headers = {
        {"Upgrade", "websocket"},
        {"Connection", "Upgrade"},
        {"Sec-WebSocket-Accept", acceptFor(*request.headers.get("Sec-WebSocket-Key"))},
    };
    return head;
}

bool hasToken(const std::optional<QByteArray> &field, QByteArrayView token)
{
    if (!field)
        return false;
    const QByteArrayList parts = field->split(',');
    return std::any_of(parts.begin(), parts.end(), [token](const QByteArray &part) {
        return equalsIgnoringCase(part.trimmed(), token);
    });
}

std::optional<UpgradeFailure> checkProtocol(const ResponseHead &response, const UpgradeOffer &offer)
{
    const auto chosen = response.headers.get("Sec-WebSocket-Protocol");
    if (!chosen)
        return offer.protocols.isEmpty() ? std::nullopt
                                         : std::optional(UpgradeFailure::ProtocolMissing);
    if (!offer.protocols.contains(*chosen))
        return UpgradeFailure::ProtocolNotOffered;
    return std::nullopt;
}

std::optional<UpgradeFailure> takeExtensions(const ResponseHead &response,
                                             const UpgradeOffer &offer, UpgradeOutcome &outcome)
{
    const auto field = response.headers.get("Sec-WebSocket-Extensions");
    if (!field)
        return std::nullopt;
    const auto extensions = parseExtensions(*field);
    if (!extensions)
        return UpgradeFailure::ExtensionInvalid;
    if (!offer.deflate || extensions->size() != 1
        || extensions->front().name != "permessage-deflate")
        return UpgradeFailure::ExtensionNotOffered;
    // What the server answers is read like an offer: the same parameters, now settled.
    const DeflateDecision decision = acceptDeflate(*extensions, {});
    if (!decision.agreement)
        return UpgradeFailure::ExtensionInvalid;
    outcome.deflate = decision.agreement->parameters;
    return std::nullopt;
}

std::optional<UpgradeFailure> checkSwitch(const ResponseHead &response, const UpgradeOffer &offer)
{
    if (response.status != 101)
        return UpgradeFailure::StatusNot101;
    const auto upgrade = response.headers.get("Upgrade");
    if (!upgrade || !equalsIgnoringCase(*upgrade, "websocket"))
        return UpgradeFailure::UpgradeMissing;
    if (!hasToken(response.headers.get("Connection"), "upgrade"))
        return UpgradeFailure::ConnectionMissing;
    const auto accept = response.headers.get("Sec-WebSocket-Accept");
    if (!accept)
        return UpgradeFailure::AcceptMissing;
    if (accept->trimmed() != acceptFor(offer.key))
        return UpgradeFailure::AcceptWrong;
    return std::nullopt;
}

} // namespace

QByteArray refusalId(UpgradeRefusal refusal)
{
    return rowOf(refusal).id;
}

QString refusalSentence(UpgradeRefusal refusal)
{
    return QCoreApplication::translate("websocket", rowOf(refusal).sentence);
}

QByteArray failureId(UpgradeFailure failure)
{
    return rowOf(failure).id;
}

QString failureSentence(UpgradeFailure failure)
{
    return QCoreApplication::translate("websocket", rowOf(failure).sentence);
}

QByteArray UpgradeAnswer::bytes() const
{
    return writeResponseHead(head) + body;
}

UpgradeAnswer answerUpgrade(const RequestHead &request, const UpgradeOptions &options)
{
    if (const auto refusal = checkRequest(request))
        return refuse(*refusal);
    QByteArray protocol;
    if (const auto field = request.headers.get("Sec-WebSocket-Protocol")) {
        const auto protocols = parseProtocols(*field);
        if (!protocols)
            return refuse(UpgradeRefusal::ProtocolInvalid);
        protocol = protocols->first();
    }
    const auto deflate = negotiateDeflate(request, options);
    if (!deflate)
        return refuse(UpgradeRefusal::ExtensionsInvalid);
    if (options.originAllowed && !options.originAllowed(request.headers.get("Origin")))
        return refuse(UpgradeRefusal::OriginNotAllowed);
    UpgradeAnswer answer;
    answer.head = switchingProtocols(request);
    answer.protocol = protocol;
    if (!protocol.isEmpty())
        answer.head.headers.append("Sec-WebSocket-Protocol", protocol);
    if (deflate->agreement) {
        answer.head.headers.append("Sec-WebSocket-Extensions",
                                   writeExtension(deflate->agreement->extension));
        answer.deflate = deflate->agreement->parameters;
    }
    return answer;
}

QByteArray acceptFor(QByteArrayView key)
{
    // RFC 6455 §1.3
    static const QByteArray guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    return QCryptographicHash::hash(key.toByteArray() + guid, QCryptographicHash::Sha1).toBase64();
}

UpgradeOutcome checkUpgrade(const ResponseHead &response, const UpgradeOffer &offer)
{
    UpgradeOutcome outcome;
    outcome.failure = checkSwitch(response, offer);
    if (!outcome.failure)
        outcome.failure = takeExtensions(response, offer, outcome);
    if (!outcome.failure)
        outcome.failure = checkProtocol(response, offer);
    if (!outcome.failure)
        outcome.protocol = response.headers.get("Sec-WebSocket-Protocol").value_or(QByteArray());
    return outcome;
}

HeaderList upgradeFields(const UpgradeOffer &offer)
{
    HeaderList fields {{"Connection", "Upgrade"},
                       {"Upgrade", "websocket"},
                       {"Sec-WebSocket-Version", "13"},
                       {"Sec-WebSocket-Key", offer.key}};
    if (offer.deflate)
        fields.append("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    if (!offer.protocols.isEmpty())
        fields.append("Sec-WebSocket-Protocol", offer.protocols.join(", "));
    return fields;
}

} // namespace rt
