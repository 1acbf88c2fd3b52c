// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/trafficfilter.h"

#include "lab/command.h"
#include "models/trafficformat.h"

#include <algorithm>

namespace rt {

namespace {

bool contains(const QByteArray &text, const QByteArray &lowered)
{
    const auto same = [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
    };
    return std::search(text.begin(), text.end(), lowered.begin(), lowered.end(), same)
        != text.end();
}

QByteArrayView kindName(ExchangeRecord::Kind kind)
{
    switch (kind) {
    case ExchangeRecord::Kind::Preflight:
        return "preflight";
    case ExchangeRecord::Kind::Actual:
        return "actual";
    case ExchangeRecord::Kind::Navigation:
        return "navigation";
    case ExchangeRecord::Kind::Subresource:
        return "subresource";
    case ExchangeRecord::Kind::Poll:
        return "poll";
    case ExchangeRecord::Kind::Upgrade:
        return "upgrade";
    case ExchangeRecord::Kind::Raw:
        return "raw";
    }
    return {};
}

/// "2xx", "404", ">=400", "<300".
bool statusMatches(int status, const QByteArray &pattern)
{
    if (pattern.size() == 3 && pattern.endsWith("xx"))
        return status / 100 == pattern.at(0) - '0';
    for (const char *op : {">=", "<=", ">", "<"}) {
        if (!pattern.startsWith(op))
            continue;
        const int bound = pattern.sliced(static_cast<qsizetype>(qstrlen(op))).toInt();
        const bool orEqual = op[1] == '=';
        return (op[0] == '>' ? status > bound : status < bound) || (orEqual && status == bound);
    }
    return QByteArray::number(status).startsWith(pattern);
}

double sizeValue(QByteArray text)
{
    double factor = 1;
    for (const auto &[suffix, unit] :
         {std::pair("kb", 1e3), std::pair("mb", 1e6), std::pair("k", 1e3), std::pair("m", 1e6),
          std::pair("b", 1.0)}) {
        if (text.endsWith(suffix)) {
            text.chop(static_cast<qsizetype>(qstrlen(suffix)));
            factor = unit;
            break;
        }
    }
    return text.toDouble() * factor;
}

} // namespace

QStringList TrafficFilter::fieldNames()
{
    return {QStringLiteral("method:"), QStringLiteral("status:"), QStringLiteral("path:"),
            QStringLiteral("host:"),   QStringLiteral("from:"),   QStringLiteral("blocked:"),
            QStringLiteral("kind:"),   QStringLiteral("stage:"),  QStringLiteral("slower:"),
            QStringLiteral("larger:")};
}

TrafficFilter TrafficFilter::parse(const QString &text)
{
    TrafficFilter filter;
    for (const QStringView word : QStringView(text).split(u' ', Qt::SkipEmptyParts))
        filter.m_terms.push_back(parseTerm(word));
    return filter;
}

TrafficFilter::Term TrafficFilter::parseTerm(QStringView word)
{
    Term term;
    if (word.size() > 1 && word.startsWith(u'-')) {
        term.negated = true;
        word = word.sliced(1);
    }
    const qsizetype colon = word.indexOf(u':');
    const qsizetype field
        = colon < 0 ? -1 : fieldNames().indexOf(word.first(colon + 1).toString().toLower());
    if (field >= 0) {
        term.field = static_cast<Field>(field + 1);
        word = word.sliced(colon + 1);
    }
    term.value = word.toUtf8().toLower();
    if (term.field == Field::Larger)
        term.number = sizeValue(term.value);
    if (term.field == Field::Slower) {
        const qint64 duration = parseDuration(word);
        term.number = duration >= 0 ? static_cast<double>(duration) : term.value.toDouble();
    }
    return term;
}

bool TrafficFilter::matches(const TrafficSubject &subject) const
{
    return std::all_of(m_terms.begin(), m_terms.end(), [&subject](const Term &term) {
        return holds(term, subject) != term.negated;
    });
}

bool TrafficFilter::holds(const Term &term, const TrafficSubject &subject)
{
    if (subject.call && holds(term, *subject.call))
        return true;
    return std::any_of(subject.exchanges.begin(), subject.exchanges.end(),
                       [&term](const ExchangeSummary *exchange) { return holds(term, *exchange); });
}

bool TrafficFilter::holds(const Term &term, const ExchangeSummary &exchange)
{
    switch (term.field) {
    case Field::Text:
        return contains(exchange.method, term.value) || contains(exchange.path, term.value)
            || contains(exchange.targetOrigin, term.value)
            || QByteArray::number(exchange.status) == term.value;
    case Field::Method:
        return contains(exchange.method, term.value);
    case Field::Status:
        return exchange.status && statusMatches(exchange.status, term.value);
    case Field::Path:
        return contains(exchange.path, term.value);
    case Field::Host:
        return contains(exchange.targetOrigin, term.value);
    case Field::From:
        return exchange.external && QByteArray("external").startsWith(term.value);
    case Field::Blocked:
        return false;
    case Field::Kind:
        return kindName(exchange.kind).startsWith(term.value);
    case Field::Stage:
        return contains(exchange.endedBy, term.value);
    case Field::Slower:
        return static_cast<double>(exchange.durationMs) >= term.number;
    case Field::Larger:
        return static_cast<double>(exchange.wireBytes) >= term.number;
    }
    return false;
}

bool TrafficFilter::holds(const Term &term, const CallRecord &call)
{
    const bool blocked = call.outcome == CallRecord::Outcome::Blocked
        || call.outcome == CallRecord::Outcome::Failed;
    switch (term.field) {
    case Field::Text:
        return contains(call.method, term.value) || contains(call.url, term.value)
            || contains(call.reason, term.value)
            || contains(pageText(call.page).toUtf8(), term.value);
    case Field::Method:
        return contains(call.method, term.value);
    case Field::Path:
        return contains(call.path, term.value);
    case Field::Host:
        return contains(call.url, term.value);
    case Field::From:
        return contains(pageText(call.page).toUtf8(), term.value)
            || contains(call.page, term.value);
    case Field::Blocked:
        return blocked && contains(call.reason, term.value);
    case Field::Slower:
        return call.durationMs >= term.number;
    case Field::Status:
    case Field::Kind:
    case Field::Stage:
    case Field::Larger:
        return false;
    }
    return false;
}

} // namespace rt
