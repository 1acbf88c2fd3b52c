// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "casecompare.h"

#include <QJsonDocument>

namespace {

QString textOf(const QJsonValue &value)
{
    if (value.isUndefined())
        return QStringLiteral("nothing");
    const QByteArray json = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.mid(1, json.size() - 2));
}

QJsonArray rulesConsole(const QJsonValue &console)
{
    QJsonArray lines;
    for (const QJsonValue &line : console.toArray()) {
        if (!line.toString().startsWith(QStringLiteral("Failed to load resource")))
            lines.append(line);
    }
    return lines;
}

QJsonObject rulesNet(const QJsonValue &net)
{
    QJsonObject kept = net.toObject();
    kept.remove(QStringLiteral("error"));
    return kept;
}

QJsonObject reduced(QJsonObject entry, CaseStrictness strictness)
{
    if (strictness != CaseStrictness::Wire)
        entry.remove(QStringLiteral("rawWire"));
    if (strictness != CaseStrictness::Rules)
        return entry;
    const QJsonArray console = rulesConsole(entry.value(QStringLiteral("console")));
    const QJsonObject net = rulesNet(entry.value(QStringLiteral("net")));
    entry.remove(QStringLiteral("console"));
    entry.remove(QStringLiteral("net"));
    if (!console.isEmpty())
        entry[QStringLiteral("console")] = console;
    if (!net.isEmpty())
        entry[QStringLiteral("net")] = net;
    return entry;
}

} // namespace

QStringList compareCase(const QJsonArray &expected, const QJsonArray &got,
                        CaseStrictness strictness)
{
    QStringList differences;
    for (qsizetype i = 0; i < std::max(expected.size(), got.size()); ++i) {
        const QJsonObject wanted = reduced(expected.at(i).toObject(), strictness);
        const QJsonObject found = reduced(got.at(i).toObject(), strictness);
        QStringList keys = wanted.keys() + found.keys();
        keys.removeDuplicates();
        for (const QString &key : keys) {
            const QJsonValue a = wanted.value(key);
            const QJsonValue b = found.value(key);
            if (a != b)
                differences.append(QStringLiteral("step %1 %2\n    expected %3\n    got      %4")
                                       .arg(QString::number(i), key, textOf(a), textOf(b)));
        }
    }
    return differences;
}
