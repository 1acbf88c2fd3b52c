// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/sessionreader.h"

#include "capture/recordcodec.h"
#include "capture/valuecodec.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QVariant>

namespace rt {

static QString tr(const char *text)
{
    return QCoreApplication::translate("CaptureStore", text);
}

Result<void> SessionReader::open(const QString &file)
{
    m_file = file;
    const QFileInfo info(file);
    const bool writable = QFileInfo(info.absolutePath()).isWritable();
    return m_database.open(file,
                           writable ? SessionDatabase::Mode::Read : SessionDatabase::Mode::Frozen);
}

template<typename Row, typename Take>
static bool readAll(QSqlQuery query, std::vector<Row> &rows, const Take &take)
{
    if (!query.exec())
        return false;
    while (query.next()) {
        auto row = take(query);
        if (!row)
            return false;
        rows.push_back(std::move(*row));
    }
    return !query.lastError().isValid();
}

Result<SessionReader::Contents> SessionReader::contents()
{
    Contents found;
    const bool fine
        = readAll(m_database.prepared(QStringLiteral("SELECT summary FROM exchange ORDER BY id")),
                  found.summaries,
                  [](const QSqlQuery &row) { return decodeSummary(row.value(0).toByteArray()); })
        && readAll(m_database.prepared(QStringLiteral("SELECT record FROM call ORDER BY id")),
                   found.calls,
                   [](const QSqlQuery &row) { return decodeCall(row.value(0).toByteArray()); })
        && readAll(
              m_database.prepared(QStringLiteral("SELECT id, length(bytes) FROM body ORDER BY id")),
              found.bodies, [](const QSqlQuery &row) {
                  return std::optional(
                      std::pair(row.value(0).toULongLong(), row.value(1).toLongLong()));
              });
    if (!fine)
        return failure(
            tr("%1 is damaged and cannot be read.").arg(QDir::toNativeSeparators(m_file)));
    found.ended = isEnded();
    return found;
}

Result<ExchangeRecord> SessionReader::exchange(quint64 id)
{
    QSqlQuery query
        = m_database.prepared(QStringLiteral("SELECT record, body FROM exchange WHERE id=?"));
    query.bindValue(0, QVariant::fromValue(id));
    if (!query.exec() || !query.next())
        return failure(tr("Exchange %1 is not in this capture.").arg(id));
    const QVariant inRow = query.value(1);
    auto decoded = decodeExchange(query.value(0).toByteArray(),
                                  inRow.isNull() ? body(id) : std::optional(inRow.toByteArray()));
    if (!decoded)
        return failure(tr("Exchange %1 is damaged and cannot be read.").arg(id));
    decoded->record.server.settings = settings(decoded->settings);
    return std::move(decoded->record);
}

std::optional<QByteArray> SessionReader::body(quint64 id)
{
    QSqlQuery query = m_database.prepared(QStringLiteral("SELECT bytes FROM body WHERE id=?"));
    query.bindValue(0, QVariant::fromValue(id));
    if (!query.exec() || !query.next())
        return std::nullopt;
    return query.value(0).toByteArray();
}

std::shared_ptr<const JsValue> SessionReader::settings(quint64 number)
{
    if (number == 0)
        return nullptr;
    const auto known = m_settings.constFind(number);
    if (known != m_settings.constEnd())
        return *known;
    QSqlQuery query = m_database.prepared(QStringLiteral("SELECT value FROM setting WHERE id=?"));
    query.bindValue(0, QVariant::fromValue(number));
    if (!query.exec() || !query.next())
        return nullptr;
    const QByteArray bytes = query.value(0).toByteArray();
    ByteReader in(bytes);
    const auto value = std::make_shared<const JsValue>(readValue(in));
    m_settings.insert(number, value);
    return value;
}

qint64 SessionReader::number(const QString &sql)
{
    QSqlQuery query = m_database.prepared(sql);
    return query.exec() && query.next() ? query.value(0).toLongLong() : 0;
}

bool SessionReader::isEnded()
{
    return number(QStringLiteral("SELECT value FROM meta WHERE key='ended'")) == 1;
}

bool SessionReader::isEmpty()
{
    return number(QStringLiteral(
               "SELECT EXISTS(SELECT 1 FROM exchange) OR EXISTS(SELECT 1 FROM call)"))
        == 0;
}

} // namespace rt
