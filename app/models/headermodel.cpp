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
        return annotation.touches.empty() ? HeaderRow::Mark::Missing : HeaderRow::Mark::Removed;
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

QString whoText(const QByteArray &who)
{
    static const std::pair<QByteArrayView, const char *> names[] = {
        {"express", QT_TRANSLATE_NOOP("rt::HeaderModel", "Express")},
        {"node", QT_TRANSLATE_NOOP("rt::HeaderModel", "Node")},
        {"browser", QT_TRANSLATE_NOOP("rt::HeaderModel", "the browser")},
        {"script", QT_TRANSLATE_NOOP("rt::HeaderModel", "your script")},
        {"jar", QT_TRANSLATE_NOOP("rt::HeaderModel", "the cookie jar")},
        {"client", QT_TRANSLATE_NOOP("rt::HeaderModel", "the client")},
        {"proxy", QT_TRANSLATE_NOOP("rt::HeaderModel", "the proxy")},
        {"routes", QT_TRANSLATE_NOOP("rt::HeaderModel", "the route")},
    };
    for (const auto &[id, name] : names) {
        if (id == who)
            return HeaderModel::tr(name);
    }
    return wire(who);
}

/// Names of calls and options stand in the pill; whole phrases do not fit there.
bool isName(const QString &how)
{
    return !how.isEmpty() && !how.contains(u' ');
}

QString setByText(const Annotation &annotation)
{
    const QString dot = QStringLiteral(" \u00b7 ");
    if (!annotation.option.isEmpty()) {
        const qsizetype point = annotation.option.indexOf('.');
        const QByteArray stage = annotation.option.left(std::max<qsizetype>(0, point));
        return whoText(stage) + dot + wire(annotation.option.sliced(point + 1));
    }
    const QString who = whoText(annotation.setBy);
    return isName(annotation.how) && !who.isEmpty() ? who + dot + annotation.how : who;
}

/// Stages that touched the header before the last one did.
QString historyText(const Annotation &annotation)
{
    QStringList earlier;
    for (const HeaderTouch &touch : annotation.touches)
        earlier.append(wire(touch.stage));
    if (!earlier.isEmpty())
        earlier.removeLast();
    earlier.removeDuplicates();
    earlier.removeAll(wire(annotation.setBy));
    return earlier.isEmpty() ? QString()
                             : HeaderModel::tr("first %1").arg(earlier.join(QStringLiteral(", ")));
}

/// The line of server.mjs that calls this, from 1; 0 when there is none.
int lineWith(const LabConfig &config, QLatin1StringView text)
{
    const std::vector<CodeLine> lines = expressCode(config);
    for (size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].text.contains(text) && !lines[i].text.startsWith(QLatin1StringView("import ")))
            return static_cast<int>(i) + 1;
    }
    return 0;
}

int codeLineOf(const LabConfig &config, const Annotation &annotation)
{
    if (annotation.onRequest)
        return 0;
    if (!annotation.option.isEmpty()) {
        const int line = CodePanel::lineOf(config, "server." + annotation.option);
        if (line > 0)
            return line;
    }
    if (annotation.setBy == "express")
        return lineWith(config, QLatin1StringView("express()"));
    if (annotation.setBy == "node")
        return lineWith(config, QLatin1StringView("createServer("));
    return middlewareInfo(annotation.setBy)
        ? CodePanel::lineOf(config, "server." + annotation.setBy)
        : 0;
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
        nameSource(inspected, annotation, row);
        row.tone = annotation.tone;
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
    row.value = !annotation.absent   ? wire(annotation.value)
        : annotation.touches.empty() ? tr("absent")
                                     : tr("taken away");
    row.meaning = annotation.meaning;
    row.header = annotation.header;
    nameSource(inspected, annotation, row);
    row.pick = pickPath(annotation.onRequest ? "req.h" : "res.h", row.name);
    for (size_t i = 0; i < m_fixes.size() && row.fix < 0; ++i) {
        if (!row.option.isEmpty() && m_fixes[i].path == row.option)
            row.fix = static_cast<int>(i);
    }
    m_rows.push_back(row);
    if (!annotation.absent)
        addCookies(annotation);
}

void HeaderModel::nameSource(const Inspected &inspected, const Annotation &annotation,
                             HeaderRow &row) const
{
    row.setBy = setByText(annotation);
    row.history = historyText(annotation);
    row.reference = annotation.reference;
    row.referenceUrl = annotation.referenceUrl;
    row.optionIsDefault = annotation.optionIsDefault;
    if (!annotation.option.isEmpty())
        row.option = "server." + annotation.option;
    row.codeLine = codeLineOf(inspected.config, annotation);
    QStringList parts;
    if (!annotation.option.isEmpty())
        parts.append(annotation.optionIsDefault ? tr("default") : tr("yours"));
    else if (!annotation.how.isEmpty() && !isName(annotation.how))
        parts.append(annotation.how);
    if (row.codeLine > 0)
        parts.append(tr("server.mjs line %1").arg(row.codeLine));
    row.note = parts.join(QStringLiteral(" \u00b7 "));
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
        return toolTip(line, index.column());
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
        text += u' '
            + (line.note.isEmpty() ? tr("Set by %1.").arg(line.setBy)
                                   : tr("Set by %1 (%2).").arg(line.setBy, line.note));
    if (!line.reference.isEmpty())
        text += u' ' + tr("See %1.").arg(line.reference);
    return text;
}

QString HeaderModel::toolTip(const HeaderRow &line, int column)
{
    if (column != SetBy)
        return line.reference;
    QStringList lines {line.setBy, line.note, line.history};
    lines.removeAll(QString());
    return lines.join(u'\n');
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
