// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/timespan.h"

#include <QStringList>

#include <cmath>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

constexpr double second = 1000;
constexpr double minute = 60 * second;
constexpr double hour = 60 * minute;
constexpr double day = 24 * hour;
constexpr int longestText = 100;

/// Milliseconds of a unit in lower case.
std::optional<double> unitOf(const QString &name)
{
    struct Unit
    {
        QStringList names;
        double milliseconds;
    };
    static const QList<Unit> units {
        {{u""_s, u"ms"_s, u"msec"_s, u"msecs"_s, u"millisecond"_s, u"milliseconds"_s}, 1},
        {{u"s"_s, u"sec"_s, u"secs"_s, u"second"_s, u"seconds"_s}, second},
        {{u"m"_s, u"min"_s, u"mins"_s, u"minute"_s, u"minutes"_s}, minute},
        {{u"h"_s, u"hr"_s, u"hrs"_s, u"hour"_s, u"hours"_s}, hour},
        {{u"d"_s, u"day"_s, u"days"_s}, day},
        {{u"w"_s, u"week"_s, u"weeks"_s}, 7 * day},
        {{u"y"_s, u"yr"_s, u"yrs"_s, u"year"_s, u"years"_s}, 365.25 * day},
    };
    for (const Unit &unit : units) {
        if (unit.names.contains(name))
            return unit.milliseconds;
    }
    return std::nullopt;
}

qsizetype digits(const QString &text, qsizetype &at)
{
    const qsizetype start = at;
    while (at < text.size() && text.at(at) >= u'0' && text.at(at) <= u'9')
        ++at;
    return at - start;
}

/// The end of -?\d*\.?\d+ at the start of the text, or 0.
qsizetype numberEnd(const QString &text)
{
    qsizetype at = text.startsWith(u'-') ? 1 : 0;
    const qsizetype whole = digits(text, at);
    if (at < text.size() && text.at(at) == u'.') {
        ++at;
        return digits(text, at) > 0 ? at : 0;
    }
    return whole > 0 ? at : 0;
}

} // namespace

std::optional<double> parseMs(const QString &text)
{
    const qsizetype end = numberEnd(text);
    if (end == 0 || text.size() > longestText)
        return std::nullopt;
    qsizetype at = end;
    while (at < text.size() && text.at(at) == u' ')
        ++at;
    QString name = text.mid(at);
    for (QChar &c : name) { // not QString::toLower(): only ASCII letters have two cases here
        if (c >= u'A' && c <= u'Z')
            c = QChar(c.unicode() + 32);
    }
    const auto unit = unitOf(name);
    if (!unit)
        return std::nullopt;
    return text.first(end).toDouble() * *unit;
}

std::optional<double> timespan(const JsValue &time, double iat, qint64 now)
{
    const double from = iat != 0 ? iat : std::floor(static_cast<double>(now) / 1000);
    if (time.isNumber())
        return from + time.toNumber();
    const auto milliseconds = time.isString() ? parseMs(time.toString()) : std::nullopt;
    if (!milliseconds)
        return std::nullopt;
    return std::floor(from + *milliseconds / 1000);
}

} // namespace rt
