// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/explaincommand.h"

#include "capture/annotation.h"
#include "cli/capturefile.h"
#include "cli/commandtable.h"

#include <QTextStream>

namespace rt {

namespace {

JsValue text(const QByteArray &bytes)
{
    return JsValue(QString::fromUtf8(bytes));
}

Diagnosis diagnosisOf(const ExchangeRecord &exchange, const CaptureData &data)
{
    const CallRecord *call = data.call(exchange.call);
    if (!call || call->exchanges.empty() || call->exchanges.back() != exchange.id)
        return diagnose(exchange);
    std::vector<ExchangeRecord> together;
    for (const ExchangeRecord &candidate : data.exchanges) {
        if (candidate.call == call->id)
            together.push_back(candidate);
    }
    return diagnose(*call, together);
}

JsValue annotationValue(const Annotation &row)
{
    JsValue value = JsValue::object();
    value.insert(QStringLiteral("id"), text(row.id));
    value.insert(QStringLiteral("side"),
                 JsValue(row.onRequest ? QStringLiteral("request") : QStringLiteral("response")));
    value.insert(QStringLiteral("header"), text(row.header));
    value.insert(QStringLiteral("value"), row.absent ? JsValue(nullptr) : text(row.value));
    value.insert(QStringLiteral("meaning"), JsValue(row.meaning));
    value.insert(QStringLiteral("reference"), JsValue(row.reference));
    return value;
}

JsValue explained(const ExchangeRecord &exchange, const CaptureData &data)
{
    const Diagnosis diagnosis = diagnosisOf(exchange, data);
    JsValue rows = JsValue::array();
    for (const Annotation &row : annotate(exchange, data.call(exchange.call)))
        rows.append(annotationValue(row));
    JsValue value = JsValue::object();
    value.insert(QStringLiteral("method"), text(exchange.request().method));
    value.insert(QStringLiteral("url"), text(exchange.targetOrigin + exchange.request().target));
    value.insert(QStringLiteral("status"), JsValue(exchange.response().status));
    value.insert(QStringLiteral("reason"), text(diagnosis.reason));
    value.insert(QStringLiteral("story"), JsValue(diagnosis.story));
    value.insert(QStringLiteral("cause"), JsValue(diagnosis.cause));
    value.insert(QStringLiteral("remedy"), JsValue(diagnosis.remedy));
    value.insert(QStringLiteral("headers"), rows);
    return value;
}

void print(QTextStream &out, const JsValue &entry)
{
    out << entry[u"method"].toString() << ' ' << entry[u"url"].toString() << "  ->  "
        << entry[u"status"].asText() << '\n';
    for (const QStringView name :
         {QStringView(u"story"), QStringView(u"cause"), QStringView(u"remedy")}) {
        const QString sentence = entry[name].toString();
        if (!sentence.isEmpty())
            out << "    " << sentence << '\n';
    }
    out << '\n';
}

} // namespace

int explainCommand(const QStringList &arguments)
{
    QTextStream err(stderr);
    QTextStream out(stdout);
    QStringList files = arguments;
    const bool json = files.removeAll(QStringLiteral("--json")) > 0;
    if (files.size() != 1 || files.first().startsWith(u'-')) {
        err << "roundtrip: explain needs one file\n\n"
            << commandHelp(*findCommand(QStringLiteral("explain")));
        return UsageError;
    }
    const auto data = readCaptureFile(files.first());
    if (!data) {
        err << "roundtrip: " << data.error().message << '\n';
        return CouldNotRun;
    }
    JsValue list = JsValue::array();
    for (const ExchangeRecord &exchange : data->exchanges) {
        const JsValue entry = explained(exchange, *data);
        if (json)
            list.append(entry);
        else
            print(out, entry);
    }
    if (json)
        out << stringifyJson(list, QStringLiteral("  ")) << '\n';
    return Done;
}

} // namespace rt
