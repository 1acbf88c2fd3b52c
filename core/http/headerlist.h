// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <optional>
#include <vector>

namespace rt {

/// One header field as it stood on the wire: spelling of the name kept, value without the blanks
/// around it.
struct HeaderField
{
    QByteArray name;
    QByteArray value;
    friend bool operator==(const HeaderField &, const HeaderField &) = default;
};

/// Header fields in wire order with duplicates (RFC 9110 §5). Names compare without case.
class HeaderList
{
public:
    HeaderList() = default;
    HeaderList(std::initializer_list<HeaderField> fields) : m_fields(fields) { }

    bool isEmpty() const { return m_fields.empty(); }
    int size() const { return static_cast<int>(m_fields.size()); }
    auto begin() const { return m_fields.begin(); }
    auto end() const { return m_fields.end(); }
    const HeaderField &at(int index) const { return m_fields.at(static_cast<size_t>(index)); }

    bool contains(QByteArrayView name) const;
    /// All values of the name joined with ", " (Fetch, "get"); nullopt when absent.
    std::optional<QByteArray> get(QByteArrayView name) const;
    /// The first value, or nullopt.
    std::optional<QByteArray> first(QByteArrayView name) const;
    QByteArrayList all(QByteArrayView name) const;

    void append(QByteArray name, QByteArray value);
    /// As Node's setHeader: replaces every field of the name, keeps the first one's position and
    /// takes the new spelling; appends when absent.
    void set(QByteArray name, QByteArray value);
    /// As Node's setHeader with an array: the fields stand together at the first one's position.
    void set(QByteArray name, const QByteArrayList &values);
    /// Returns how many fields went.
    int remove(QByteArrayView name);
    void clear() { m_fields.clear(); }

    friend bool operator==(const HeaderList &, const HeaderList &) = default;

private:
    std::vector<HeaderField> m_fields;
};

/// ASCII-case-insensitive equality (RFC 9110 §5.1).
bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b);

} // namespace rt
