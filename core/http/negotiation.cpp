// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/negotiation.h"

#include "http/headerlist.h"
#include "http/mediatype.h"

#include <algorithm>
#include <vector>

namespace rt {

namespace {

/// One member of an Accept-like list.
struct Range
{
    QByteArray name;
    double weight = 1;
    int position = 0;
    QByteArrayList parameters;
};

/// How well something available fits. Better ones sort first.
struct Priority
{
    int available = 0;
    int position = -1;
    double weight = 0;
    int specificity = 0;
    int preferred = 0;
};

std::vector<Range> parseRanges(QByteArrayView header)
{
    std::vector<Range> ranges;
    for (const QByteArray &member : header.toByteArray().split(',')) {
        const QByteArrayList pieces = member.split(';');
        Range range;
        range.name = pieces.first().trimmed();
        range.position = static_cast<int>(ranges.size());
        if (range.name.isEmpty())
            continue;
        for (const QByteArray &piece : pieces.mid(1)) {
            const QByteArray parameter = piece.trimmed();
            if (parameter.toLower().startsWith("q="))
                range.weight = parameter.mid(2).toDouble();
            else if (!parameter.isEmpty())
                range.parameters.append(parameter.toLower());
        }
        ranges.push_back(range);
    }
    return ranges;
}

QByteArrayList sorted(std::vector<Priority> found, const QByteArrayList &available)
{
    std::erase_if(found, [](const Priority &p) { return p.weight <= 0; });
    std::stable_sort(found.begin(), found.end(), [](const Priority &a, const Priority &b) {
        if (a.weight != b.weight)
            return a.weight > b.weight;
        if (a.preferred != b.preferred)
            return a.preferred < b.preferred;
        if (a.specificity != b.specificity)
            return a.specificity > b.specificity;
        if (a.position != b.position)
            return a.position < b.position;
        return a.available < b.available;
    });
    QByteArrayList names;
    for (const Priority &priority : found)
        names.append(available.at(priority.available));
    return names;
}

/// The best range for `name`: `specificity` gives 0 for no match.
template<typename Specificity>
Priority best(const std::vector<Range> &ranges, int index, Specificity specificity)
{
    Priority priority;
    priority.available = index;
    for (const Range &range : ranges) {
        const int fit = specificity(range);
        if (fit > 0 && fit > priority.specificity)
            priority = {index, range.position, range.weight, fit, 0};
    }
    return priority;
}

int mediaSpecificity(const Range &range, const QByteArray &type)
{
    const QByteArrayList want = range.name.toLower().split('/');
    const auto media = parseContentType(type);
    if (want.size() != 2 || !media)
        return 0;
    const QByteArrayList have = media->essence.split('/');
    int fit = 1;
    if (want.at(0) == have.at(0))
        fit += 4;
    else if (want.at(0) != "*")
        return 0;
    if (want.at(1) == have.at(1))
        fit += 2;
    else if (want.at(1) != "*")
        return 0;
    for (const QByteArray &parameter : range.parameters) {
        const qsizetype equals = parameter.indexOf('=');
        const auto value = media->parameter(parameter.left(equals));
        if (!value || !equalsIgnoringCase(*value, parameter.mid(equals + 1)))
            return 0;
        ++fit;
    }
    return fit;
}

QByteArrayList simpleList(const std::optional<QByteArray> &header, const QByteArrayList &available,
                          bool prefixes)
{
    const auto ranges = parseRanges(header.value_or("*"));
    std::vector<Priority> found;
    for (int i = 0; i < available.size(); ++i) {
        const QByteArray name = available.at(i).toLower();
        found.push_back(best(ranges, i, [&](const Range &range) {
            const QByteArray want = range.name.toLower();
            if (want == name)
                return 5;
            if (prefixes && (want.split('-').first() == name || name.split('-').first() == want))
                return 3;
            return want == "*" ? 1 : 0;
        }));
    }
    return sorted(std::move(found), available);
}

} // namespace

QByteArrayList acceptableEncodings(QByteArrayView acceptEncoding, const QByteArrayList &available,
                                   const QByteArrayList &preferred)
{
    std::vector<Range> ranges = parseRanges(acceptEncoding);
    double least = 1;
    bool identityNamed = false;
    for (const Range &range : ranges) {
        identityNamed
            = identityNamed || range.name == "*" || equalsIgnoringCase(range.name, "identity");
        least = std::min(least, range.weight > 0 ? range.weight : 1);
    }
    // What nobody refused is acceptable, but last.
    if (!identityNamed)
        ranges.push_back({"identity", least, static_cast<int>(ranges.size()), {}});
    std::vector<Priority> found;
    for (int i = 0; i < available.size(); ++i) {
        Priority priority = best(ranges, i, [&](const Range &range) {
            if (equalsIgnoringCase(range.name, available.at(i)))
                return 2;
            return range.name == "*" ? 1 : 0;
        });
        const auto preference = preferred.indexOf(available.at(i));
        priority.preferred
            = preference < 0 ? static_cast<int>(preferred.size()) : static_cast<int>(preference);
        found.push_back(priority);
    }
    return sorted(std::move(found), available);
}

QByteArrayList acceptableMediaTypes(const std::optional<QByteArray> &accept,
                                    const QByteArrayList &available)
{
    const auto ranges = parseRanges(accept.value_or("*/*"));
    std::vector<Priority> found;
    for (int i = 0; i < available.size(); ++i)
        found.push_back(best(ranges, i, [&](const Range &range) {
            return mediaSpecificity(range, available.at(i));
        }));
    return sorted(std::move(found), available);
}

std::optional<QByteArray> accepts(const std::optional<QByteArray> &accept,
                                  const QByteArrayList &types)
{
    if (!accept)
        return types.isEmpty() ? std::nullopt : std::optional(types.first());
    QByteArrayList full;
    for (const QByteArray &type : types)
        full.append(type.contains('/') ? type : mediaTypeOfExtension(type).value_or(""));
    const QByteArrayList fitting = acceptableMediaTypes(accept, full);
    if (fitting.isEmpty())
        return std::nullopt;
    return types.at(full.indexOf(fitting.first()));
}

QByteArrayList acceptableLanguages(const std::optional<QByteArray> &acceptLanguage,
                                   const QByteArrayList &available)
{
    return simpleList(acceptLanguage, available, true);
}

QByteArrayList acceptableCharsets(const std::optional<QByteArray> &acceptCharset,
                                  const QByteArrayList &available)
{
    return simpleList(acceptCharset, available, false);
}

} // namespace rt
