// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/finalhandler.h"

#include "express/exchange.h"
#include "express/expresssettings.h"
#include "express/target.h"
#include "http/encodeurl.h"
#include "http/messagewriter.h"
#include "server/serverresponse.h"

#include <cmath>

namespace rt {

namespace {

using namespace Qt::StringLiterals;

QByteArray page(const QByteArray &message)
{
    QByteArray text = escapeHtml(QByteArrayView(message));
    text.replace('\n', "<br>").replace("  ", " &nbsp;");
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<title>Error</title>\n</head>\n<body>\n<pre>"
        + text + "</pre>\n</body>\n</html>\n";
}

struct Answer
{
    double status = 404;
    QByteArray message;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
};

/// statuses.message[status]: only whole numbers have one.
QByteArray statusText(double status)
{
    return status == std::trunc(status) ? reasonPhrase(static_cast<int>(status)) : QByteArray();
}

void write(Exchange &exchange, const Answer &answer)
{
    ServerResponse &response = exchange.response();
    const QByteArray body = page(answer.message);
    response.statusCode = static_cast<int>(answer.status);
    response.statusMessage = statusText(answer.status);
    for (const char *name : {"Content-Encoding", "Content-Language", "Content-Range"})
        response.removeHeader(name);
    for (const auto &[name, value] : answer.headers)
        response.setHeader(name, value);
    response.setHeader("Content-Security-Policy", "default-src 'none'");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.setHeader("Content-Length", QByteArray::number(body.size()));
    response.end(exchange.method() == "HEAD" ? QByteArray() : body, BodyKind::String);
}

/// The request is read to its end first, so that the connection stays usable.
void writeAfterRequest(const std::shared_ptr<Exchange> &exchange, Answer answer)
{
    IncomingMessage &request = exchange->request();
    if (request.ended()) {
        write(*exchange, answer);
        return;
    }
    request.onData(nullptr);
    request.onEnd([exchange, answer = std::move(answer)] { write(*exchange, answer); });
    request.resume();
}

bool isErrorStatus(double status)
{
    return status >= 400 && status < 600;
}

/// err.stack of a development page; the stages stand for the function calls below the error.
QByteArray stackText(const ExpressError &error)
{
    QByteArray text = error.name;
    if (!error.code.isEmpty())
        text += " [" + error.code + ']';
    if (!error.message.isEmpty())
        text += ": " + error.message.toUtf8();
    return text + "\n    at Layer.handle (express/router)\n    at next (express/router)";
}

} // namespace

void answerNotFound(const std::shared_ptr<Exchange> &exchange)
{
    if (exchange->response().headersSent())
        return;
    const TargetParts target = parseTarget(exchange->originalUrl);
    const QByteArray path
        = target.invalid ? QByteArray("resource") : target.pathname.value_or("null");
    if (exchange->traced())
        exchange->decide("express.NotFound",
                         u"Nothing in the stack answered, so Express writes its 404 page and its "
                         "own Content-Security-Policy."_s);
    writeAfterRequest(exchange, {404, "Cannot " + exchange->method() + ' ' + encodeUrl(path), {}});
}

void answerError(const std::shared_ptr<Exchange> &exchange, const ExpressError &error)
{
    ServerResponse &response = exchange->response();
    if (response.headersSent()) {
        response.destroy();
        return;
    }
    Answer answer;
    if (error.status && isErrorStatus(*error.status)) {
        answer.status = *error.status;
        answer.headers = error.headers;
    } else {
        answer.status = isErrorStatus(response.statusCode) ? response.statusCode : 500;
    }
    answer.message = exchange->settings().production ? statusText(answer.status) : stackText(error);
    if (answer.message.isEmpty())
        answer.message = "undefined";
    if (exchange->traced())
        exchange->decide("express.ErrorPage",
                         u"Express writes its error page with %1 for: %2"_s.arg(answer.status)
                             .arg(error.message));
    writeAfterRequest(exchange, std::move(answer));
}

void NotFoundHandler::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    Q_UNUSED(next)
    answerNotFound(exchange);
}

void ErrorHandler::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    Q_UNUSED(exchange)
    next();
}

void ErrorHandler::handleError(const std::shared_ptr<Exchange> &exchange, const ExpressError &error,
                               Next next) const
{
    if (!exchange->settings().jsonErrors) {
        answerError(exchange, error);
        return;
    }
    if (exchange->response().headersSent()) {
        next(error);
        return;
    }
    const double status = error.status && isErrorStatus(*error.status) ? *error.status : 500;
    exchange->status(static_cast<int>(status));
    JsValue details = errorDetails(error);
    JsValue ordered = JsValue::object();
    ordered.insert(u"status"_s, JsValue(status));
    for (const auto &[name, value] : details.members())
        ordered.insert(name, value);
    if (!error.type.isEmpty())
        ordered.insert(u"type"_s, JsValue::latin1(error.type));
    JsValue body = JsValue::object();
    body.insert(u"error"_s, ordered);
    exchange->json(body);
}

JsValue errorDetails(const ExpressError &error)
{
    // The engine's own wording of a syntax error differs between engines and says nothing more.
    const bool syntax = error.name == "SyntaxError" || error.type == "entity.parse.failed";
    const bool engine = error.name == "TypeError"
        && (error.message.startsWith(u"Cannot read propert")
            || error.message.startsWith(u"Cannot set propert"));
    JsValue details = JsValue::object();
    details.insert(u"name"_s, JsValue::latin1(error.name));
    details.insert(u"message"_s,
                   JsValue(syntax       ? u"invalid JSON"_s
                               : engine ? u"internal error"_s
                                        : error.message));
    return details;
}

} // namespace rt
