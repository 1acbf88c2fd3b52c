// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/middleware.h"
#include "http/message.h"
#include "http/wireobserver.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rt {

class Clock;
class IncomingMessage;
class PipelineRun;
class RequestSession;
class ServerResponse;
enum class BodyKind;
struct ExpressSettings;

/// Express's req and res of one request on its way through the stack: live, single-threaded, owned
/// jointly by the pipeline run and whatever callback still has to answer. See ExchangeRecord for
/// the captured value. Names and behaviour follow Express 4.22.
class Exchange : public std::enable_shared_from_this<Exchange>
{
public:
    /// Keeps `response` (and with it the request) alive. Without settings, Express's defaults.
    Exchange(ServerResponse &response, const Clock &clock,
             const ExpressSettings *settings = nullptr);
    ~Exchange();
    Q_DISABLE_COPY_MOVE(Exchange)

    const ExpressSettings &settings() const { return *m_settings; }

    // --- req
    IncomingMessage &request() { return m_request; }
    const RequestHead &head() const;
    QByteArray method() const { return head().method; }
    /// req.headers[name]; see IncomingMessage::header().
    std::optional<QByteArray> header(QByteArrayView name) const;
    /// req.originalUrl: the request target as received.
    QByteArray originalUrl;
    /// req.url: what is left below the mount path.
    QByteArray url;
    QByteArray baseUrl;
    /// req.path: pathname of `url`.
    QByteArray path() const;
    JsValue query;
    /// Undefined until a body parser ran.
    JsValue body;
    JsValue params;
    JsValue cookies;
    JsValue signedCookies;
    /// req.secret: what cookie-parser leaves for signing; undefined without.
    JsValue secret;
    /// req.session as the record shows it; `requestSession` is what stands behind it.
    JsValue session;
    std::shared_ptr<RequestSession> requestSession;
    JsValue user;
    JsValue queryPolluted;
    JsValue bodyPolluted;
    /// Express's req._body: a parser has read the body.
    bool bodyParsed = false;
    /// req.protocol, req.ip and so on under the setting `trust proxy`.
    QByteArray protocol() const;
    bool secure() const { return protocol() == "https"; }
    QByteArray ip() const;
    QByteArrayList ips() const;
    std::optional<QByteArray> hostname() const;
    QByteArrayList subdomains() const;
    bool xhr() const;
    bool fresh() const;

    /// Reads the body to its end: `data` for each piece, then `end`; never called when the client
    /// goes away before. At once when all is there already.
    void readBody(std::function<void(const QByteArray &)> data, std::function<void()> end);

    // --- res
    ServerResponse &response() { return m_response; }
    const ServerResponse &response() const { return m_response; }
    int statusCode() const;
    const HeaderList &responseHeaders() const;
    /// res.getHeader(): the first value.
    std::optional<QByteArray> responseHeader(QByteArrayView name) const;
    void setHeader(const QByteArray &name, const QByteArray &value);
    void setHeader(const QByteArray &name, const QByteArrayList &values);
    void removeHeader(const QByteArray &name);
    bool headersSent() const;
    void writeHead(int status, const HeaderList &headers = {});
    /// False: wait for the response's drain.
    bool write(const QByteArray &bytes, BodyKind kind = {});
    void flush();
    /// The answer is out, or the connection went away.
    bool closed() const;
    void onClose(std::function<void()> callback);
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
    /// res.set(): text may hold any characters; those a header cannot carry raise an error.
    void set(const QByteArray &name, const QString &value);
    /// res.location(): "back" means the referrer.
    void location(const QByteArray &url);
    /// Adds one Set-Cookie line.
    void appendCookie(const QByteArray &setCookie);
    /// The list that was given as Set-Cookie, when it outlives the exchange. Node keeps the very
    /// array it is given, and npm cookies writes into it.
    std::shared_ptr<QByteArrayList> sharedSetCookies;

    // --- for middleware
    const Clock &clock() const { return m_clock; }
    /// Names a decision of the running stage.
    void decide(QByteArray id, QString sentence);
    /// npm on-headers: called just before the head is written, last added first.
    void onHeaders(std::function<void()> callback);
    /// What `throw` does in an Express handler: the running stage ends here, the error handlers get
    /// the error. Calls on the response do nothing until then.
    void raise(ExpressError error);
    /// The error a lesson sees as `handler.error` although nobody passed it on ("jwt expired").
    void noteError(const QString &text);
    /// True when stages are recorded; guards work that only the trace needs.
    bool traced() const;
    /// The handler of a route ran to its end: the request had its effect.
    void markExecuted() { m_executed = true; }
    /// The handler turned the request away before it had any effect.
    void markRefused() { m_refused = true; }
    bool executed() const { return m_executed && !m_refused; }

private:
    friend class PipelineRun;
    struct Trace;
    std::optional<ExpressError> takeRaised();
    bool isSet(const char *name) const;
    /// `decision` names the call that sends: "express.Json" or "express.Send".
    void sendText(const char *decision, const QByteArray &text);
    void sendBytes(const char *decision, const QByteArray &bytes, BodyKind kind);
    void explainSend(const char *decision, qsizetype bytes);

    IncomingMessage &m_request;
    ServerResponse &m_response;
    const Clock &m_clock;
    const ExpressSettings *m_settings;
    std::shared_ptr<ServerResponse> m_keepAlive;
    /// Settings live in it.
    std::shared_ptr<const void> m_pipeline;
    std::unique_ptr<PipelineRun> m_run;
    std::unique_ptr<Trace> m_trace;
    std::optional<ExpressError> m_raised;
    bool m_executed = false;
    bool m_refused = false;
};

} // namespace rt
