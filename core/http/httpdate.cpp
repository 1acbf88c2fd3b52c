// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/httpdate.h"

#include "base/jsdate.h"

#include <QDateTime>
#include <QTimeZone>

#include <array>

namespace rt {

namespace {

constexpr std::array<const char *, 7> days {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<const char *, 12> months {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

QByteArray twoDigits(int number)
{
    return QByteArray::number(number).rightJustified(2, '0');
}

} // namespace

// RFC 9110 §5.6.7, IMF-fixdate
QByteArray formatHttpDate(qint64 milliseconds)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
    const QDate date = moment.date();
    const QTime time = moment.time();
    return QByteArray(days.at(static_cast<size_t>(date.dayOfWeek() - 1))) + ", "
        + twoDigits(date.day()) + ' ' + months.at(static_cast<size_t>(date.month() - 1)) + ' '
        + QByteArray::number(date.year()).rightJustified(4, '0') + ' ' + twoDigits(time.hour())
        + ':' + twoDigits(time.minute()) + ':' + twoDigits(time.second()) + " GMT";
}

std::optional<double> parseHttpDate(QByteArrayView text)
{
    return parseJsDate(QString::fromLatin1(text));
}

} // namespace rt
