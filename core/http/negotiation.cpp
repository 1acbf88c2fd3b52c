// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/negotiation.h"

#include "http/mediatype.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace rt {

namespace {

using namespace Qt::StringLiterals;

/// One member of an Accept-like list.
struct Range
{
    /// The coding; of a media type what stands before the slash.
    QString name;
    QString subtype;
    /// NaN when the text behind `q=` is no number: then the range accepts nothing.
    double weight = 1;
    int position = 0;
    std::vector<std::pair<QString, QString>> parameters;
};

/// How well something available fits.
struct Priority
{
    int available = 0;
    int position = -1;
    double weight = 0;
    int specificity = 0;
};

/// The first difference that is a number other than 0, as JavaScript's `a || b || c` finds it.
double firstDifference(std::initializer_list<double> differences)
{
    for (const double difference : differences) {
        if (difference != 0 && !std::isnan(difference))
            return difference;
    }
    return 0;
}

/// JavaScript's parseFloat(): the number a text begins with.
double leadingNumber(QStringView text)
{
    static const QRegularExpression number(u"\\A[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?"_s);
    const QString trimmed = text.trimmed().toString();
    if (trimmed.startsWith(u"Infinity"))
        return std::numeric_limits<double>::infinity();
    const auto match = number.match(trimmed);
    return match.hasMatch() ? match.captured().toDouble()
                            : std::numeric_limits<double>::quiet_NaN();
}

/// Splits at `separator` except between quotes.
QStringList splitUnquoted(const QString &text, QChar separator)
{
    const QStringList pieces = text.split(separator);
    QStringList parts {pieces.first()};
    for (const QString &piece : pieces.mid(1)) {
        if (parts.last().count(u'"') % 2 == 0)
            parts.append(piece);
        else
            parts.last() += separator + piece;
    }
    return parts;
}

/// The part of a member before its parameters, and these. Nothing: more than one word.
std::optional<std::pair<QString, QString>> headAndParameters(const QString &member)
{
    const QString text = member.trimmed();
    const qsizetype semicolon = text.indexOf(u';');
    const QString head = (semicolon < 0 ? text : text.left(semicolon)).trimmed();
    if (head.isEmpty()
        || std::any_of(head.begin(), head.end(), [](QChar c) { return c.isSpace(); }))
        return std::nullopt;
    return std::pair(head, semicolon < 0 ? QString() : text.mid(semicolon + 1));
}

/// encoding.js, parseEncoding(): only a lower-case `q` counts.
std::optional<Range> encodingRange(const QString &member, int position)
{
    const auto parts = headAndParameters(member);
    if (!parts)
        return std::nullopt;
    Range range;
    range.name = parts->first;
    range.position = position;
    for (const QString &parameter : parts->second.split(u';')) {
        const QStringList pair = parameter.trimmed().split(u'=');
        if (pair.first() != u"q")
            continue;
        range.weight = leadingNumber(pair.value(1));
        break;
    }
    return range;
}

/// mediaType.js, parseMediaType(): parameters behind `q` do not count.
std::optional<Range> mediaRange(const QString &member, int position)
{
    const auto parts = headAndParameters(member);
    const qsizetype slash = parts ? parts->first.indexOf(u'/') : -1;
    if (slash <= 0 || slash + 1 == parts->first.size())
        return std::nullopt;
    Range range;
    range.name = parts->first.left(slash);
    range.subtype = parts->first.mid(slash + 1);
    range.position = position;
    if (parts->second.isEmpty())
        return range;
    for (const QString &parameter : splitUnquoted(parts->second, u';')) {
        const QString text = parameter.trimmed();
        const qsizetype equals = text.indexOf(u'=');
        const QString key = text.left(equals < 0 ? text.size() : equals).toLower();
        QString value = equals < 0 ? QString() : text.mid(equals + 1);
        if (value.startsWith(u'"') && value.endsWith(u'"'))
            value = value.mid(1, std::max<qsizetype>(0, value.size() - 2));
        if (key == u"q") {
            range.weight = leadingNumber(value);
            break;
        }
        std::erase_if(range.parameters, [&](const auto &known) { return known.first == key; });
        range.parameters.emplace_back(key, value);
    }
    return range;
}

template<typename Parse> std::vector<Range> parseRanges(const QStringList &members, Parse parse)
{
    std::vector<Range> ranges;
    for (int i = 0; i < members.size(); ++i) {
        if (auto range = parse(members.at(i), i))
            ranges.push_back(std::move(*range));
    }
    return ranges;
}

/// The best range for something: `specificity` gives nothing for a range that does not cover it.
template<typename Specificity>
Priority best(const std::vector<Range> &ranges, int index, Specificity specificity)
{
    Priority priority;
    priority.available = index;
    for (const Range &range : ranges) {
        const std::optional<int> fit = specificity(range);
        if (fit
            && firstDifference({double(priority.specificity - *fit), priority.weight - range.weight,
                                double(priority.position - range.position)})
                < 0)
            priority = {index, range.position, range.weight, *fit};
    }
    return priority;
}

template<typename Compare>
QByteArrayList sorted(std::vector<Priority> found, const QByteArrayList &available, Compare compare)
{
    std::erase_if(found, [](const Priority &p) { return !(p.weight > 0); });
    std::stable_sort(found.begin(), found.end(),
                     [&](const Priority &a, const Priority &b) { return compare(a, b) < 0; });
    QByteArrayList names;
    for (const Priority &priority : found)
        names.append(available.at(priority.available));
    return names;
}

double compareSpecs(const Priority &a, const Priority &b)
{
    return firstDifference({b.weight - a.weight, double(b.specificity - a.specificity),
                            double(a.position - b.position), double(a.available - b.available)});
}

std::optional<int> encodingFit(const Range &range, const QByteArray &coding)
{
    if (range.name.compare(QLatin1StringView(coding), Qt::CaseInsensitive) == 0)
        return 1;
    return range.name == u"*" ? std::optional(0) : std::nullopt;
}

QString parameterOf(const Range &range, const QString &key)
{
    for (const auto &[name, value] : range.parameters) {
        if (name == key)
            return value;
    }
    return {};
}

std::optional<int> mediaFit(const Range &range, const Range &type)
{
    int fit = 0;
    if (range.name.compare(type.name, Qt::CaseInsensitive) == 0)
        fit |= 4;
    else if (range.name != u"*")
        return std::nullopt;
    if (range.subtype.compare(type.subtype, Qt::CaseInsensitive) == 0)
        fit |= 2;
    else if (range.subtype != u"*")
        return std::nullopt;
    for (const auto &[key, value] : range.parameters) {
        if (value != u"*" && value.compare(parameterOf(type, key), Qt::CaseInsensitive) != 0)
            return std::nullopt;
        fit |= 1;
    }
    return fit;
}

} // namespace

