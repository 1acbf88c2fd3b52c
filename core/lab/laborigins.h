// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <vector>

namespace rt {

/// One server of the lab's little internet (CURRICULUM, virtual origins).
struct LabOrigin
{
    enum class Serves { Api, Site, Proxy };
    /// "API", "Site (HTTPS)" ...
    QString title;
    /// "apis": of virtualOrigin().
    const char *symbol = "";
    Serves serves = Serves::Site;

    QByteArray origin() const;
    bool isSecure() const;
    /// The port the origin names; 80 or 443 without one.
    quint16 port() const;
};

/// In the order in which they are started; the API is the first.
const std::vector<LabOrigin> &labOrigins();
/// What a certificate of the lab has to name: all hosts of the origins, and loopback.
QByteArrayList certifiedNames();

} // namespace rt
