// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/exchange.h"

#include "express/expresssettings.h"
#include "express/mimetypes.h"
#include "express/vary.h"
#include "http/encodeurl.h"
#include "http/etag.h"
#include "http/mediatype.h"
#include "http/messagewriter.h"
#include "http/negotiation.h"
#include "server/serverresponse.h"

namespace rt {

using namespace Qt::StringLiterals;

// The half of Exchange that is Express's res.

namespace {

QByteArray statusText(int status, const QByteArray &otherwise)
{
    const QByteArray text = reasonPhrase(status);
    return text.isEmpty() ? otherwise : text;
}

/// What the learner sees of res.send and res.json: how much, and what Express added to it.
QString sentSentence(const QString &call, qsizetype bytes, const HeaderList &headers)
{
    const QByteArray tag = headers.get("ETag").value_or(QByteArray());
    const QString added = tag.isEmpty() ? u"Content-Type and Content-Length"_s
        : tag.startsWith("W/")          ? u"Content-Type, Content-Length and a weak ETag"_s
                                        : u"Content-Type, Content-Length and a strong ETag"_s;
    return u"%1 answered with %2 bytes under %3."_s.arg(call).arg(bytes).arg(added);
}

ExpressError typeError(const QString &message)
{
    ExpressError error;
    error.name = "TypeError";
    error.message = message;
    return error;
}

} // namespace

int Exchange::statusCode() const
{
    return m_response.statusCode;
}

const HeaderList &Exchange::responseHeaders() const
{
    return m_response.headers();
}

std::optional<QByteArray> Exchange::responseHeader(QByteArrayView name) const
{
    return m_response.header(name);
}

void Exchange::setHeader(const QByteArray &name, const QByteArray &value)
{
    m_response.setHeader(name, value);
}

void Exchange::setHeader(const QByteArray &name, const QByteArrayList &values)
{
    m_response.setHeader(name, values);
}

void Exchange::removeHeader(const QByteArray &name)
{
    m_response.removeHeader(name);
}

bool Exchange::headersSent() const
{
    return m_response.headersSent();
}

void Exchange::writeHead(int status_, const HeaderList &headers)
{
    m_response.writeHead(status_, headers);
}

bool Exchange::write(const QByteArray &bytes, BodyKind kind)
{
    return m_response.write(bytes, kind);
}

void Exchange::flush()
{
    m_response.flush();
}

bool Exchange::closed() const
{
    return m_response.closed();
}

void Exchange::onClose(std::function<void()> callback)
{
    m_response.onClose(std::move(callback));
}

void Exchange::status(int code)
{
    if (!m_response.hasError())
        m_response.statusCode = code;
}

void Exchange::type(const QByteArray &shortOrFull)
{
    const QByteArray value = shortOrFull.contains('/') ? shortOrFull : mimeLookup(shortOrFull);
    m_response.setHeader("Content-Type", withDefaultCharset(value));
}

void Exchange::set(const QByteArray &name, const QString &value)
{
    QByteArray bytes;
    bytes.reserve(value.size());
    for (const QChar c : value) {
        // Not a field value, so that setHeader() refuses it as Node does.
        bytes += c.unicode() > 0xff ? '\0' : static_cast<char>(c.unicode());
    }
    m_response.setHeader(
        name, equalsIgnoringCase(name, "Content-Type") ? withDefaultCharset(bytes) : bytes);
}

void Exchange::send(const QByteArray &text)
{
    sendText("express.Send", text);
}

void Exchange::sendText(const char *decision, const QByteArray &text)
{
    if (!isSet("Content-Type"))
        type("html");
    const auto current = m_response.header("Content-Type");
    if (current && *current != "text/html; charset=utf-8"
        && *current != "application/json; charset=utf-8") {
        // utils.setCharset(): text is always UTF-8, whatever the type said.
        auto parsed = parseContentType(*current);
        if (!parsed) {
            raise(typeError(QStringLiteral("invalid media type")));
            return;
        }
        std::erase_if(parsed->parameters, [](const auto &p) { return p.first == "charset"; });
        parsed->parameters.emplace_back("charset", "utf-8");
        m_response.setHeader("Content-Type", withDefaultCharset(formatContentType(*parsed)));
    }
    sendBytes(decision, text, BodyKind::String);
}

void Exchange::sendBuffer(const QByteArray &bytes)
{
    if (!isSet("Content-Type"))
        type("bin");
    sendBytes("express.Send", bytes, BodyKind::Buffer);
}

void Exchange::explainSend(const char *decision, qsizetype bytes)
{
    const int code = m_response.statusCode;
    if (code == 304)
        return decide("express.NotModified",
                      u"The client's copy is still good: Express sends 304 and no body."_s);
    if (code == 204 || code == 205)
        return decide("express.NoBody", u"Status %1 has no body, so none is sent."_s.arg(code));
    const QString call = QByteArrayView(decision) == "express.Json" ? u"res.json"_s : u"res.send"_s;
    decide(decision, sentSentence(call, bytes, m_response.headers()));
}

/// `!res.get(name)`: an empty value counts as none.
bool Exchange::isSet(const char *name) const
{
    const auto value = m_response.header(name);
    return value && !value->isEmpty();
}

void Exchange::sendBytes(const char *decision, const QByteArray &bytes, BodyKind kind)
{
    m_response.setHeader("Content-Length", QByteArray::number(bytes.size()));
    const bool makesEtag = m_settings->etag != ExpressSettings::Etag::Off && !isSet("ETag");
    // A string that needs no ETag is only turned into bytes by Node, unless it is long.
    if (makesEtag || (bytes.size() >= 1000 && QString::fromUtf8(bytes).size() >= 1000))
        kind = BodyKind::Buffer;
    if (makesEtag) {
        const bool strong = m_settings->etag == ExpressSettings::Etag::Strong;
        m_response.setHeader("ETag",
                             etag(bytes, strong ? EtagStrength::Strong : EtagStrength::Weak));
    }
    if (fresh())
        status(304);
    const int code = m_response.statusCode;
    const bool empty = code == 204 || code == 304 || code == 205;
    if (code == 204 || code == 304) {
        for (const char *name : {"Content-Type", "Content-Length", "Transfer-Encoding"})
            m_response.removeHeader(name);
    } else if (code == 205) {
        m_response.setHeader("Content-Length", "0");
        m_response.removeHeader("Transfer-Encoding");
    }
    if (traced() && !m_response.hasError())
        explainSend(decision, bytes.size());
    m_response.end(empty || method() == "HEAD" ? QByteArray() : bytes, kind);
}

void Exchange::json(const JsValue &value)
{
    QByteArray text = toJson(value, m_settings->jsonSpaces);
    if (m_settings->jsonEscape)
        text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    if (!isSet("Content-Type"))
        m_response.setHeader("Content-Type", "application/json; charset=utf-8");
    sendText("express.Json", text);
}

void Exchange::sendStatus(int code)
{
    status(code);
    type("txt");
    send(statusText(code, QByteArray::number(code)));
}

void Exchange::location(const QByteArray &url_)
{
    QByteArray target = url_;
    if (target == "back") {
        const auto referrer = header("Referrer");
        target = referrer && !referrer->isEmpty() ? *referrer
                                                  : header("Referer").value_or(QByteArray());
        if (target.isEmpty())
            target = "/";
    }
    m_response.setHeader("Location", encodeUrl(target));
}

void Exchange::redirect(const QByteArray &url_, int code)
{
    location(url_);
    const QByteArray address = m_response.header("Location").value_or(QByteArray());
    const QByteArray text = statusText(code, "undefined") + ". Redirecting to ";
    const auto accepted = accepts(header("Accept"), {"text", "html"});
    vary("Accept");
    QByteArray content;
    if (accepted == "text") {
        m_response.setHeader("Content-Type", "text/plain; charset=utf-8");
        content = text + address;
    } else if (accepted) {
        m_response.setHeader("Content-Type", "text/html; charset=utf-8");
        content = "<p>" + text + escapeHtml(QByteArrayView(address)) + "</p>";
    }
    status(code);
    m_response.setHeader("Content-Length", QByteArray::number(content.size()));
    if (traced() && !m_response.hasError())
        decide(
            "express.Redirect",
            u"res.redirect sends the client on to %1 with %2."_s.arg(QString::fromLatin1(address))
                .arg(code));
    m_response.end(method() == "HEAD" ? QByteArray() : content, BodyKind::String);
}

void Exchange::end(const QByteArray &bytes)
{
    m_response.end(bytes);
}

void Exchange::vary(const QByteArray &field)
{
    const QByteArrayList present = m_response.headers().all("Vary");
    const QByteArray value = appendVary(present.join(", "), field);
    if (!value.isEmpty())
        m_response.setHeader("Vary", value);
}

void Exchange::appendCookie(const QByteArray &setCookie)
{
    m_response.appendHeader("Set-Cookie", setCookie);
}

} // namespace rt