QByteArrayList acceptableEncodings(QByteArrayView acceptEncoding, const QByteArrayList &available,
                                   const QByteArrayList &preferred)
{
    const QStringList members = QString::fromLatin1(acceptEncoding).split(u',');
    std::vector<Range> ranges = parseRanges(members, encodingRange);
    double least = 1;
    bool identityNamed = false;
    for (const Range &range : ranges) {
        identityNamed = identityNamed || encodingFit(range, "identity");
        least = std::min(least, range.weight == 0 || std::isnan(range.weight) ? 1 : range.weight);
    }
    // What nobody refused is acceptable, but last.
    if (!identityNamed)
        ranges.push_back({u"identity"_s, {}, least, static_cast<int>(members.size()), {}});
    std::vector<Priority> found;
    for (int i = 0; i < available.size(); ++i)
        found.push_back(best(
            ranges, i, [&](const Range &range) { return encodingFit(range, available.at(i)); }));
    return sorted(std::move(found), available, [&](const Priority &a, const Priority &b) {
        const auto rank = [&](const Priority &p) {
            const auto index = preferred.indexOf(available.at(p.available));
            return index < 0 ? double(preferred.size()) : double(index);
        };
        return firstDifference({b.weight - a.weight, rank(a) - rank(b), compareSpecs(a, b)});
    });
}

QByteArrayList acceptableMediaTypes(const std::optional<QByteArray> &accept,
                                    const QByteArrayList &available)
{
    const QString header = QString::fromLatin1(accept.value_or("*/*"));
    const auto ranges = parseRanges(splitUnquoted(header, u','), mediaRange);
    std::vector<Priority> found;
    for (int i = 0; i < available.size(); ++i) {
        const auto type = mediaRange(QString::fromLatin1(available.at(i)), i);
        found.push_back(best(ranges, i, [&](const Range &range) {
            return type ? mediaFit(range, *type) : std::nullopt;
        }));
    }
    return sorted(std::move(found), available, compareSpecs);
}

std::optional<QByteArray> accepts(const std::optional<QByteArray> &accept,
                                  const QByteArrayList &types)
{
    if (!accept || accept->isEmpty())
        return types.isEmpty() ? std::nullopt : std::optional(types.first());
    QByteArrayList full;
    for (const QByteArray &type : types)
        full.append(type.contains('/') ? type : mediaTypeOfExtension(type).value_or(""));
    const QByteArrayList fitting = acceptableMediaTypes(accept, full);
    if (fitting.isEmpty())
        return std::nullopt;
    return types.at(full.indexOf(fitting.first()));
}

} // namespace rt
