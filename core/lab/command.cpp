// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/command.h"

#include <array>

namespace rt {

namespace {

struct Symbol
{
    QByteArrayView name;
    QByteArrayView origin;
};

// CURRICULUM: the constants of the check language and where they point.
constexpr std::array<Symbol, 14> symbols {{
    {"app", "http://app.shop.test:3000"},
    {"apps", "https://app.shop.test:3443"},
    {"api", "http://api.shop.test:8000"},
    {"apis", "https://api.shop.test:8443"},
    {"api2", "http://api.shop.test:9000"},
    {"web", "http://www.shop.test"},
    {"webs", "https://www.shop.test"},
    {"rogue", "http://rogue.shop.test:6661"},
    {"rogues", "https://rogue.shop.test:6662"},
    {"evil", "http://evil.test:6660"},
    {"evils", "https://evil.test:6663"},
    {"cdn", "http://cdn.test:7000"},
    {"proxy", "http://shop.test:8080"},
    {"proxys", "https://shop.test:8444"},
}};

} // namespace

QByteArray virtualOrigin(QByteArrayView symbol)
{
    const QByteArrayView name = symbol.startsWith('$') ? symbol.sliced(1) : symbol;
    for (const Symbol &known : symbols) {
        if (known.name == name)
            return known.origin.toByteArray();
    }
    return {};
}

QString resolveSymbols(const QString &text)
{
    if (!text.startsWith(u'$'))
        return text;
    qsizetype end = 1;
    while (end < text.size() && text.at(end).isLetterOrNumber())
        ++end;
    const QByteArray origin = virtualOrigin(text.first(end).toLatin1());
    return origin.isEmpty() ? text : QString::fromLatin1(origin) + text.sliced(end);
}

qint64 parseDuration(QStringView text)
{
    struct Unit
    {
        QStringView name;
        qint64 milliseconds;
    };
    static constexpr std::array<Unit, 5> units {
        {{u"ms", 1}, {u"s", 1000}, {u"m", 60'000}, {u"h", 3'600'000}, {u"d", 86'400'000}}};
    for (const Unit &unit : units) {
        if (!text.endsWith(unit.name))
            continue;
        bool isNumber = false;
        const double amount = text.chopped(unit.name.size()).toDouble(&isNumber);
        if (isNumber && amount >= 0)
            return static_cast<qint64>(amount * static_cast<double>(unit.milliseconds));
    }
    return -1;
}

} // namespace rt
