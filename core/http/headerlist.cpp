// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/headerlist.h"

#include <algorithm>

namespace rt {

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

bool HeaderList::contains(QByteArrayView name) const
{
    return std::any_of(m_fields.begin(), m_fields.end(),
                       [&](const HeaderField &f) { return equalsIgnoringCase(f.name, name); });
}

std::optional<QByteArray> HeaderList::get(QByteArrayView name) const
{
    std::optional<QByteArray> joined;
    for (const HeaderField &field : m_fields) {
        if (!equalsIgnoringCase(field.name, name))
            continue;
        joined = joined ? *joined + ", " + field.value : field.value;
    }
    return joined;
}

std::optional<QByteArray> HeaderList::first(QByteArrayView name) const
{
    for (const HeaderField &field : m_fields) {
        if (equalsIgnoringCase(field.name, name))
            return field.value;
    }
    return std::nullopt;
}

QByteArrayList HeaderList::all(QByteArrayView name) const
{
    QByteArrayList values;
    for (const HeaderField &field : m_fields) {
        if (equalsIgnoringCase(field.name, name))
            values.append(field.value);
    }
    return values;
}

void HeaderList::append(QByteArray name, QByteArray value)
{
    m_fields.push_back({std::move(name), std::move(value)});
}

void HeaderList::set(QByteArray name, QByteArray value)
{
    set(std::move(name), QByteArrayList {std::move(value)});
}

void HeaderList::set(QByteArray name, const QByteArrayList &values)
{
    const auto matches = [&](const HeaderField &f) { return equalsIgnoringCase(f.name, name); };
    const auto found = std::find_if(m_fields.begin(), m_fields.end(), matches);
    const auto index = found - m_fields.begin();
    m_fields.erase(std::remove_if(found, m_fields.end(), matches), m_fields.end());
    auto position = m_fields.begin() + index;
    for (const QByteArray &value : values)
        position = m_fields.insert(position, {name, value}) + 1;
}

int HeaderList::remove(QByteArrayView name)
{
    return static_cast<int>(std::erase_if(
        m_fields, [&](const HeaderField &f) { return equalsIgnoringCase(f.name, name); }));
}

} // namespace rt
