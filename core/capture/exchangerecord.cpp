// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/exchangerecord.h"

namespace rt {

QByteArray ExchangeRecord::path() const
{
    QByteArrayView target = request().target;
    if (!target.startsWith('/')) { // absolute-form, RFC 9112 §3.2.2
        const qsizetype authority = target.indexOf("://");
        if (authority >= 0) {
            const qsizetype slash = target.indexOf('/', authority + 3);
            if (slash < 0)
                return "/";
            target = target.sliced(slash);
        }
    }
    qsizetype end = target.size();
    for (const char stop : {'?', '#'}) {
        const qsizetype at = target.first(end).indexOf(stop);
        if (at >= 0)
            end = at;
    }
    return target.first(end).toByteArray();
}

double ExchangeRecord::durationMs() const
{
    const EndReport &report = end();
    if (report.finishedNs <= report.startedNs)
        return 0;
    return static_cast<double>(report.finishedNs - report.startedNs) / 1e6;
}

} // namespace rt
