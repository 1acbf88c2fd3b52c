// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/headerlist.h"
#include "http/requestfault.h"
#include "http/span.h"

#include <optional>

namespace rt {

/// Counts what Node counts against --max-http-header-size: bytes of target, names and values.
struct HeaderBudget
{
    qsizetype limit = 16384;
    qsizetype used = 0;
    /// False when the limit is reached.
    bool spend(qsizetype bytes)
    {
        used += bytes;
        return used < limit;
    }
};

/// What the fields of a message say about its framing and its connection, as llhttp collects it.
struct FramingFields
{
    bool contentLengthSeen = false;
    quint64 contentLength = 0;
    bool transferEncodingSeen = false;
    bool chunked = false;
    bool close = false;
    bool keepAlive = false;
    bool connectionUpgrade = false;
    bool upgrade = false;
};

/// The field lines of a head or a trailer section up to the empty line, byte by byte as llhttp 9
/// reads them. The framing fields of a head stay in force while its trailers are read.
class FieldSection
{
public:
    enum class Progress { NeedMore, Complete, Fault };

    FieldSection(HeaderBudget &budget, int maxFields) : m_budget(budget), m_maxFields(maxFields) { }

    void beginHead();
    void beginTrailers();
    /// Reads from `p` on; moves `p` behind what was read, or onto the offending byte.
    Progress read(const char *&p, const char *end);

    const FramingFields &framing() const { return m_framing; }
    HeaderList takeFields() { return std::exchange(m_fields, {}); }
    RequestFault fault() const { return m_fault; }

private:
    enum class State {
        LineStart,
        Name,
        BeforeValue,
        EmptyValueLf,
        EmptyValueEnd,
        Value,
        ValueLf,
        ValueEnd,
        SectionLf,
    };

    void begin();
    std::optional<Progress> step(const char *&p, const char *end);
    std::optional<Progress> lineStart(const char *&p);
    std::optional<Progress> name(const char *&p, const char *end);
    std::optional<Progress> beforeValue(const char *&p, const char *end);
    std::optional<Progress> value(const char *&p, const char *end);
    std::optional<Progress> lineFeed(const char *&p, State next);
    std::optional<Progress> fail(RequestFault fault);
    std::optional<Progress> emptyValue();
    std::optional<RequestFault> commit(QByteArrayView text);
    std::optional<RequestFault> readContentLength(QByteArrayView text);
    std::optional<RequestFault> readTransferEncoding(QByteArrayView text);
    void readConnection(QByteArrayView text);

    HeaderBudget &m_budget;
    int m_maxFields;
    State m_state = State::LineStart;
    bool m_firstLine = true;
    Span m_span;
    QByteArray m_name;
    HeaderList m_fields;
    FramingFields m_framing;
    RequestFault m_fault = RequestFault::InvalidFieldName;
};

} // namespace rt
