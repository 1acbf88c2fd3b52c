// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/fetchreport.h"

#include "http/messagewriter.h"

namespace rt {

namespace {

QString utf8(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes);
}

JsValue text(const QByteArray &bytes)
{
    return JsValue(utf8(bytes));
}

QString indented(const QByteArray &head, QLatin1StringView mark)
{
    QString out;
    for (const QByteArray &line : head.split('\n')) {
        if (const QByteArray trimmed = line.trimmed(); !trimmed.isEmpty())
            out += QStringLiteral("  %1 %2\n").arg(mark, utf8(trimmed));
    }
    return out;
}

QString exchangeText(const ExchangeRecord &exchange)
{
    const bool preflight = exchange.kind == ExchangeRecord::Kind::Preflight;
    QString out = (preflight ? QStringLiteral("Preflight (the browser's own question)\n")
                             : QStringLiteral("Request\n"));
    out += indented(writeRequestHead(exchange.request()), QLatin1StringView(">"));
    if (exchange.response().status == 0)
        return out + QStringLiteral("  < no answer\n\n");
    return out + indented(writeResponseHead(exchange.response()), QLatin1StringView("<")) + u'\n';
}

QLatin1StringView markOf(AlgorithmStep::Outcome outcome)
{
    switch (outcome) {
    case AlgorithmStep::Outcome::Info:
        return QLatin1StringView(" ");
    case AlgorithmStep::Outcome::Passed:
        return QLatin1StringView("+");
    case AlgorithmStep::Outcome::Failed:
        return QLatin1StringView("x");
    }
    Q_UNREACHABLE();
}

QString verdict(const CallRecord &call)
{
    switch (call.outcome) {
    case CallRecord::Outcome::Ok:
        return QStringLiteral("ok: %1, %2").arg(utf8(call.type)).arg(call.status);
    case CallRecord::Outcome::Blocked:
        return QStringLiteral("blocked: %1").arg(utf8(call.reason));
    case CallRecord::Outcome::Failed:
        return QStringLiteral("failed: %1").arg(utf8(call.reason));
    case CallRecord::Outcome::Aborted:
    case CallRecord::Outcome::Pending:
        return QStringLiteral("cancelled");
    }
    Q_UNREACHABLE();
}

/// "cors.origin" for the fix of "server.cors.origin".
QString optionName(const Fix &fix)
{
    const QString path = utf8(fix.path);
    return path.startsWith(QLatin1String("server.")) ? path.mid(7) : path;
}

} // namespace

QString fetchText(const CallRecord &call, const std::vector<ExchangeRecord> &exchanges)
{
    QString out;
    for (const ExchangeRecord &exchange : exchanges)
        out += exchangeText(exchange);
    out += QStringLiteral("Decisions\n");
    for (const AlgorithmStep &step : call.steps) {
        out += QStringLiteral("  %1 %2  %3\n")
                   .arg(markOf(step.outcome), utf8(step.id), step.sentence);
        if (!step.evidence.isEmpty())
            out += QStringLiteral("      %1\n").arg(utf8(step.evidence));
    }
    if (!call.console.isEmpty())
        out += QStringLiteral("\nConsole\n  %1\n").arg(call.console.join(QStringLiteral("\n  ")));
    if (!call.body.isEmpty())
        out += QStringLiteral("\nBody\n  %1\n").arg(utf8(call.body));
    const Diagnosis diagnosis = diagnose(call, exchanges);
    out += QStringLiteral("\n%1\n").arg(diagnosis.story);
    for (const Fix &fix : diagnosis.fixes)
        out += QStringLiteral("Fix: set %1 to %2\n").arg(optionName(fix), stringifyJson(fix.value));
    if (diagnosis.fixes.empty() && !diagnosis.remedy.isEmpty())
        out += diagnosis.remedy + u'\n';
    return out + QStringLiteral("=> %1\n").arg(verdict(call));
}

JsValue fetchValue(const CallRecord &call, const std::vector<ExchangeRecord> &exchanges)
{
    JsValue list = JsValue::array();
    for (const ExchangeRecord &exchange : exchanges) {
        JsValue value = JsValue::object();
        value.insert(QStringLiteral("preflight"),
                     JsValue(exchange.kind == ExchangeRecord::Kind::Preflight));
        value.insert(QStringLiteral("request"), text(writeRequestHead(exchange.request())));
        value.insert(QStringLiteral("response"), text(writeResponseHead(exchange.response())));
        value.insert(QStringLiteral("status"), JsValue(exchange.response().status));
        list.append(value);
    }
    JsValue steps = JsValue::array();
    for (const AlgorithmStep &step : call.steps) {
        JsValue value = JsValue::object();
        value.insert(QStringLiteral("id"), text(step.id));
        value.insert(QStringLiteral("failed"),
                     JsValue(step.outcome == AlgorithmStep::Outcome::Failed));
        value.insert(QStringLiteral("sentence"), JsValue(step.sentence));
        value.insert(QStringLiteral("evidence"), text(step.evidence));
        value.insert(QStringLiteral("source"), JsValue(step.source));
        steps.append(value);
    }
    const Diagnosis diagnosis = diagnose(call, exchanges);
    JsValue fixes = JsValue::array();
    for (const Fix &fix : diagnosis.fixes) {
        JsValue value = JsValue::object();
        value.insert(QStringLiteral("option"), JsValue(optionName(fix)));
        value.insert(QStringLiteral("value"), fix.value);
        fixes.append(value);
    }
    JsValue root = JsValue::object();
    root.insert(QStringLiteral("verdict"), JsValue(verdict(call)));
    root.insert(QStringLiteral("reason"), text(call.reason));
    root.insert(QStringLiteral("type"), text(call.type));
    root.insert(QStringLiteral("status"), JsValue(call.status));
    root.insert(QStringLiteral("body"), text(call.body));
    root.insert(QStringLiteral("console"), JsValue::stringArray(call.console));
    root.insert(QStringLiteral("story"), JsValue(diagnosis.story));
    root.insert(QStringLiteral("remedy"), JsValue(diagnosis.remedy));
    root.insert(QStringLiteral("fixes"), fixes);
    root.insert(QStringLiteral("exchanges"), list);
    root.insert(QStringLiteral("steps"), steps);
    return root;
}

} // namespace rt
