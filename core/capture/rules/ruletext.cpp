// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/ruletext.h"

#include "http/headerlist.h"

#include <QLocale>

#include <algorithm>
#include <array>

namespace rt {

static constexpr qsizetype longestShown = 200;

QString shown(QByteArrayView bytes)
{
    if (bytes.size() <= longestShown)
        return QString::fromLatin1(bytes);
    return QString::fromLatin1(bytes.first(longestShown)) + u'…';
}

QString listed(const QByteArrayList &names)
{
    if (names.isEmpty())
        return RuleText::tr("none");
    if (names.size() == 1)
        return shown(names.first());
    const QString all = shown(names.first(names.size() - 1).join(", "));
    return RuleText::tr("%1 and %2").arg(all, shown(names.last()));
}

QString duration(qint64 seconds)
{
    struct Unit
    {
        qint64 length;
        QString one;
        QString many;
    };
    const std::array<Unit, 5> units {{
        {31'536'000, RuleText::tr("1 year"), RuleText::tr("%1 years")},
        {86'400, RuleText::tr("1 day"), RuleText::tr("%1 days")},
        {3'600, RuleText::tr("1 hour"), RuleText::tr("%1 hours")},
        {60, RuleText::tr("1 minute"), RuleText::tr("%1 minutes")},
        {1, RuleText::tr("1 second"), RuleText::tr("%1 seconds")},
    }};
    const auto unit = std::find_if(units.begin(), units.end(), [seconds](const Unit &candidate) {
        return seconds >= candidate.length && seconds % candidate.length == 0;
    });
    if (unit == units.end())
        return RuleText::tr("%1 seconds").arg(seconds);
    const qint64 count = seconds / unit->length;
    return count == 1 ? unit->one : unit->many.arg(QLocale::c().toString(count));
}

QString byteCount(qint64 bytes)
{
    if (bytes == 1)
        return RuleText::tr("1 byte");
    if (bytes < 10'000)
        return RuleText::tr("%1 bytes").arg(QLocale::c().toString(bytes));
    const double kilo = static_cast<double>(bytes) / 1000;
    return kilo < 1000 ? RuleText::tr("%1 kB").arg(kilo, 0, 'f', 1)
                       : RuleText::tr("%1 MB").arg(kilo / 1000, 0, 'f', 1);
}

QByteArrayList commaList(QByteArrayView value)
{
    QByteArrayList members;
    for (const QByteArray &part : value.toByteArray().split(',')) {
        if (const QByteArray trimmed = part.trimmed(); !trimmed.isEmpty())
            members.append(trimmed);
    }
    return members;
}

bool containsIgnoringCase(const QByteArrayList &list, QByteArrayView member)
{
    return std::any_of(list.begin(), list.end(),
                       [member](const QByteArray &one) { return equalsIgnoringCase(one, member); });
}

QByteArray essence(QByteArrayView value)
{
    const qsizetype parameters = value.indexOf(';');
    return (parameters < 0 ? value : value.first(parameters)).trimmed().toByteArray().toLower();
}

std::optional<qint64> wholeNumber(QByteArrayView value)
{
    QByteArrayView digits = value;
    if (digits.startsWith('-') || digits.startsWith('+'))
        digits = digits.sliced(1);
    const bool plain = !digits.isEmpty()
        && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool fits = false;
    const qint64 number = value.toByteArray().toLongLong(&fits);
    return plain && fits ? std::optional(number) : std::nullopt;
}

} // namespace rt
