// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/laborigins.h"

#include "http/url.h"
#include "lab/command.h"

namespace rt {

using namespace Qt::StringLiterals;

QByteArray LabOrigin::origin() const
{
    return virtualOrigin(symbol);
}

bool LabOrigin::isSecure() const
{
    return origin().startsWith("https:");
}

quint16 LabOrigin::port() const
{
    const auto url = parseUrl(origin());
    return url ? static_cast<quint16>(url->effectivePort()) : quint16(0);
}

const std::vector<LabOrigin> &labOrigins()
{
    using Serves = LabOrigin::Serves;
    static const std::vector<LabOrigin> all {
        {u"API"_s, "api", Serves::Api},
        {u"Site"_s, "app", Serves::Site},
        {u"Second service"_s, "api2", Serves::Api},
        {u"Rogue"_s, "rogue", Serves::Site},
        {u"Evil"_s, "evil", Serves::Site},
        {u"CDN"_s, "cdn", Serves::Site},
        // The application itself, so that helmet's Strict-Transport-Security comes from there.
        {u"Web"_s, "web", Serves::Api},
        {u"Proxy"_s, "proxy", Serves::Proxy},
        {u"API (HTTPS)"_s, "apis", Serves::Api},
        {u"Site (HTTPS)"_s, "apps", Serves::Site},
        {u"Rogue (HTTPS)"_s, "rogues", Serves::Site},
        {u"Evil (HTTPS)"_s, "evils", Serves::Site},
        {u"Web (HTTPS)"_s, "webs", Serves::Api},
        {u"Proxy (HTTPS)"_s, "proxys", Serves::Proxy},
    };
    return all;
}

QByteArrayList certifiedNames()
{
    QByteArrayList names {"localhost", "127.0.0.1", "::1"};
    for (const LabOrigin &origin : labOrigins()) {
        const auto url = parseUrl(origin.origin());
        if (url && !names.contains(url->host))
            names.append(url->host);
    }
    return names;
}

} // namespace rt
