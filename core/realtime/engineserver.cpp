// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/engineserver.h"

#include "http/messagewriter.h"
#include "http/query.h"
#include "realtime/enginewebsocket.h"
#include "realtime/farewell.h"
#include "realtime/pollingtransport.h"
#include "websocket/handshake.h"

#include <algorithm>

namespace rt::engineio {

using namespace Qt::StringLiterals;

namespace {

/// The last value of every query parameter, as new URL(…).searchParams into an object.
JsValue queryOf(const QByteArray &target)
{
    const QByteArray withoutFragment
        = target.left(target.indexOf('#') < 0 ? target.size() : target.indexOf('#'));
    const qsizetype mark = withoutFragment.indexOf('?');
    if (mark < 0)
        return JsValue::object();
    const JsValue parsed = parseSimpleQuery(QString::fromLatin1(withoutFragment.mid(mark + 1)), 0);
    JsValue query = JsValue::object();
    for (const auto &[name, value] : parsed.members())
        query.insert(name, value.isArray() ? value.items().last() : value);
    return query;
}

/// Node's checkInvalidHeaderChar: control characters.
bool hasInvalidCharacter(const QByteArray &value)
{
    return std::any_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<quint8>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7f;
    });
}

bool speaksProtocol4(const JsValue &query)
{
    return query[u"EIO"] == JsValue(u"4"_s);
}

HandshakeRequest handshakeRequest(const RequestHead &head, const IncomingMessage::Peer &peer,
                                  const JsValue &query)
{
    return {head, query, peer.address, peer.encrypted};
}

} // namespace

Server::Server(Options options, const Context &context, std::optional<CorsPolicy> cors)
    : m_options(std::move(options)), m_context(context), m_cors(std::move(cors))
{
}

Server::~Server()
{
    // Sessions tell nobody any more.
    m_sessions.clear();
}

Result<std::unique_ptr<Server>> Server::create(Options options, const Context &context)
{
    std::optional<CorsPolicy> cors;
    if (options.cors.isTruthy()) {
        auto compiled = CorsPolicy::compile(options.cors.isObject() ? options.cors : JsValue());
        if (!compiled)
            return tl::unexpected(compiled.error());
        cors = std::move(*compiled);
    }
    return std::unique_ptr<Server>(new Server(std::move(options), context, std::move(cors)));
}

std::shared_ptr<Session> Server::session(const QString &sid) const
{
    const auto found = m_sessions.find(sid.toLatin1());
    return found == m_sessions.end() ? nullptr : found->second;
}

QByteArray Server::generateId() const
{
    return m_context.random.bytes(15).toBase64(QByteArray::Base64UrlEncoding);
}

Server::Answer Server::applyCors(const RequestHead &head) const
{
    Answer answer;
    if (!m_cors)
        return answer;
    const CorsAnswer cors = m_cors->answer(head.method, head.headers, false);
    for (const HeaderField &field : cors.headers) {
        const auto known = answer.headers.first(field.name);
        answer.headers.set(
            field.name, known && field.name == "Vary" ? *known + ", " + field.value : field.value);
    }
    answer.status = cors.status;
    return answer;
}

std::optional<Server::Rejection> Server::verify(const RequestHead &head, const JsValue &query,
                                                bool upgrade) const
{
    const QString transport = query[u"transport"].toString();
    if (!m_options.transports.contains(transport.toLatin1()))
        return Rejection {ErrorCode::UnknownTransport,
                          tr("The transport \"%1\" is unknown or switched off.").arg(transport)};
    if (hasInvalidCharacter(head.headers.get("Origin").value_or(QByteArray())))
        return Rejection {ErrorCode::BadRequest, tr("Origin contains control characters.")};
    const QString sid = query[u"sid"].toString();
    if (sid.isEmpty())
        return verifyHandshake(head, query, upgrade);
    const auto known = session(sid);
    if (!known)
        return Rejection {ErrorCode::UnknownSid,
                          tr("No session has this id: it ended, or another server made it.")};
    return verifySession(*known, query, upgrade);
}

std::optional<Server::Rejection> Server::verifySession(const Session &session, const JsValue &query,
                                                       bool upgrade) const
{
    const QByteArray present = session.transport().name();
    const QString asked = query[u"transport"].toString();
    if (!upgrade && present != asked.toLatin1())
        return Rejection {ErrorCode::BadRequest,
                          tr("The session runs over %1 by now, not over %2.")
                              .arg(QString::fromLatin1(present), asked)};
    if (!speaksProtocol4(query))
        return Rejection {ErrorCode::BadRequest, tr("The session speaks protocol 4.")};
    return std::nullopt;
}

std::optional<Server::Rejection> Server::verifyHandshake(const RequestHead &head,
                                                         const JsValue &query, bool upgrade) const
{
    if (head.method != "GET")
        return Rejection {ErrorCode::BadHandshakeMethod, tr("A session is opened with GET.")};
    if (query[u"transport"] == JsValue(u"websocket"_s) && !upgrade)
        return Rejection {ErrorCode::BadRequest,
                          tr("The transport is websocket, and the request is no upgrade.")};
    if (m_options.allowRequest && !m_options.allowRequest(head.headers.get("Origin")))
        return Rejection {ErrorCode::Forbidden, tr("allowRequest refused this origin.")};
    if (!speaksProtocol4(query))
        return Rejection {ErrorCode::UnsupportedProtocolVersion, tr("EIO is not 4.")};
    return std::nullopt;
}

