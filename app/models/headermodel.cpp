// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/headermodel.h"

#include "models/trafficformat.h"
#include "panels/codepanel.h"

#include <QUrl>

#include <algorithm>

namespace rt {

namespace {

QString wire(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}

/// "res.h["Vary"]".
QString pickPath(const char *map, const QString &key)
{
    return QStringLiteral("%1[\"%2\"]").arg(QLatin1StringView(map), key);
}

HeaderRow::Mark markOf(const ExchangeRecord &exchange, const Annotation &annotation)
{
    if (annotation.absent)
        return HeaderRow::Mark::Missing;
    if (annotation.onRequest)
        return HeaderRow::Mark::None;
    HeaderRow::Mark mark = HeaderRow::Mark::None;
    for (const StageRecord &stage : exchange.server.stages) {
        for (const auto *changes : {&stage.headerChanges, &stage.lateHeaderChanges}) {
            for (const HeaderChange &change : *changes) {
                if (!equalsIgnoringCase(change.name, annotation.header))
                    continue;
                mark = change.kind == HeaderChange::Kind::Added  ? HeaderRow::Mark::Added
                    : change.kind == HeaderChange::Kind::Changed ? HeaderRow::Mark::Changed
                                                                 : HeaderRow::Mark::Removed;
            }
        }
    }
    return mark;
}

QString setByText(const Annotation &annotation)
{
    const QByteArray &who = annotation.setBy;
    if (!annotation.option.isEmpty()) {
        const qsizetype dot = annotation.option.indexOf('.');
        const QString option = wire(annotation.option.sliced(dot + 1));
        const QString stage = wire(dot < 0 ? who : annotation.option.first(dot));
        return stage.isEmpty() ? option : stage + QStringLiteral(" \u00b7 ") + option;
    }
    if (who == "express")
        return HeaderModel::tr("Express default");
    if (who == "node")
        return HeaderModel::tr("Node");
    if (who == "browser")
        return HeaderModel::tr("the browser");
    if (who == "script")
        return HeaderModel::tr("your script");
    if (who == "routes")
        return HeaderModel::tr("the route");
    return wire(who);
}

} // namespace

void HeaderModel::setInspected(const Inspected &inspected)
{
    beginResetModel();
    m_rows.clear();
    m_fixes = inspected.diagnosis.fixes;
    if (inspected.exchange) {
        addSide(inspected, false);
        addSide(inspected, true);
    }
    endResetModel();
}

void HeaderModel::addSide(const Inspected &inspected, bool request)
{
    const ExchangeRecord &exchange = *inspected.exchange;
    HeaderRow section;
    section.kind = HeaderRow::Kind::Section;
    section.name = request ? tr("Request") : tr("Answer");
    if (!request && exchange.response().status == 0)
        section.value = tr("none arrived");
    m_rows.push_back(section);
    if (request || exchange.response().status != 0)
        addStartLine(inspected, request);
    for (const Annotation &annotation : inspected.annotations) {
        if (annotation.onRequest == request && !annotation.header.isEmpty())
            addField(inspected, annotation);
    }
}

void HeaderModel::addStartLine(const Inspected &inspected, bool request)
{
    const ExchangeRecord &exchange = *inspected.exchange;
    HeaderRow row;
    row.kind = HeaderRow::Kind::StartLine;
    if (request) {
        row.name = wire(exchange.request().method);
        row.value = wire(exchange.request().target);
        row.pick = QStringLiteral("req.method");
    } else {
        row.name = QString::number(exchange.response().status);
        row.value = wire(exchange.response().reasonPhrase);
        row.pick = QStringLiteral("res.status");
    }
    for (const Annotation &annotation : inspected.annotations) {
        if (annotation.onRequest != request || !annotation.header.isEmpty())
            continue;
        row.meaning
            += (row.meaning.isEmpty() ? QString() : QStringLiteral(" ")) + annotation.meaning;
        row.setBy = setByText(annotation);
        row.tone = annotation.tone;
        row.reference = annotation.reference;
        row.referenceUrl = annotation.referenceUrl;
    }
    m_rows.push_back(row);
    if (request)
        addQuery(exchange);
}

void HeaderModel::addQuery(const ExchangeRecord &exchange)
{
    const QByteArray &target = exchange.request().target;
    const qsizetype mark = target.indexOf('?');
    if (mark < 0)
        return;
    QHash<QString, int> seen;
    for (const QByteArray &pair : target.sliced(mark + 1).split('&')) {
        const qsizetype equals = pair.indexOf('=');
        QByteArray name = equals < 0 ? pair : pair.first(equals);
        QByteArray value = equals < 0 ? QByteArray() : pair.sliced(equals + 1);
        HeaderRow row;
        row.kind = HeaderRow::Kind::Part;
        row.name = QString::fromUtf8(QByteArray::fromPercentEncoding(name.replace('+', ' ')));
        row.value = QString::fromUtf8(QByteArray::fromPercentEncoding(value.replace('+', ' ')));
        row.pick = pickPath("req.q", row.name);
        const int times = ++seen[row.name];
        row.meaning = times == 1 ? tr("Query parameter.")
                                 : tr("Query parameter, sent %1 times.").arg(times);
        if (times > 1)
            row.tone = Annotation::Tone::Caution;
        m_rows.push_back(row);
    }
}

void HeaderModel::addField(const Inspected &inspected, const Annotation &annotation)
{
    HeaderRow row;
    row.mark = markOf(*inspected.exchange, annotation);
    row.tone = annotation.tone;
    row.absent = annotation.absent;
    row.name = wire(annotation.header);
    row.value = annotation.absent ? tr("absent") : wire(annotation.value);
    row.meaning = annotation.meaning;
    row.setBy = setByText(annotation);
    row.header = annotation.header;
    row.optionIsDefault = annotation.optionIsDefault;
    row.reference = annotation.reference;
    row.referenceUrl = annotation.referenceUrl;
    row.pick = pickPath(annotation.onRequest ? "req.h" : "res.h", row.name);
    if (!annotation.option.isEmpty()) {
        row.option = "server." + annotation.option;
        row.codeLine = CodePanel::lineOf(inspected.config, row.option);
    }
    for (size_t i = 0; i < m_fixes.size() && row.fix < 0; ++i) {
        if (!row.option.isEmpty() && m_fixes[i].path == row.option)
            row.fix = static_cast<int>(i);
    }
    m_rows.push_back(row);
    if (!annotation.absent)
        addCookies(annotation);
}

void HeaderModel::addCookies(const Annotation &annotation)
{
    const bool sent = equalsIgnoringCase(annotation.header, "Cookie");
    if (!sent && !equalsIgnoringCase(annotation.header, "Set-Cookie"))
        return;
    const QByteArrayList pairs
        = sent ? annotation.value.split(';') : QByteArrayList {annotation.value.split(';').first()};
    for (const QByteArray &pair : pairs) {
        const qsizetype equals = pair.indexOf('=');
        if (equals < 0)
            continue;
        HeaderRow row;
        row.kind = HeaderRow::Kind::Part;
        row.name = wire(pair.first(equals).trimmed());
        row.value = wire(pair.sliced(equals + 1).trimmed());
        row.pick = pickPath(sent ? "req.cookie" : "res.cookie", row.name);
        row.meaning
            = sent ? tr("Cookie the browser sent back.") : tr("Cookie the server asks to keep.");
        m_rows.push_back(row);
    }
}

void HeaderModel::setHighlights(const QStringList &paths)
{
    m_highlights.clear();
    // Lessons may leave the quotes out: res.h[Vary].
    for (QString path : paths)
        m_highlights.append(path.remove(u'"').toLower());
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

bool HeaderModel::isHighlighted(int rowNumber) const
{
    return m_highlights.contains(QString(row(rowNumber).pick).remove(u'"').toLower());
}

int HeaderModel::rowOfHeader(const QByteArray &name) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&name](const HeaderRow &row) {
        return !name.isEmpty() && row.kind == HeaderRow::Kind::Field
            && equalsIgnoringCase(row.header, name);
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int HeaderModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HeaderModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HeaderModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const HeaderRow &line = row(index.row());
    if (role == Qt::AccessibleTextRole)
        return sentence(line);
    if (role == Qt::ToolTipRole)
        return line.reference;
    if (role != Qt::DisplayRole)
        return {};
    static const QString marks[] = {QString(), QStringLiteral("+"), QStringLiteral("~"),
                                    QStringLiteral("\u2212"), QStringLiteral("!")};
    switch (index.column()) {
    case Mark:
        return marks[static_cast<int>(line.mark)];
    case Field:
        return line.value.isEmpty() ? line.name : line.name + u' ' + line.value;
    case Meaning:
        return line.meaning;
    case SetBy:
        return line.setBy;
    default:
        return {};
    }
}

QString HeaderModel::sentence(const HeaderRow &line) const
{
    QString text = line.value.isEmpty() ? line.name : tr("%1: %2").arg(line.name, line.value);
    if (!line.meaning.isEmpty())
        text += QStringLiteral(". ") + line.meaning;
    if (!line.setBy.isEmpty())
        text += u' ' + tr("Set by %1.").arg(line.setBy);
    return text;
}

QVariant HeaderModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return role == Qt::TextAlignmentRole ? QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter)
                                             : QVariant();
    switch (section) {
    case Field:
        return tr("Header");
    case Meaning:
        return tr("What it says here");
    case SetBy:
        return tr("Set by");
    default:
        return {};
    }
}

} // namespace rt
