// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/exchange.h"

#include "base/clock.h"
#include "express/expresssettings.h"
#include "express/pipelinerun.h"
#include "express/target.h"
#include "express/trace.h"
#include "http/etag.h"
#include "http/query.h"
#include "server/serverresponse.h"

#include <QHostAddress>

#include <algorithm>
#include <utility>

namespace rt {

namespace {

const ExpressSettings &defaultSettings()
{
    static const ExpressSettings settings;
    return settings;
}

JsValue parsedQuery(const QByteArray &target, ExpressSettings::QueryParser parser)
{
    if (!target.contains('?'))
        return JsValue::object();
    const auto query = parseTarget(target).query;
    if (!query || query->isEmpty())
        return JsValue::object();
    switch (parser) {
    case ExpressSettings::QueryParser::Off:
        return JsValue::object();
    case ExpressSettings::QueryParser::Simple:
        return parseSimpleQuery(QString::fromLatin1(*query));
    case ExpressSettings::QueryParser::Extended:
        return parseExtendedQuery(*query);
    }
    Q_UNREACHABLE();
}

} // namespace

Exchange::Exchange(ServerResponse &response, const Clock &clock, const ExpressSettings *settings)
    : originalUrl(response.request().target()), url(originalUrl), params(JsValue::object()),
      m_request(response.request()), m_response(response), m_clock(clock),
      m_settings(settings ? settings : &defaultSettings()), m_keepAlive(response.shared_from_this())
{
    query = parsedQuery(url, m_settings->queryParser);
}

Exchange::~Exchange() = default;

const RequestHead &Exchange::head() const
{
    return m_request.head();
}

std::optional<QByteArray> Exchange::header(QByteArrayView name) const
{
    return m_request.header(name);
}

QByteArray Exchange::path() const
{
    return parseTarget(url).pathname.value_or(QByteArray());
}

QByteArray Exchange::protocol() const
{
    const IncomingMessage::Peer &peer = m_request.peer();
    const QByteArray own = peer.encrypted ? "https" : "http";
    if (!m_settings->trustProxy.trusts(peer.address, 0))
        return own;
    const QByteArray forwarded = header("X-Forwarded-Proto").value_or(QByteArray());
    if (forwarded.isEmpty())
        return own;
    return forwarded.split(',').first().trimmed();
}

QByteArray Exchange::ip() const
{
    return m_settings->trustProxy.trustedChain(m_request.peer().address, header("X-Forwarded-For"))
        .last();
}

QByteArrayList Exchange::ips() const
{
    QByteArrayList chain
        = m_settings->trustProxy.trustedChain(m_request.peer().address, header("X-Forwarded-For"));
    chain.removeFirst();
    std::reverse(chain.begin(), chain.end());
    return chain;
}

std::optional<QByteArray> Exchange::hostname() const
{
    QByteArray host = header("X-Forwarded-Host").value_or(QByteArray());
    if (host.isEmpty() || !m_settings->trustProxy.trusts(m_request.peer().address, 0))
        host = header("Host").value_or(QByteArray());
    else if (const qsizetype comma = host.indexOf(','); comma >= 0)
        host = host.left(comma).trimmed();
    if (host.isEmpty())
        return std::nullopt;
    // An IPv6 literal keeps its brackets.
    const qsizetype from = host.startsWith('[') ? host.indexOf(']') + 1 : 0;
    const qsizetype colon = host.indexOf(':', from);
    return colon < 0 ? host : host.left(colon);
}

QByteArrayList Exchange::subdomains() const
{
    const auto name = hostname();
    if (!name)
        return {};
    // net.isIP() takes no brackets.
    const bool isAddress
        = !name->startsWith('[') && !QHostAddress(QString::fromLatin1(*name)).isNull();
    QByteArrayList labels = isAddress ? QByteArrayList {*name} : name->split('.');
    std::reverse(labels.begin(), labels.end());
    // Array.prototype.slice: a negative offset counts from the end.
    const qsizetype offset = m_settings->subdomainOffset;
    return labels.mid(offset < 0 ? std::max<qsizetype>(0, labels.size() + offset) : offset);
}

bool Exchange::xhr() const
{
    return equalsIgnoringCase(header("X-Requested-With").value_or(QByteArray()), "xmlhttprequest");
}

bool Exchange::fresh() const
{
    const QByteArray &verb = m_request.method();
    if (verb != "GET" && verb != "HEAD")
        return false;
    const int status = m_response.statusCode;
    if ((status < 200 || status >= 300) && status != 304)
        return false;
    return freshness(head().headers, m_response.headers()) == Freshness::Fresh;
}

void Exchange::readBody(std::function<void(const QByteArray &)> data, std::function<void()> end)
{
    m_request.onData(std::move(data));
    m_request.onEnd(std::move(end));
    m_request.resume();
}

void Exchange::decide(QByteArray id, QString sentence)
{
    if (m_trace)
        m_trace->decide({std::move(id), std::move(sentence)});
}

bool Exchange::traced() const
{
    return m_trace != nullptr;
}

void Exchange::noteError(const QString &text)
{
    if (m_trace)
        m_trace->error = text;
}

void Exchange::onHeaders(std::function<void()> callback)
{
    m_response.onHeaders(m_trace ? m_trace->wrapped(*this, std::move(callback))
                                 : std::move(callback));
}

void Exchange::raise(ExpressError error)
{
    if (m_run && !m_run->isRunning()) {
        // Node: an exception in a timer or socket callback has nobody to catch it.
        m_response.destroy();
        return;
    }
    if (!m_raised)
        m_raised = std::move(error);
    m_response.block();
}

std::optional<ExpressError> Exchange::takeRaised()
{
    const auto fault = m_response.takeError();
    if (m_raised)
        return std::exchange(m_raised, std::nullopt);
    if (!fault)
        return std::nullopt;
    ExpressError error;
    error.name = fault->name;
    error.code = fault->code;
    error.message = fault->message;
    return error;
}

} // namespace rt
