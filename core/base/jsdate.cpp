// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/jsdate.h"

#include "base/jsdatescanner.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace rt {

namespace {

constexpr double dayMs = 86400000;
/// ECMA-262 TimeClip
constexpr double mostMs = 8.64e15;

bool between(int value, int low, int high)
{
    return value >= low && value <= high;
}
bool isMonth(int n)
{
    return between(n, 1, 12);
}
bool isDay(int n)
{
    return between(n, 1, 31);
}
bool isHour(int n)
{
    return between(n, 0, 23);
}
bool isSixtieth(int n)
{
    return between(n, 0, 59);
}

/// Year, month and day in the order in which they came.
struct Day
{
    std::array<int, 3> parts {1, 1, 1};
    size_t count = 0;
    int namedMonth = 0;
    bool isIso = false;

    bool add(int n)
    {
        if (count == parts.size())
            return false;
        parts[count++] = n;
        return true;
    }
    /// Days since the epoch; a day its month does not have goes over into the next month.
    std::optional<double> days() const;
};

std::optional<double> Day::days() const
{
    if (count == 0)
        return std::nullopt;
    int year = 0;
    int month = namedMonth;
    int day = 0;
    const bool yearFirst = !isDay(parts[0]);
    if (namedMonth != 0) {
        year = yearFirst ? parts[0] : parts[1];
        day = yearFirst ? parts[1] : parts[0];
    } else if (isIso || yearFirst) {
        year = parts[0];
        month = parts[1];
        day = parts[2];
    } else {
        month = parts[0];
        day = parts[1];
        year = parts[2];
    }
    if (!isIso && between(year, 0, 99))
        year += year < 50 ? 2000 : 1900;
    if (!isMonth(month) || !isDay(day))
        return std::nullopt;
    // https://howardhinnant.github.io/date_algorithms.html, days_from_civil
    const qint64 y = month <= 2 ? qint64(year) - 1 : qint64(year);
    const qint64 era = (y >= 0 ? y : y - 399) / 400;
    const qint64 yearOfEra = y - era * 400;
    const qint64 dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    const qint64 dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return static_cast<double>(era * 146097 + dayOfEra - 719468 + day - 1);
}

struct Time
{
    std::array<int, 4> parts {0, 0, 0, 0};
    size_t count = 0;
    std::optional<int> hourOffset;

    bool isEmpty() const { return count == 0; }
    bool add(int n)
    {
        if (count == parts.size())
            return false;
        parts[count++] = n;
        return true;
    }
    void addFinal(int n)
    {
        add(n);
        count = parts.size();
    }
    bool expects(int n) const
    {
        return (count == 1 && isSixtieth(n)) || (count == 2 && isSixtieth(n))
            || (count == 3 && between(n, 0, 999));
    }
    std::optional<double> milliseconds() const
    {
        auto [hour, minute, second, ms] = parts;
        if (hourOffset) {
            if (!between(hour, 0, 12))
                return std::nullopt;
            hour = hour % 12 + *hourOffset;
        }
        const bool fits
            = isHour(hour) && isSixtieth(minute) && isSixtieth(second) && between(ms, 0, 999);
        if (!fits && (hour != 24 || minute != 0 || second != 0 || ms != 0))
            return std::nullopt;
        return ((hour * 60.0 + minute) * 60.0 + second) * 1000.0 + ms;
    }
};

struct Zone
{
    std::optional<int> sign;
    std::optional<int> hour;
    std::optional<int> minute;

    void set(int hours)
    {
        sign = hours < 0 ? -1 : 1;
        hour = std::abs(hours);
        minute = 0;
    }
    bool isUtc() const { return hour == 0 && minute == 0; }
    bool isEmpty() const { return !hour; }
    bool expects(int n) const { return hour && !minute && isSixtieth(n); }
};

/// A fraction of a second: three digits count.
int fraction(const DateToken &number)
{
    double value = number.value;
    qsizetype length = std::min<qsizetype>(number.length, 9);
    for (; length < 3; ++length)
        value *= 10;
    for (; length > 3; --length)
        value = std::floor(value / 10);
    return static_cast<int>(value);
}

/// The strict form first; what it leaves goes to the lenient one.
class Parser
{
public:
    explicit Parser(QStringView text) : m_scanner(text) { }

    std::optional<double> parse()
    {
        const auto rest = parseIso();
        if (!rest || !parseLegacy(*rest))
            return std::nullopt;
        const auto days = m_day.days();
        const auto time = m_time.milliseconds();
        if (!days || !time)
            return std::nullopt;
        const double moment = *days * dayMs + *time;
        const double utc = m_zone.sign ? moment - offsetMs() : localToUtc(moment);
        return std::abs(utc) <= mostMs ? std::optional(utc) : std::nullopt;
    }

private:
    double offsetMs() const
    {
        return *m_zone.sign * (m_zone.hour.value_or(0) * 60.0 + m_zone.minute.value_or(0))
            * 60000.0;
    }

    static double localToUtc(double moment)
    {
        const auto utc = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(moment), Qt::UTC);
        return static_cast<double>(
            QDateTime(utc.date(), utc.time(), Qt::LocalTime).toMSecsSinceEpoch());
    }

    bool takeFixed(qsizetype digits, bool (*fits)(int), const std::function<void(int)> &take)
    {
        const DateToken &token = m_scanner.peek();
        if (!token.isFixed(digits) || !fits(token.value))
            return false;
        take(m_scanner.next().value);
        return true;
    }

