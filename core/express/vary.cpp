// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/vary.h"

#include <QByteArrayList>

namespace rt {

namespace {

QByteArrayList fieldNames(const QByteArray &list)
{
    QByteArrayList names;
    for (const QByteArray &name : list.split(','))
        names.append(name.trimmed());
    return names;
}

} // namespace

QByteArray appendVary(const QByteArray &value, const QByteArray &fields)
{
    if (value == "*")
        return value;
    QByteArrayList present = fieldNames(value.toLower());
    const QByteArrayList added = fieldNames(fields);
    if (present.contains("*") || added.contains("*"))
        return "*";
    QByteArray result = value;
    for (const QByteArray &name : added) {
        if (present.contains(name.toLower()))
            continue;
        present.append(name.toLower());
        result += result.isEmpty() ? name : ", " + name;
    }
    return result;
}

} // namespace rt
