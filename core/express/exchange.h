// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/middleware.h"
#include "http/message.h"
#include "http/wireobserver.h"

#include <functional>
#include <memory>
#include <vector>

namespace rt {

class Clock;
class IncomingMessage;
class ServerResponse;

/// Express's req and res of one request on its way through the stack: live, single-threaded, owned
/// jointly by the pipeline run and whatever callback still has to answer. See ExchangeRecord for the
/// captured value. Names and behaviour follow Express 4.22.
class Exchange : public std::enable_shared_from_this<Exchange>
{
public:
    Exchange(IncomingMessage &request, ServerResponse &response, const Clock &clock);
    ~Exchange();
    Q_DISABLE_COPY_MOVE(Exchange)

    // --- req
    IncomingMessage &request() { return m_request; }
    const RequestHead &head() const;
    QByteArray method() const { return head().method; }
    /// req.originalUrl: the request target as received (without fragment).
    QByteArray originalUrl;
    /// req.url: what is left below the mount path.
    QByteArray url;
    QByteArray baseUrl;
    QByteArray path() const;
    JsValue query;
    /// Undefined until a body parser ran.
    JsValue body;
    JsValue params;
    JsValue cookies;
    JsValue signedCookies;
    JsValue session;
    JsValue user;
    JsValue queryPolluted;
    JsValue bodyPolluted;
    bool secure = false;

    // --- res
    ServerResponse &response() { return m_response; }
    void status(int code);
    void type(const QByteArray &shortOrFull);
    void send(const QByteArray &text); ///< res.send(string): UTF-8 text
    void sendBuffer(const QByteArray &bytes); ///< res.send(Buffer)
    void json(const JsValue &value);
    void sendStatus(int code);
    void redirect(const QByteArray &url, int status = 302);
    void end(const QByteArray &bytes = {});
    /// res.vary(): appends to Vary unless present.
    void vary(const QByteArray &field);

    // --- for middleware
    const Clock &clock() const { return m_clock; }
    /// Names a decision of the running stage.
    void decide(QByteArray id, QString sentence);
    /// npm on-headers: called just before the head is written, last added first.
    void onHeaders(std::function<void()> callback);
    /// The handler of a route ran to its end: the request had its effect.
    void markExecuted() { m_executed = true; }
    bool executed() const { return m_executed; }

private:
    friend class Pipeline;
    struct Trace;
    IncomingMessage &m_request;
    ServerResponse &m_response;
    const Clock &m_clock;
    std::unique_ptr<Trace> m_trace;
    bool m_executed = false;
};

} // namespace rt
