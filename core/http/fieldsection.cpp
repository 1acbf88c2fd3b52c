// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/fieldsection.h"

#include "http/chartable.h"

#include <limits>

namespace rt {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

QByteArrayView withoutTrailingBlanks(QByteArrayView text)
{
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

QByteArrayView withoutLeadingBlanks(QByteArrayView text)
{
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    return text;
}

bool isSpaces(QByteArrayView text)
{
    for (const char c : text) {
        if (c != ' ')
            return false;
    }
    return true;
}

bool startsWithIgnoringCase(QByteArrayView text, QByteArrayView prefix)
{
    return text.size() >= prefix.size() && equalsIgnoringCase(text.first(prefix.size()), prefix);
}

/// `keyword` in any case with nothing but spaces behind it.
bool isKeyword(QByteArrayView text, QByteArrayView keyword)
{
    return startsWithIgnoringCase(text, keyword) && isSpaces(text.sliced(keyword.size()));
}

/// Calls `use` with each comma-separated member, leading blanks removed; stops when it says so.
template<typename Use> void forEachMember(QByteArrayView text, Use use)
{
    for (;;) {
        const qsizetype comma = text.indexOf(',');
        const QByteArrayView member = comma < 0 ? text : text.first(comma);
        if (!use(withoutLeadingBlanks(member), comma < 0) || comma < 0)
            return;
        text = text.sliced(comma + 1);
    }
}

} // namespace

void FieldSection::begin()
{
    m_state = State::LineStart;
    m_firstLine = true;
    m_fields.clear();
}

void FieldSection::beginHead()
{
    begin();
    m_framing = {};
}

void FieldSection::beginTrailers()
{
    begin();
    m_firstLine = false;
}

FieldSection::Progress FieldSection::read(const char *&p, const char *end)
{
    if (m_state == State::Name || m_state == State::Value)
        m_span.resume(p);
    while (p != end) {
        if (const auto progress = step(p, end))
            return *progress;
    }
    if ((m_state == State::Name || m_state == State::Value) && !m_budget.spend(m_span.suspend(end)))
        return *fail(RequestFault::HeadTooLarge);
    return Progress::NeedMore;
}

std::optional<FieldSection::Progress> FieldSection::step(const char *&p, const char *end)
{
    switch (m_state) {
    case State::LineStart:
        return lineStart(p);
    case State::Name:
        return name(p, end);
    case State::BeforeValue:
        return beforeValue(p, end);
    case State::EmptyValueLf:
        return lineFeed(p, State::EmptyValueEnd);
    case State::EmptyValueEnd:
        return isBlank(*p) ? fail(RequestFault::ObsoleteLineFolding) : emptyValue();
    case State::Value:
        return value(p, end);
    case State::ValueLf:
        return lineFeed(p, State::ValueEnd);
    case State::ValueEnd:
        if (isBlank(*p))
            return fail(RequestFault::ObsoleteLineFolding);
        m_state = State::LineStart;
        return std::nullopt;
    case State::SectionLf:
        if (*p != '\n')
            return fail(RequestFault::MissingLineFeed);
        ++p;
        return Progress::Complete;
    }
    Q_UNREACHABLE();
}

std::optional<FieldSection::Progress> FieldSection::fail(RequestFault fault)
{
    m_fault = fault;
    return Progress::Fault;
}

std::optional<FieldSection::Progress> FieldSection::lineStart(const char *&p)
{
    if (*p == '\r') {
        ++p;
        m_state = State::SectionLf;
        return std::nullopt;
    }
    if (*p == '\n')
        return fail(RequestFault::BareLineFeed);
    if (*p == ' ' && m_firstLine)
        return fail(RequestFault::SpaceBeforeFirstField);
    if (*p == ':')
        return fail(RequestFault::InvalidFieldName);
    m_firstLine = false;
    m_span.begin(p);
    m_state = State::Name;
    return std::nullopt;
}

std::optional<FieldSection::Progress> FieldSection::name(const char *&p, const char *end)
{
    p = CharTable::skip(p, end, CharTable::Token);
    if (p == end)
        return std::nullopt;
    if (isBlank(*p))
        return fail(RequestFault::SpaceInFieldName);
    if (*p == '\r' || *p == '\n')
        return fail(RequestFault::MissingColon);
    if (*p != ':')
        return fail(RequestFault::InvalidFieldName);
    if (!m_budget.spend(m_span.here(p)))
        return fail(RequestFault::HeadTooLarge);
    m_name = m_span.close(p).toByteArray();
    ++p;
    m_state = State::BeforeValue;
    return std::nullopt;
}

std::optional<FieldSection::Progress> FieldSection::beforeValue(const char *&p, const char *end)
{
    while (p != end && isBlank(*p))
        ++p;
    if (p == end)
        return std::nullopt;
    if (*p == '\n')
        return fail(RequestFault::BareLineFeed);
    if (*p == '\r') {
        ++p;
        m_state = State::EmptyValueLf;
        return std::nullopt;
    }
    m_span.begin(p);
    m_state = State::Value;
    return std::nullopt;
}

std::optional<FieldSection::Progress> FieldSection::lineFeed(const char *&p, State next)
{
    if (*p != '\n')
        return fail(RequestFault::MissingLineFeed);
    ++p;
    m_state = next;
    return std::nullopt;
}

std::optional<FieldSection::Progress> FieldSection::emptyValue()
{
    if (equalsIgnoringCase(m_name, "content-length"))
        return fail(m_framing.transferEncodingSeen ? RequestFault::ContentLengthWithTransferEncoding
                                                   : RequestFault::EmptyContentLength);
    // llhttp looks at Connection, Transfer-Encoding and Upgrade only from their first value byte
    // on.
    if (m_maxFields == 0 || m_fields.size() < m_maxFields)
        m_fields.append(std::move(m_name), QByteArray(""));
    m_state = State::LineStart;
    return std::nullopt;
}

std::optional<FieldSection::Progress> FieldSection::value(const char *&p, const char *end)
{
    p = CharTable::skip(p, end, CharTable::FieldValue);
    if (p == end)
        return std::nullopt;
    if (*p == '\n')
        return fail(RequestFault::BareLineFeed);
    if (*p != '\r')
        return fail(RequestFault::InvalidFieldValue);
    const bool fits = m_budget.spend(m_span.here(p));
    if (const auto fault = commit(m_span.close(p)))
        return fail(*fault);
    if (!fits)
        return fail(RequestFault::HeadTooLarge);
    ++p;
    m_state = State::ValueLf;
    return std::nullopt;
}

std::optional<RequestFault> FieldSection::commit(QByteArrayView text)
{
    std::optional<RequestFault> fault;
    switch (m_name.size()) {
    case 7:
        m_framing.upgrade |= equalsIgnoringCase(m_name, "upgrade");
        break;
    case 10:
        if (equalsIgnoringCase(m_name, "connection"))
            readConnection(text);
        break;
    case 14:
        if (equalsIgnoringCase(m_name, "content-length"))
            fault = readContentLength(text);
        break;
    case 16:
        if (equalsIgnoringCase(m_name, "proxy-connection"))
            readConnection(text);
        break;
    case 17:
        if (equalsIgnoringCase(m_name, "transfer-encoding"))
            fault = readTransferEncoding(text);
        break;
    default:
        break;
    }
    if (m_maxFields == 0 || m_fields.size() < m_maxFields)
        m_fields.append(std::move(m_name), withoutTrailingBlanks(text).toByteArray());
    return fault;
}

std::optional<RequestFault> FieldSection::readContentLength(QByteArrayView text)
{
    if (m_framing.transferEncodingSeen)
        return RequestFault::ContentLengthWithTransferEncoding;
    if (m_framing.contentLengthSeen)
        return RequestFault::DuplicateContentLength;
    m_framing.contentLengthSeen = true;
    quint64 length = 0;
    const char *p = text.begin();
    for (; p != text.end() && CharTable::has(*p, CharTable::Digit); ++p) {
        const quint64 digit = static_cast<quint64>(*p - '0');
        if (length > (std::numeric_limits<quint64>::max() - digit) / 10)
            return RequestFault::ContentLengthOverflow;
        length = length * 10 + digit;
    }
    if (p == text.begin() || !isSpaces(QByteArrayView(p, text.end())))
        return RequestFault::InvalidContentLength;
    m_framing.contentLength = length;
    return std::nullopt;
}

std::optional<RequestFault> FieldSection::readTransferEncoding(QByteArrayView text)
{
    if (m_framing.contentLengthSeen)
        return RequestFault::ContentLengthWithTransferEncoding;
    if (m_framing.chunked)
        return RequestFault::TransferEncodingNotChunkedLast;
    m_framing.transferEncodingSeen = true;
    bool misplaced = false;
    forEachMember(text, [&](QByteArrayView coding, bool last) {
        const bool isChunked = isKeyword(coding, "chunked");
        misplaced |= isChunked && !last;
        m_framing.chunked |= isChunked && last;
        return !misplaced;
    });
    if (misplaced)
        return RequestFault::TransferEncodingNotChunkedLast;
    return std::nullopt;
}

void FieldSection::readConnection(QByteArrayView text)
{
    forEachMember(text, [this](QByteArrayView option, bool) {
        m_framing.close |= isKeyword(option, "close");
        m_framing.keepAlive |= isKeyword(option, "keep-alive");
        m_framing.connectionUpgrade |= isKeyword(option, "upgrade");
        return true;
    });
}

} // namespace rt
