// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/capturestore.h"

#include <QStringList>

#include <vector>

namespace rt {

/// What one line of the traffic list is about: a call with its exchanges, or one exchange.
struct TrafficSubject
{
    const CallRecord *call = nullptr;
    std::vector<const ExchangeSummary *> exchanges;
};

/// The filter field: words that must all hold. "method:PUT", "status:2xx", "status:>=400",
/// "path:/api", "host:evil", "from:app", "blocked:cors", "kind:preflight", "stage:cors",
/// "slower:100ms", "larger:1k"; a bare word is looked for everywhere; "-" before a word negates it.
class TrafficFilter
{
public:
    static TrafficFilter parse(const QString &text);
    static QStringList fieldNames();

    bool isEmpty() const { return m_terms.empty(); }
    bool matches(const TrafficSubject &subject) const;

private:
    enum class Field {
        Text,
        Method,
        Status,
        Path,
        Host,
        From,
        Blocked,
        Kind,
        Stage,
        Slower,
        Larger
    };
    struct Term
    {
        Field field = Field::Text;
        /// Lower case.
        QByteArray value;
        double number = 0;
        bool negated = false;
    };
    static Term parseTerm(QStringView word);
    static bool holds(const Term &term, const TrafficSubject &subject);
    static bool holds(const Term &term, const ExchangeSummary &exchange);
    static bool holds(const Term &term, const CallRecord &call);

    std::vector<Term> m_terms;
};

} // namespace rt
