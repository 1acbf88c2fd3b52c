// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <vector>

namespace rt {

/// An origin of the lab's little internet, as choosers offer it.
struct VirtualOrigin
{
    /// "$app" as the lessons write it.
    QByteArray symbol;
    QString origin;
    /// What lives there, in a few words.
    QString title;
};

/// Origins a page can have, in the order they are taught.
std::vector<VirtualOrigin> pageOrigins();
/// The words for an origin, or the origin itself when it is none of the lab's.
QString originTitle(const QString &origin);

} // namespace rt
