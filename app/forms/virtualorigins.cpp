// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/virtualorigins.h"

#include "lab/command.h"

#include <QCoreApplication>

namespace rt {

std::vector<VirtualOrigin> pageOrigins()
{
    const struct
    {
        const char *symbol;
        const char *title;
    } rows[] = {
        {"$app", QT_TRANSLATE_NOOP("origins", "the shop's page")},
        {"$apps", QT_TRANSLATE_NOOP("origins", "the shop's page, HTTPS")},
        {"$api", QT_TRANSLATE_NOOP("origins", "the API itself")},
        {"$apis", QT_TRANSLATE_NOOP("origins", "the API itself, HTTPS")},
        {"$proxy", QT_TRANSLATE_NOOP("origins", "the API behind its proxy")},
        {"$proxys", QT_TRANSLATE_NOOP("origins", "the API behind its proxy, HTTPS")},
        {"$rogue", QT_TRANSLATE_NOOP("origins", "same site, another origin")},
        {"$rogues", QT_TRANSLATE_NOOP("origins", "same site, another origin, HTTPS")},
        {"$evil", QT_TRANSLATE_NOOP("origins", "another site")},
        {"$evils", QT_TRANSLATE_NOOP("origins", "another site, HTTPS")},
    };
    std::vector<VirtualOrigin> origins;
    for (const auto &row : rows)
        origins.push_back({row.symbol, QString::fromUtf8(virtualOrigin(row.symbol)),
                           QCoreApplication::translate("origins", row.title)});
    return origins;
}

QString originTitle(const QString &origin)
{
    for (const VirtualOrigin &known : pageOrigins())
        if (known.origin == origin)
            return known.title;
    return origin;
}

} // namespace rt