    /// The first token it does not take; nothing: invalid whoever reads on.
    std::optional<DateToken> parseIso()
    {
        if (m_scanner.peek().isSign()) {
            const DateToken sign = m_scanner.next();
            if (!m_scanner.peek().isFixed(6))
                return sign;
            const int year = m_scanner.next().value;
            if (sign.sign() < 0 && year == 0)
                return sign;
            m_day.add(sign.sign() * year);
        } else if (m_scanner.peek().isFixed(4)) {
            m_day.add(m_scanner.next().value);
        } else {
            return m_scanner.next();
        }
        const auto add = [this](int n) { m_day.add(n); };
        if (m_scanner.skip('-')
            && (!takeFixed(2, isMonth, add) || (m_scanner.skip('-') && !takeFixed(2, isDay, add))))
            return m_scanner.next();
        if (m_scanner.peek().isWord(DateWord::TimeSeparator)) {
            m_scanner.next();
            if (!parseIsoTime() || m_scanner.peek().kind != DateToken::Kind::End)
                return std::nullopt;
        } else if (m_scanner.peek().kind != DateToken::Kind::End) {
            return m_scanner.next();
        }
        if (m_zone.isEmpty() && m_time.isEmpty())
            m_zone.set(0);
        m_day.isIso = true;
        return DateToken();
    }

    bool parseIsoTime()
    {
        const auto add = [this](int n) { m_time.add(n); };
        if (!takeFixed(
                2, [](int n) { return between(n, 0, 24); }, add)
            || !m_scanner.skip(':'))
            return false;
        const bool last = m_time.parts[0] == 24;
        const auto part = last ? [](int n) { return n == 0; } : isSixtieth;
        if (!takeFixed(2, part, add))
            return false;
        if (m_scanner.skip(':')) {
            if (!takeFixed(2, part, add))
                return false;
            if (m_scanner.skip('.')) {
                if (!m_scanner.peek().isNumber() || (last && m_scanner.peek().value > 0))
                    return false;
                m_time.add(fraction(m_scanner.next()));
            }
        }
        return parseIsoZone();
    }

    bool parseIsoZone()
    {
        if (m_scanner.peek().isZ()) {
            m_scanner.next();
            m_zone.set(0);
            return true;
        }
        if (!m_scanner.peek().isSign())
            return true;
        m_zone.sign = m_scanner.next().sign();
        const auto setHour = [this](int n) { m_zone.hour = n; };
        const auto setMinute = [this](int n) { m_zone.minute = n; };
        const auto isBoth = [](int n) { return isHour(n / 100) && isSixtieth(n % 100); };
        const auto setBoth = [this](int n) {
            m_zone.hour = n / 100;
            m_zone.minute = n % 100;
        };
        if (m_scanner.peek().isFixed(4))
            return takeFixed(4, isBoth, setBoth);
        return takeFixed(2, isHour, setHour) && m_scanner.skip(':')
            && takeFixed(2, isSixtieth, setMinute);
    }

    bool parseLegacy(DateToken token)
    {
        m_readNumber = m_day.count > 0;
        for (; token.kind != DateToken::Kind::End; token = m_scanner.next()) {
            bool fine = true;
            if (token.isNumber())
                fine = takeNumber(token.value);
            else if (token.kind == DateToken::Kind::Word)
                fine = takeWord(token);
            else if (token.isSign() && (m_zone.isUtc() || !m_time.isEmpty()))
                fine = takeOffset(token.sign());
            else if (token.isSign() || token.isSymbol(')'))
                fine = !m_readNumber;
            if (!fine)
                return false;
        }
        return true;
    }

    bool takeNumber(int n)
    {
        m_readNumber = true;
        if (m_scanner.skip(':')) {
            if (m_scanner.skip(':'))
                return m_time.isEmpty() && m_time.add(n) && m_time.add(0);
            if (!m_time.add(n))
                return false;
            m_scanner.skip('.');
            return true;
        }
        if (m_scanner.skip('.') && m_time.expects(n)) {
            m_time.add(n);
            if (!m_scanner.peek().isNumber())
                return false;
            m_time.addFinal(fraction(m_scanner.next()));
            return true;
        }
        if (m_zone.expects(n)) {
            m_zone.minute = n;
            return true;
        }
        if (m_time.expects(n)) {
            m_time.addFinal(n);
            const DateToken &behind = m_scanner.peek();
            return behind.kind == DateToken::Kind::End || behind.kind == DateToken::Kind::Blank
                || behind.isZ() || behind.isSign();
        }
        if (!m_day.add(n))
            return false;
        m_scanner.skip('-');
        return true;
    }

    bool takeWord(const DateToken &token)
    {
        if (token.word == DateWord::AmPm && !m_time.isEmpty()) {
            m_time.hourOffset = token.value;
        } else if (token.word == DateWord::Month) {
            m_day.namedMonth = token.value;
            m_scanner.skip('-');
        } else if (token.word == DateWord::Zone && m_readNumber) {
            m_zone.set(token.value);
        } else {
            // Other words stand before the first number only, and apart from it.
            return !m_readNumber && !m_scanner.peek().isNumber();
        }
        return true;
    }

    bool takeOffset(int sign)
    {
        m_zone.sign = sign;
        DateToken number;
        if (m_scanner.peek().isNumber())
            number = m_scanner.next();
        m_readNumber = true;
        if (m_scanner.peek().isSymbol(':')) {
            m_zone.hour = number.value;
            m_zone.minute.reset();
            return true;
        }
        if (number.length < 1 || number.length > 4)
            return false;
        const bool both = number.length > 2;
        m_zone.hour = both ? number.value / 100 : number.value;
        m_zone.minute = both ? number.value % 100 : 0;
        return true;
    }

    DateScanner m_scanner;
    Day m_day;
    Time m_time;
    Zone m_zone;
    bool m_readNumber = false;
};

} // namespace

std::optional<double> parseJsDate(QStringView text)
{
    return Parser(text).parse();
}

} // namespace rt
