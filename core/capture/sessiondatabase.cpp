// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/sessiondatabase.h"

#include "capture/recordcodec.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>
#include <QUrl>
#include <QUuid>

namespace rt {

// "RTRP": tells a session file from any other SQLite file.
static constexpr qint64 applicationId = 0x52545250;

static QString tr(const char *text)
{
    return QCoreApplication::translate("CaptureStore", text);
}

static const QStringList &schema()
{
    // Pages of 16 KiB halve the size of rows of about 2 KB; WAL lets the window read while the
    // writer writes, and survives a killed process without a sync per transaction.
    static const QStringList statements {
        QStringLiteral("PRAGMA page_size=16384"),
        QStringLiteral("PRAGMA journal_mode=WAL"),
        QStringLiteral("PRAGMA application_id=%1").arg(applicationId),
        QStringLiteral("PRAGMA user_version=%1").arg(recordFormat),
        QStringLiteral("CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID"),
        QStringLiteral(
            "CREATE TABLE exchange(id INTEGER PRIMARY KEY, summary BLOB, record BLOB, body BLOB)"),
        QStringLiteral("CREATE TABLE body(id INTEGER PRIMARY KEY, bytes BLOB)"),
        QStringLiteral("CREATE TABLE setting(id INTEGER PRIMARY KEY, value BLOB)"),
        QStringLiteral("CREATE TABLE call(id INTEGER PRIMARY KEY, record BLOB)"),
        QStringLiteral("CREATE TABLE change(id INTEGER PRIMARY KEY, record BLOB)"),
        QStringLiteral("CREATE TABLE act(id INTEGER PRIMARY KEY, record BLOB)"),
        QStringLiteral("INSERT INTO meta VALUES('ended', 0)"),
    };
    return statements;
}

SessionDatabase::~SessionDatabase()
{
    const QString name = m_connection.connectionName();
    m_connection = {};
    if (!name.isEmpty())
        QSqlDatabase::removeDatabase(name);
}

Result<void> SessionDatabase::connect(const QString &file, Mode mode)
{
    m_file = file;
    m_connection
        = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QUuid::createUuid().toString());
    QStringList options {QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000")};
    if (mode != Mode::Write)
        options.append(QStringLiteral("QSQLITE_OPEN_READONLY"));
    QString name = file;
    if (mode == Mode::Frozen) {
        options.append(QStringLiteral("QSQLITE_OPEN_URI"));
        name = QString::fromLatin1(
                   QUrl::fromLocalFile(QFileInfo(file).absoluteFilePath()).toEncoded())
            + QStringLiteral("?immutable=1");
    }
    m_connection.setConnectOptions(options.join(u';'));
    m_connection.setDatabaseName(name);
    if (!m_connection.open())
        return failure(tr("%1 cannot be opened: %2.")
                           .arg(QDir::toNativeSeparators(file), m_connection.lastError().text()));
    return {};
}

Result<void> SessionDatabase::create(const QString &file)
{
    if (QFileInfo::exists(file))
        return failure(
            tr("%1 exists already. Choose another name.").arg(QDir::toNativeSeparators(file)));
    if (auto connected = connect(file, Mode::Write); !connected)
        return connected;
    for (const QString &statement : schema()) {
        if (auto done = execute(statement); !done)
            return done;
    }
    return execute(QStringLiteral("PRAGMA synchronous=NORMAL"));
}

static Result<void> looksLikeSqlite(const QString &path)
{
    const QString shown = QDir::toNativeSeparators(path);
    QFile file(path);
    if (!file.exists())
        return failure(tr("%1 does not exist.").arg(shown));
    if (!file.open(QIODevice::ReadOnly))
        return failure(tr("%1 cannot be read: %2.").arg(shown, file.errorString()));
    if (file.read(16) != QByteArray("SQLite format 3\0", 16))
        return failure(tr("%1 is no capture of Roundtrip.").arg(shown));
    return {};
}

Result<void> SessionDatabase::open(const QString &file, Mode mode)
{
    if (auto plausible = looksLikeSqlite(file); !plausible)
        return plausible;
    if (auto connected = connect(file, mode); !connected)
        return connected;
    // The file may come from anywhere: nothing in its schema may run functions.
    if (auto done = execute(QStringLiteral("PRAGMA trusted_schema=OFF")); !done)
        return done;
    const auto id = number(QStringLiteral("PRAGMA application_id"));
    if (!id)
        return tl::unexpected(id.error());
    if (*id != applicationId)
        return failure(tr("%1 is a database, but no capture of Roundtrip.")
                           .arg(QDir::toNativeSeparators(file)));
    const auto version = number(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return tl::unexpected(version.error());
    if (*version > recordFormat)
        return failure(tr("%1 was written by a newer Roundtrip. Update the program to read it.")
                           .arg(QDir::toNativeSeparators(file)));
    return mode == Mode::Write ? execute(QStringLiteral("PRAGMA synchronous=NORMAL"))
                               : Result<void> {};
}

Result<void> SessionDatabase::execute(const QString &sql)
{
    QSqlQuery statement(m_connection);
    if (!statement.exec(sql))
        return failure(
            tr("%1 is damaged or cannot be written: %2.")
                .arg(QDir::toNativeSeparators(m_file), statement.lastError().databaseText()));
    return {};
}

Result<qint64> SessionDatabase::number(const QString &sql)
{
    QSqlQuery statement(m_connection);
    if (!statement.exec(sql) || !statement.next())
        return failure(
            tr("%1 is damaged: %2.")
                .arg(QDir::toNativeSeparators(m_file), statement.lastError().databaseText()));
    return statement.value(0).toLongLong();
}

QSqlQuery SessionDatabase::prepared(const QString &sql) const
{
    QSqlQuery statement(m_connection);
    statement.setForwardOnly(true);
    statement.prepare(sql);
    return statement;
}

} // namespace rt