bool Server::handleRequest(ServerResponse &response)
{
    const RequestHead &head = response.request().head();
    if (!takes(head))
        return false;
    const Ticks::Scope scope(m_context.ticks);
    response.onReport([](ServerReport &report) { report.endedBy = "engine.io"; });
    const JsValue query = queryOf(head.target);
    const Answer cors = applyCors(head);
    for (const HeaderField &field : cors.headers)
        response.setHeader(field.name, field.value);
    if (cors.status) {
        response.statusCode = *cors.status;
        response.setHeader("Content-Length", "0");
        response.end();
    } else if (const auto rejection = verify(head, query, false)) {
        reject(response, *rejection);
    } else if (const auto known = session(query[u"sid"].toString())) {
        // Its transport is polling, or verify() would have refused.
        static_cast<PollingTransport &>(known->transport()).handle(response.shared_from_this());
    } else {
        openPolling(response, query);
    }
    return true;
}

void Server::reject(ServerResponse &response, const Rejection &rejection) const
{
    if (auto *capture = response.capture())
        capture->report.decisions.push_back({errorId(rejection.code), rejection.detail});
    response.writeHead(errorStatus(rejection.code), {{"Content-Type", "application/json"}});
    response.end(errorBody(rejection.code));
}

void Server::openPolling(ServerResponse &response, const JsValue &query)
{
    const auto transport
        = std::make_shared<PollingTransport>(m_options, m_context.timers, m_context.ticks);
    const QByteArray id = generateId();
    if (m_options.cookie)
        transport->onHeaders([cookie = m_options.cookie->write(id)](const IncomingMessage &request,
                                                                    HeaderList &fields) {
            if (queryOf(request.target())[u"sid"].toString().isEmpty())
                fields.append("Set-Cookie", cookie);
        });
    const IncomingMessage &request = response.request();
    auto session = std::make_shared<Session>(
        id, handshakeRequest(request.head(), request.peer(), query), m_options, m_context.timers);
    transport->handle(response.shared_from_this());
    m_sessions.emplace(id, session);
    session->onClose([this, id](const QByteArray &) { m_sessions.erase(id); });
    session->open(transport);
    if (m_connection)
        m_connection(session);
}

void Server::refuseUpgrade(UpgradeRequest &request, const UpgradeReply &reply)
{
    reportUpgrade(request, reply, m_context.clock);
    const QByteArray bytes
        = reply.head.status == 0 ? QByteArray() : writeResponseHead(reply.head) + reply.body;
    new Farewell(std::move(request.transport), bytes, this);
}

void Server::rejectUpgrade(UpgradeRequest &request, const Rejection &rejection)
{
    const QByteArray message = errorMessage(rejection.code);
    ResponseHead head;
    head.status = 400;
    head.reasonPhrase = reasonPhrase(400);
    head.headers = {{"Connection", "close"},
                    {"Content-type", "text/html"},
                    {"Content-Length", QByteArray::number(message.size())}};
    refuseUpgrade(request,
                  {head, message, "engine.io", {{errorId(rejection.code), rejection.detail}}});
}

bool Server::handleUpgrade(UpgradeRequest &request)
{
    if (!takes(request.head) || !m_options.transports.contains("websocket"))
        return false;
    const Ticks::Scope scope(m_context.ticks);
    const JsValue query = queryOf(request.head.target);
    const Answer cors = applyCors(request.head);
    if (cors.status) {
        const QString sentence = tr("An OPTIONS request cannot be upgraded.");
        refuseUpgrade(request, {{}, {}, "engine.io", {{"eio.PreflightUpgrade", sentence}}});
        return true;
    }
    if (const auto rejection = verify(request.head, query, true)) {
        rejectUpgrade(request, *rejection);
        return true;
    }
    UpgradeAnswer answer = answerUpgrade(request.head, {m_options.perMessageDeflate, {}});
    if (answer.refusal) {
        const Decision decision {refusalId(*answer.refusal), refusalSentence(*answer.refusal)};
        refuseUpgrade(request, {answer.head, answer.body, "engine.io", {decision}});
        return true;
    }
    for (const HeaderField &field : cors.headers)
        answer.head.headers.append(field.name, field.value);
    openWebSocket(request, answer, query);
    return true;
}

void Server::openWebSocket(UpgradeRequest &request, const UpgradeAnswer &answer,
                           const JsValue &query)
{
    const QByteArray head = answer.bytes();
    reportUpgrade(request, {answer.head, {}, "engine.io", {}}, m_context.clock);
    const HandshakeRequest handshake = handshakeRequest(request.head, request.peer, query);
    WebSocketEndpoint::Options options;
    options.limits.maxPayload = m_options.maxHttpBufferSize;
    options.deflate = answer.deflate;
    auto *connection = new WebSocketConnection(
        {std::move(request.transport), options, m_context.timers, m_context.ticks}, this);
    const auto transport = std::make_shared<WebSocketTransport>(*connection, m_context.ticks);
    const QString sid = query[u"sid"].toString();
    const bool polling = query[u"transport"] == JsValue(u"polling"_s);
    const auto known = sid.isEmpty() ? nullptr : session(sid);
    if (polling || (known && (known->isUpgrading() || known->isUpgraded()))) {
        transport->start(head, request.rest);
        connection->close();
    } else if (known) {
        known->tryUpgrade(transport);
        transport->start(head, request.rest);
    } else {
        const QByteArray id = generateId();
        auto session = std::make_shared<Session>(id, handshake, m_options, m_context.timers);
        m_sessions.emplace(id, session);
        session->onClose([this, id](const QByteArray &) { m_sessions.erase(id); });
        transport->start(head, {});
        session->open(transport);
        if (m_connection)
            m_connection(session);
        connection->feed(request.rest);
    }
}

void Server::close()
{
    const Ticks::Scope scope(m_context.ticks);
    const auto sessions = m_sessions;
    for (const auto &[id, session] : sessions)
        session->close(true);
}

} // namespace rt::engineio
