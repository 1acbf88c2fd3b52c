// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/trafficformat.h"

#include <QCoreApplication>
#include <QLocale>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>

namespace rt {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("traffic", text);
}

QString number(double value, int decimals)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, 'f', decimals);
}

struct StatusRow
{
    int status;
    const char *phrase;
};

// Node's http.STATUS_CODES for what the lab's servers can answer.
constexpr std::array statusRows {
    StatusRow {100, "Continue"},
    StatusRow {101, "Switching Protocols"},
    StatusRow {103, "Early Hints"},
    StatusRow {200, "OK"},
    StatusRow {201, "Created"},
    StatusRow {202, "Accepted"},
    StatusRow {204, "No Content"},
    StatusRow {206, "Partial Content"},
    StatusRow {301, "Moved Permanently"},
    StatusRow {302, "Found"},
    StatusRow {303, "See Other"},
    StatusRow {304, "Not Modified"},
    StatusRow {307, "Temporary Redirect"},
    StatusRow {308, "Permanent Redirect"},
    StatusRow {400, "Bad Request"},
    StatusRow {401, "Unauthorized"},
    StatusRow {403, "Forbidden"},
    StatusRow {404, "Not Found"},
    StatusRow {405, "Method Not Allowed"},
    StatusRow {406, "Not Acceptable"},
    StatusRow {408, "Request Timeout"},
    StatusRow {409, "Conflict"},
    StatusRow {411, "Length Required"},
    StatusRow {412, "Precondition Failed"},
    StatusRow {413, "Payload Too Large"},
    StatusRow {415, "Unsupported Media Type"},
    StatusRow {416, "Range Not Satisfiable"},
    StatusRow {417, "Expectation Failed"},
    StatusRow {418, "I'm a Teapot"},
    StatusRow {422, "Unprocessable Entity"},
    StatusRow {426, "Upgrade Required"},
    StatusRow {429, "Too Many Requests"},
    StatusRow {431, "Request Header Fields Too Large"},
    StatusRow {500, "Internal Server Error"},
    StatusRow {501, "Not Implemented"},
    StatusRow {502, "Bad Gateway"},
    StatusRow {503, "Service Unavailable"},
    StatusRow {504, "Gateway Timeout"},
    StatusRow {505, "HTTP Version Not Supported"},
};

} // namespace

QString bytesText(qint64 bytes)
{
    if (bytes < 1000)
        return tr("%1 B").arg(bytes);
    if (bytes < 1'000'000)
        return tr("%1 kB").arg(number(static_cast<double>(bytes) / 1e3, bytes < 100'000 ? 1 : 0));
    return tr("%1 MB").arg(number(static_cast<double>(bytes) / 1e6, 1));
}

QString durationText(double milliseconds)
{
    if (milliseconds < 0.95)
        return tr("%1 ms").arg(number(std::max(0.0, milliseconds), 1));
    if (milliseconds < 999.5)
        return tr("%1 ms").arg(number(milliseconds, 0));
    if (milliseconds < 100'000)
        return tr("%1 s").arg(number(milliseconds / 1e3, 1));
    return tr("%1 min").arg(number(milliseconds / 60e3, 1));
}

QString microsecondsText(qint64 nanoseconds)
{
    const double micro = static_cast<double>(std::max<qint64>(0, nanoseconds)) / 1e3;
    if (micro < 9.95)
        return tr("%1 \u00b5s").arg(number(micro, 1));
    if (micro < 999.5)
        return tr("%1 \u00b5s").arg(number(micro, 0));
    if (micro < 9950)
        return tr("%1 ms").arg(number(micro / 1e3, 1));
    return durationText(micro / 1e3);
}

QString clockOffsetText(qint64 milliseconds)
{
    const qint64 seconds = milliseconds / 1000;
    if (seconds <= 0)
        return {};
    const auto two
        = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    const QString minutes = two(seconds / 60 % 60) + u':' + two(seconds % 60);
    if (seconds < 3600)
        return u'+' + minutes;
    const QString hours = two(seconds / 3600 % 24) + u':' + minutes;
    if (seconds < 86'400)
        return u'+' + hours;
    return tr("+%1 d %2").arg(seconds / 86'400).arg(hours);
}

QString pageText(const QByteArray &origin)
{
    if (origin.isEmpty())
        return tr("raw");
    const QString host = QUrl(QString::fromLatin1(origin)).host();
    const QString label = host.section(u'.', 0, 0);
    return label.isEmpty() ? QString::fromLatin1(origin) : tr("%1 page").arg(label);
}

QString statusPhrase(int status)
{
    const auto row
        = std::find_if(statusRows.begin(), statusRows.end(),
                       [status](const StatusRow &known) { return known.status == status; });
    return row == statusRows.end() ? QString() : QString::fromLatin1(row->phrase);
}

} // namespace rt
