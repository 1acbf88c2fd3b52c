// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/checkschema.h"

#include <array>

namespace rt {

namespace {

using Kind = CheckType::Kind;
using Fields = CheckType::Fields;

CheckType plain(Kind kind)
{
    CheckType type;
    type.kind = kind;
    return type;
}

CheckType oneOf(const char *words)
{
    CheckType type = plain(Kind::Enum);
    type.values = QString::fromLatin1(words).split(u' ');
    return type;
}

CheckType mapOf(CheckType of)
{
    CheckType type = plain(Kind::Map);
    type.of = std::make_shared<const CheckType>(std::move(of));
    return type;
}

CheckType objectOf(Fields fields)
{
    CheckType type = plain(Kind::Object);
    type.fields = std::make_shared<const Fields>(std::move(fields));
    return type;
}

/// Adds fields of one type: "id call conn".
void add(Fields &fields, const CheckType &type, const char *names)
{
    for (const QString &name : QString::fromLatin1(names).split(u' '))
        fields.insert(name, type);
}

CheckType cookieType()
{
    Fields fields;
    add(fields, plain(Kind::String), "value sameSite path domain");
    add(fields, plain(Kind::Bool), "secure httpOnly deleted persistent");
    add(fields, plain(Kind::Duration), "expires");
    add(fields, plain(Kind::Int), "maxAge");
    add(fields, plain(Kind::Bytes), "bytes");
    return objectOf(std::move(fields));
}

CheckType requestType()
{
    Fields fields;
    add(fields, plain(Kind::String), "method target path text");
    add(fields, mapOf(plain(Kind::List)), "q");
    add(fields, mapOf(plain(Kind::String)), "h cookie");
    add(fields, plain(Kind::Bytes), "bytes");
    add(fields, mapOf(plain(Kind::Json)), "json");
    add(fields, plain(Kind::Bool), "tls");
    return objectOf(std::move(fields));
}

CheckType responseType()
{
    Fields fields;
    add(fields, plain(Kind::Int), "status chunks");
    add(fields, mapOf(plain(Kind::String)), "h");
    add(fields, mapOf(cookieType()), "cookie");
    add(fields, mapOf(plain(Kind::List)), "csp");
    add(fields, plain(Kind::Bytes), "wire bytes");
    add(fields, plain(Kind::String), "text");
    add(fields, mapOf(plain(Kind::Json)), "json");
    add(fields, plain(Kind::Duration), "firstByte");
    return objectOf(std::move(fields));
}

CheckType handlerType()
{
    Fields fields;
    add(fields, mapOf(plain(Kind::Json)), "query queryPolluted body bodyPolluted session user");
    add(fields, plain(Kind::String), "error");
    return objectOf(std::move(fields));
}

CheckType serverLoadType()
{
    Fields fields;
    add(fields, plain(Kind::Bytes), "peakBuffered");
    add(fields, plain(Kind::Int), "drains");
    add(fields, plain(Kind::Bool), "cleaned");
    return objectOf(std::move(fields));
}

CheckType httpType()
{
    Fields fields;
    add(fields, plain(Kind::Int), "id call conn node");
    add(fields, plain(Kind::Duration), "t duration");
    add(fields, oneOf("preflight actual navigation subresource poll upgrade raw"), "kind");
    add(fields, oneOf("direct proxy upstream"), "via");
    add(fields, oneOf("request upgrade"), "event");
    add(fields, plain(Kind::Bool), "aborted");
    add(fields, plain(Kind::Settings), "cfg");
    add(fields, requestType(), "req");
    add(fields, responseType(), "res");
    add(fields, handlerType(), "handler");
    add(fields, plain(Kind::List), "visited decisions");
    add(fields, plain(Kind::String), "endedBy");
    add(fields, serverLoadType(), "srv");
    return objectOf(std::move(fields));
}

constexpr const char *reasons
    = "cors.NoAllowOrigin cors.OriginMismatch cors.MultipleAllowOrigin "
      "cors.WildcardWithCredentials cors.CredentialsNotAllowed cors.PreflightStatus "
      "cors.PreflightRedirect cors.MethodNotAllowed cors.HeaderNotAllowed csp.Blocked "
      "mixed.Blocked frame.Refused nosniff.Blocked corp.Blocked coep.Blocked body.DecodeError "
      "net.Refused net.Timeout net.Reset ws.UpgradeRefused";

CheckType callType()
{
    Fields fields;
    add(fields, plain(Kind::Int), "id status http");
    add(fields, plain(Kind::Duration), "t");
    add(fields, oneOf("fetch form navigate img script iframe raw"), "api");
    add(fields, plain(Kind::String), "page url path method directive text");
    add(fields, oneOf("cors no-cors same-origin"), "mode");
    add(fields, oneOf("omit same-origin include"), "credentials");
    add(fields, plain(Kind::Bool), "crossOrigin crossSite readable upgraded executed");
    add(fields, oneOf("none sent cached"), "preflight");
    add(fields, oneOf("ok blocked failed aborted pending"), "result");
    add(fields, oneOf(reasons), "reason");
    add(fields, oneOf("basic cors opaque opaqueredirect error"), "type");
    add(fields, mapOf(plain(Kind::String)), "h seen withheld rejected");
    add(fields, mapOf(plain(Kind::Json)), "json");
    add(fields, plain(Kind::List), "decisions");
    return objectOf(std::move(fields));
}

CheckType webSocketType()
{
    Fields fields;
    add(fields, plain(Kind::Int), "id conn code");
    add(fields, plain(Kind::Duration), "t");
    add(fields, plain(Kind::String), "url path origin closeReason protocol");
    add(fields, oneOf("page raw"), "tool");
    add(fields, oneOf("connecting open closing closed"), "state");
    add(fields, plain(Kind::Bool), "clean");
    add(fields, oneOf("client server network"), "closedBy");
    return objectOf(std::move(fields));
}

CheckType frameType()
{
    Fields fields;
    add(fields, plain(Kind::Int), "id ws code");
    add(fields, plain(Kind::Duration), "t");
    add(fields, oneOf("c2s s2c"), "dir");
    add(fields, oneOf("text binary close ping pong continuation"), "opcode");
    add(fields, plain(Kind::Bool), "masked fin");
    add(fields, plain(Kind::Bytes), "bytes");
    add(fields, plain(Kind::String), "text");
    return objectOf(std::move(fields));
}

CheckType packetType()
{
    Fields fields;
    add(fields, plain(Kind::Int), "id node ack http frame");
    add(fields, plain(Kind::String), "sock nsp name raw");
    add(fields, plain(Kind::Duration), "t");
    add(fields, oneOf("c2s s2c"), "dir");
    add(fields, oneOf("polling websocket"), "transport");
    add(fields, oneOf("open close ping pong message upgrade noop"), "eio");
    add(fields, oneOf("connect disconnect event ack connect_error binary_event binary_ack"), "sio");
    add(fields, mapOf(plain(Kind::Json)), "args");
    return objectOf(std::move(fields));
}

CheckType eventType()
{
    Fields fields;
    add(fields, plain(Kind::Int), "id attempt fresh");
    add(fields, plain(Kind::String), "sock name reason message nsp");
    add(fields, plain(Kind::Duration), "t latency");
    add(fields, oneOf("ws sio poll"), "api");
    add(fields, oneOf("polling websocket"), "transport");
    add(fields, mapOf(plain(Kind::Json)), "args");
    add(fields, plain(Kind::Bool), "active recovered");
    return objectOf(std::move(fields));
}

CheckType changeType()
{
    Fields fields;
    add(fields, plain(Kind::Int), "id");
    add(fields, plain(Kind::Duration), "t");
    add(fields, plain(Kind::String), "path");
    add(fields, oneOf("learner lesson"), "by");
    return objectOf(std::move(fields));
}

CheckType actType()
{
    Fields fields;
    add(fields, plain(Kind::Int), "id");
    add(fields, plain(Kind::Duration), "t");
    add(fields, plain(Kind::String), "name arg");
    return objectOf(std::move(fields));
}

CheckType makeStateType()
{
    Fields cache;
    add(cache, plain(Kind::Int), "size");
    Fields fields;
    add(fields, plain(Kind::Settings), "server client");
    add(fields, mapOf(cookieType()), "jar");
    add(fields, mapOf(plain(Kind::String)), "storage loot");
    add(fields, objectOf(std::move(cache)), "preflightCache");
    add(fields, plain(Kind::Int), "waiters");
    return objectOf(std::move(fields));
}

} // namespace

QString CheckType::name() const
{
    static constexpr std::array<QStringView, 13> names {
        u"yes or no", u"a number", u"a number",  u"a text", u"a word",    u"a duration", u"a size",
        u"a list",    u"a map",    u"any value", u"null",   u"an object", u"settings"};
    return names.at(static_cast<size_t>(kind)).toString();
}

const CheckType &streamType(CheckStream stream)
{
    // In the order of CheckStream; a HAR entry is an exchange.
    static const std::array<CheckType, checkStreamCount> types {
        callType(),   httpType(),  httpType(),   webSocketType(), frameType(),
        packetType(), eventType(), changeType(), actType()};
    return types.at(static_cast<size_t>(stream));
}

const CheckType &stateType()
{
    static const CheckType type = makeStateType();
    return type;
}

} // namespace rt
