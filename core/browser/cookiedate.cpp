// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/cookie.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <array>

namespace rt {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isDelimiter(char c)
{
    const auto byte = static_cast<uchar>(c);
    return byte == '\t' || (byte >= 0x20 && byte <= 0x2F) || (byte >= 0x3B && byte <= 0x40)
        || (byte >= 0x5B && byte <= 0x60) || (byte >= 0x7B && byte <= 0x7E);
}

QByteArrayList dateTokens(QByteArrayView text)
{
    QByteArrayList tokens;
    QByteArray token;
    for (const char c : text) {
        if (!isDelimiter(c)) {
            token += c;
            continue;
        }
        if (!token.isEmpty())
            tokens.append(std::exchange(token, {}));
    }
    if (!token.isEmpty())
        tokens.append(token);
    return tokens;
}

/// 1 to 12; nothing when the first three letters name no month.
std::optional<int> monthOf(const QByteArray &token)
{
    static const QByteArrayList months
        = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    const qsizetype index = months.indexOf(token.left(3).toLower());
    return index < 0 ? std::nullopt : std::optional(static_cast<int>(index) + 1);
}

/// Up to two digits at the front of `rest`, which moves on.
std::optional<int> takeTwoDigits(QByteArrayView &rest)
{
    int number = 0;
    qsizetype count = 0;
    while (count < 2 && count < rest.size() && isDigit(rest[count]))
        number = number * 10 + (rest[count++] - '0');
    rest = rest.sliced(count);
    return count > 0 ? std::optional(number) : std::nullopt;
}

/// hh:mm:ss with one or two digits each; what follows does not matter.
std::optional<std::array<int, 3>> timeOf(const QByteArray &token)
{
    QByteArrayView rest(token);
    std::array<int, 3> time {};
    for (size_t i = 0; i < time.size(); ++i) {
        if (i > 0) {
            if (!rest.startsWith(':'))
                return std::nullopt;
            rest = rest.sliced(1);
        }
        const auto number = takeTwoDigits(rest);
        if (!number)
            return std::nullopt;
        time[i] = *number;
    }
    return time;
}

int leadingNumber(const QByteArray &token)
{
    const auto end = std::find_if_not(token.begin(), token.end(), isDigit);
    return token.left(end - token.begin()).toInt();
}

/// The parts found so far; the first of each kind counts.
struct DateParts
{
    std::optional<std::array<int, 3>> time;
    std::optional<int> day;
    std::optional<int> month;
    std::optional<int> year;

    void take(const QByteArray &token)
    {
        if (!isDigit(token.front())) {
            if (!month)
                month = monthOf(token);
        } else if (token.contains(':')) {
            if (!time)
                time = timeOf(token);
        } else if (!day && token.size() <= 2) {
            day = leadingNumber(token);
        } else if (!year && token.size() <= 5) {
            year = leadingNumber(token);
        }
    }

    bool complete() const { return time && day && month && year; }
};

} // namespace

std::optional<qint64> parseCookieDate(QByteArrayView text)
{
    DateParts parts;
    for (const QByteArray &token : dateTokens(text))
        parts.take(token);
    if (!parts.complete())
        return std::nullopt;
    int year = *parts.year;
    if (year >= 70 && year <= 99)
        year += 1900;
    else if (year <= 69)
        year += 2000;
    const QTime time((*parts.time)[0], (*parts.time)[1], (*parts.time)[2]);
    const QDate date(year, *parts.month, *parts.day);
    if (!time.isValid() || !date.isValid())
        return std::nullopt;
    return QDateTime(date, time, QTimeZone::utc()).toMSecsSinceEpoch();
}

} // namespace rt
