// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/sockethandshake.h"

#include "browser/fieldvalue.h"
#include "websocket/handshake.h"

namespace rt {

namespace {

using Reason = SocketHandshakeReason;

/// Chromium takes lists apart at commas before it counts fields.
QByteArrayList members(const HeaderList &headers, QByteArrayView name)
{
    QByteArrayList list;
    for (const QByteArray &field : headers.all(name)) {
        for (const QByteArray &member : field.split(','))
            list.append(trimBlanks(member).toByteArray());
    }
    return list;
}

SocketHandshake failed(Reason reason, const QString &text)
{
    SocketHandshake handshake;
    handshake.reason = reason;
    handshake.message = QStringLiteral("Error during WebSocket handshake: ") + text;
    return handshake;
}

SocketHandshake missing(Reason reason, const char *name)
{
    return failed(reason, QStringLiteral("'%1' header is missing").arg(QLatin1StringView(name)));
}

SocketHandshake repeated(Reason reason, const char *name)
{
    return failed(reason,
                  QStringLiteral("'%1' header must not appear more than once in a response")
                      .arg(QLatin1StringView(name)));
}

std::optional<SocketHandshake> checkStatus(const ResponseHead &response)
{
    if (response.status == 101)
        return std::nullopt;
    if (response.status == 401) {
        SocketHandshake handshake;
        handshake.reason = Reason::AuthenticationFailed;
        handshake.message
            = QStringLiteral("HTTP Authentication failed; no valid credentials available");
        return handshake;
    }
    return failed(Reason::UnexpectedStatus,
                  QStringLiteral("Unexpected response code: %1").arg(response.status));
}

std::optional<SocketHandshake> checkUpgradeField(const HeaderList &headers)
{
    const QByteArrayList values = members(headers, "Upgrade");
    if (values.isEmpty())
        return missing(Reason::UpgradeMissing, "Upgrade");
    if (values.size() > 1)
        return repeated(Reason::UpgradeTwice, "Upgrade");
    if (!equalsIgnoringCase(values.front(), "websocket"))
        return failed(Reason::UpgradeIsOther,
                      QStringLiteral("'Upgrade' header value is not 'WebSocket': %1")
                          .arg(QString::fromLatin1(values.front())));
    return std::nullopt;
}

std::optional<SocketHandshake> checkAccept(const HeaderList &headers, const QByteArray &key)
{
    const QByteArrayList values = members(headers, "Sec-WebSocket-Accept");
    if (values.isEmpty())
        return missing(Reason::AcceptMissing, "Sec-WebSocket-Accept");
    if (values.size() > 1)
        return repeated(Reason::AcceptTwice, "Sec-WebSocket-Accept");
    if (values.front() != acceptFor(key))
        return failed(Reason::AcceptWrong,
                      QStringLiteral("Incorrect 'Sec-WebSocket-Accept' header value"));
    return std::nullopt;
}

std::optional<SocketHandshake> checkConnection(const HeaderList &headers)
{
    const QByteArrayList values = members(headers, "Connection");
    if (!headers.contains("Connection"))
        return missing(Reason::ConnectionMissing, "Connection");
    const bool upgrades = std::any_of(values.begin(), values.end(), [](const QByteArray &v) {
        return equalsIgnoringCase(v, "upgrade");
    });
    if (!upgrades)
        return failed(Reason::ConnectionWithoutUpgrade,
                      QStringLiteral("'Connection' header value must contain 'Upgrade'"));
    return std::nullopt;
}

std::optional<SocketHandshake> checkProtocol(const HeaderList &headers,
                                             const QByteArrayList &protocols)
{
    const QByteArrayList values = members(headers, "Sec-WebSocket-Protocol");
    if (values.isEmpty()) {
        if (protocols.isEmpty())
            return std::nullopt;
        return failed(Reason::ProtocolMissing,
                      QStringLiteral("Sent non-empty 'Sec-WebSocket-Protocol' header but no "
                                     "response was received"));
    }
    const QString value = QString::fromLatin1(values.front());
    if (protocols.isEmpty())
        return failed(Reason::ProtocolNotAskedFor,
                      QStringLiteral("Response must not include 'Sec-WebSocket-Protocol' header if "
                                     "not present in request: %1")
                          .arg(value));
    if (!protocols.contains(values.front()))
        return failed(Reason::ProtocolUnknown,
                      QStringLiteral("'Sec-WebSocket-Protocol' header value '%1' in response does "
                                     "not match any of sent values")
                          .arg(value));
    if (values.size() > 1)
        return repeated(Reason::ProtocolTwice, "Sec-WebSocket-Protocol");
    return std::nullopt;
}

SocketHandshake badParameter(const QString &text)
{
    return failed(Reason::DeflateParameter, QStringLiteral("Error in permessage-deflate: ") + text);
}

/// RFC 7692 §7.1.2: 8 to 15, without leading zeros.
std::optional<int> windowBits(const std::optional<QByteArray> &value)
{
    const bool digits = value && (value->size() == 1 || value->size() == 2)
        && std::all_of(value->begin(), value->end(), [](char c) { return c >= '0' && c <= '9'; })
        && !value->startsWith('0');
    const int bits = digits ? value->toInt() : 0;
    return bits >= 8 && bits <= 15 ? std::optional(bits) : std::nullopt;
}

/// False when the value is no good for the name.
bool takeParameter(const WebSocketExtension::Parameter &parameter, DeflateParameters &deflate)
{
    if (parameter.name == "server_no_context_takeover") {
        deflate.serverNoContextTakeover = true;
        return !parameter.value;
    }
    if (parameter.name == "client_no_context_takeover") {
        deflate.clientNoContextTakeover = true;
        return !parameter.value;
    }
    const auto bits = windowBits(parameter.value);
    if (parameter.name == "server_max_window_bits")
        deflate.serverMaxWindowBits = bits.value_or(15);
    else
        deflate.clientMaxWindowBits = bits.value_or(15);
    return bits.has_value();
}

std::optional<SocketHandshake> takeDeflate(const WebSocketExtension &extension,
                                           SocketHandshake &handshake)
{
    static const QByteArrayList known = {"server_no_context_takeover", "client_no_context_takeover",
                                         "server_max_window_bits", "client_max_window_bits"};
    DeflateParameters deflate;
    QByteArrayList seen;
    for (const auto &parameter : extension.parameters) {
        const QString name = QString::fromLatin1(parameter.name);
        if (!known.contains(parameter.name))
            return badParameter(
                QStringLiteral("Received an unexpected permessage-deflate extension parameter"));
        if (seen.contains(parameter.name))
            return badParameter(
                QStringLiteral("Received duplicate permessage-deflate extension parameter %1")
                    .arg(name));
        seen.append(parameter.name);
        if (!takeParameter(parameter, deflate))
            return badParameter(QStringLiteral("Received invalid %1 parameter").arg(name));
    }
    handshake.deflate = deflate;
    return std::nullopt;
}

std::optional<SocketHandshake> checkExtensions(const HeaderList &headers,
                                               SocketHandshake &handshake)
{
    const auto field = headers.get("Sec-WebSocket-Extensions");
    if (!field)
        return std::nullopt;
    const auto extensions = parseExtensions(*field);
    if (!extensions)
        return failed(Reason::ExtensionsUnreadable,
                      QStringLiteral("'Sec-WebSocket-Extensions' header value is rejected by the "
                                     "parser: %1")
                          .arg(QString::fromLatin1(*field)));
    for (const WebSocketExtension &extension : *extensions) {
        if (extension.name != "permessage-deflate")
            return failed(Reason::ExtensionUnknown,
                          QStringLiteral("Found an unsupported extension '%1' in "
                                         "'Sec-WebSocket-Extensions' header")
                              .arg(QString::fromLatin1(extension.name)));
        if (handshake.deflate)
            return failed(Reason::DeflateTwice,
                          QStringLiteral("Received duplicate permessage-deflate response"));
        if (const auto bad = takeDeflate(extension, handshake))
            return bad;
    }
    handshake.extensions = *field;
    return std::nullopt;
}

} // namespace

SocketHandshake checkSocketHandshake(const ResponseHead &response, const QByteArray &key,
                                     const QByteArrayList &protocols)
{
    const HeaderList &headers = response.headers;
    if (const auto bad = checkStatus(response))
        return *bad;
    if (const auto bad = checkUpgradeField(headers))
        return *bad;
    if (const auto bad = checkAccept(headers, key))
        return *bad;
    if (const auto bad = checkConnection(headers))
        return *bad;
    if (const auto bad = checkProtocol(headers, protocols))
        return *bad;
    SocketHandshake handshake;
    if (const auto bad = checkExtensions(headers, handshake))
        return *bad;
    handshake.protocol = members(headers, "Sec-WebSocket-Protocol").value(0);
    return handshake;
}

QByteArray socketHandshakeId(SocketHandshakeReason reason)
{
    static constexpr const char *names[] = {"Passed",
                                            "UnexpectedStatus",
                                            "AuthenticationFailed",
                                            "UpgradeMissing",
                                            "UpgradeTwice",
                                            "UpgradeIsOther",
                                            "AcceptMissing",
                                            "AcceptTwice",
                                            "AcceptWrong",
                                            "ConnectionMissing",
                                            "ConnectionWithoutUpgrade",
                                            "ProtocolTwice",
                                            "ProtocolNotAskedFor",
                                            "ProtocolUnknown",
                                            "ProtocolMissing",
                                            "ExtensionsUnreadable",
                                            "ExtensionUnknown",
                                            "DeflateTwice",
                                            "DeflateParameter"};
    static_assert(std::size(names) == static_cast<size_t>(Reason::DeflateParameter) + 1);
    return QByteArray("ws.") + names[static_cast<size_t>(reason)];
}

} // namespace rt
