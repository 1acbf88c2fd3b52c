// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/requestparser.h"

#include "http/chunkline.h"
#include "http/fieldsection.h"
#include "http/requestline.h"

#include <algorithm>

namespace rt {

namespace {

// Node: /(?:^|\W)100-continue(?:$|\W)/i
bool namesContinue(QByteArrayView value)
{
    const auto isWord = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || c == '_';
    };
    const QByteArrayView wanted("100-continue");
    for (qsizetype at = 0; at + wanted.size() <= value.size(); ++at) {
        const qsizetype end = at + wanted.size();
        if (equalsIgnoringCase(value.sliced(at, wanted.size()), wanted)
            && (at == 0 || !isWord(value.at(at - 1)))
            && (end == value.size() || !isWord(value.at(end))))
            return true;
    }
    return false;
}

} // namespace

class RequestParser::Machine
{
public:
    explicit Machine(const RequestLimits &limits)
        : m_budget {limits.maxHeaderSize}, m_line(m_budget),
          m_fields(m_budget, limits.maxHeadersCount)
    {
    }

    std::vector<RequestEvent> feed(QByteArrayView bytes);
    std::vector<RequestEvent> finish();
    QByteArray takeRest() { return std::exchange(m_rest, {}); }
    std::vector<RequestEvent> declineUpgrade();

    enum class Stage {
        Idle, ///< between messages
        Line,
        Fields,
        FixedBody,
        ChunkSize,
        ChunkData,
        ChunkCr,
        ChunkLf,
        Trailers,
        Upgrade,
        Closed, ///< behind a message that ended the connection
        Dead, ///< behind a fault
    };
    Stage stage() const { return m_stage; }

private:
    bool step(const char *&p, const char *end);
    bool readIdle(const char *&p, const char *end);
    bool readFields(const char *&p, const char *end);
    void finishHead(const char *p);
    bool readData(const char *&p, const char *end);
    bool readChunkSize(const char *&p, const char *end);
    bool readChunkEnd(const char *&p, char byte, Stage next);
    bool endMessage(const char *&p, const char *end);
    bool fail(const char *p, RequestFault fault);
    bool shouldKeepAlive() const;
    BodyFraming bodyFraming() const;
    Stage bodyStage();
    QByteArray takeRaw(const char *p);

    HeaderBudget m_budget;
    RequestLine m_line;
    FieldSection m_fields;
    ChunkLine m_chunk;
    Stage m_stage = Stage::Idle;
    HttpVersion m_version;
    quint64 m_remaining = 0;
    bool m_chunked = false;
    bool m_chunkStarts = false;
    /// The last head asked for an upgrade.
    bool m_upgrade = false;
    bool m_upgradeDeclined = false;
    const char *m_rawStart = nullptr;
    const char *m_feedEnd = nullptr;
    QByteArray m_raw;
    QByteArray m_rest;
    std::vector<RequestEvent> m_events;
};

std::vector<RequestEvent> RequestParser::Machine::feed(QByteArrayView bytes)
{
    m_events.reserve(2);
    const char *p = bytes.begin();
    const char *const end = bytes.end();
    m_rawStart = p;
    m_feedEnd = end;
    while (p != end && step(p, end)) { }
    if (m_stage == Stage::Upgrade)
        m_rest.append(p, end - p);
    else if (m_stage != Stage::Idle && m_stage != Stage::Dead && m_stage != Stage::Closed)
        m_raw.append(m_rawStart, end - m_rawStart);
    return std::exchange(m_events, {});
}

/// One stage's share; false when the feed is used up or nothing more is read from it.
bool RequestParser::Machine::step(const char *&p, const char *end)
{
    switch (m_stage) {
    case Stage::Idle:
    case Stage::Closed:
        return readIdle(p, end);
    case Stage::Line: {
        const auto progress = m_line.read(p, end);
        if (progress == RequestLine::Progress::Fault)
            return fail(p, m_line.fault());
        if (progress == RequestLine::Progress::Complete) {
            m_fields.beginHead();
            m_stage = Stage::Fields;
        }
        return true;
    }
    case Stage::Fields:
    case Stage::Trailers:
        return readFields(p, end);
    case Stage::FixedBody:
    case Stage::ChunkData:
        return readData(p, end);
    case Stage::ChunkSize:
        return readChunkSize(p, end);
    case Stage::ChunkCr:
        return readChunkEnd(p, '\r', Stage::ChunkLf);
    case Stage::ChunkLf:
        return readChunkEnd(p, '\n', Stage::ChunkSize);
    case Stage::Upgrade:
    case Stage::Dead:
        return false;
    }
    Q_UNREACHABLE();
}

bool RequestParser::Machine::readIdle(const char *&p, const char *end)
{
    while (p != end && (*p == '\r' || *p == '\n'))
        ++p;
    m_rawStart = p;
    if (p == end)
        return false;
    if (m_stage == Stage::Closed)
        return fail(p, RequestFault::DataAfterClose);
    m_budget.used = 0;
    m_line.begin();
    m_stage = Stage::Line;
    return true;
}

bool RequestParser::Machine::readFields(const char *&p, const char *end)
{
    const auto progress = m_fields.read(p, end);
    if (progress == FieldSection::Progress::Fault)
        return fail(p, m_fields.fault());
    if (progress == FieldSection::Progress::NeedMore)
        return false;
    if (m_stage == Stage::Trailers)
        return endMessage(p, end);
    finishHead(p);
    // Node hands the request to its listener before it looks at how the content would end.
    const FramingFields &framing = m_fields.framing();
    if (framing.transferEncodingSeen && !framing.chunked && m_stage != Stage::Upgrade)
        return fail(end, RequestFault::TransferEncodingNotChunkedLast);
    if (m_stage == Stage::Idle)
        return endMessage(p, end);
    return m_stage != Stage::Upgrade;
}

void RequestParser::Machine::finishHead(const char *p)
{
    const FramingFields &framing = m_fields.framing();
    const bool isConnect = m_line.method() == "CONNECT"; // has no content (RFC 9110 §9.3.6)
    m_version = m_line.version();
    m_chunked = framing.chunked && !isConnect;
    m_remaining = framing.chunked || isConnect ? 0 : framing.contentLength;
    m_upgrade = isConnect || (framing.upgrade && framing.connectionUpgrade);
    m_budget.used = 0;

    RequestHeadEvent event;
    event.head = {m_line.method(), m_line.takeTarget(), m_version, m_fields.takeFields()};
    event.raw = takeRaw(p);
    event.keepAlive = shouldKeepAlive();
    event.framing = bodyFraming();
    event.contentLength = m_remaining;
    event.upgrade = m_upgrade;
    if (m_version == HttpVersion {1, 1}) {
        event.missingHost = !event.head.headers.contains("host");
        if (const auto expected = event.head.headers.get("expect"))
            event.expectation
                = namesContinue(*expected) ? Expectation::Continue : Expectation::Unknown;
    }
    m_events.emplace_back(std::move(event));
    m_stage = m_upgrade ? Stage::Upgrade : bodyStage();
}

BodyFraming RequestParser::Machine::bodyFraming() const
{
    if (m_chunked)
        return BodyFraming::Chunked;
    if (m_fields.framing().transferEncodingSeen)
        return BodyFraming::UntilClose;
    return m_fields.framing().contentLengthSeen ? BodyFraming::ContentLength : BodyFraming::None;
}

RequestParser::Machine::Stage RequestParser::Machine::bodyStage()
{
    if (!m_chunked)
        return m_remaining > 0 ? Stage::FixedBody : Stage::Idle;
    m_chunk.begin();
    return Stage::ChunkSize;
}

/// llhttp_should_keep_alive(): before HTTP/1.1 a `close` beside `keep-alive` does not count.
bool RequestParser::Machine::shouldKeepAlive() const
{
    const FramingFields &framing = m_fields.framing();
    return m_version == HttpVersion {1, 1} ? !framing.close : framing.keepAlive;
}

bool RequestParser::Machine::readData(const char *&p, const char *end)
{
    const quint64 available = static_cast<quint64>(end - p);
    const qsizetype count = static_cast<qsizetype>(std::min(available, m_remaining));
    QByteArray data(p, count);
    p += count;
    m_remaining -= static_cast<quint64>(count);
    const bool allHere = m_raw.isEmpty() && m_rawStart == p - count;
    QByteArray raw = allHere ? data : takeRaw(p);
    m_rawStart = p;
    m_events.emplace_back(
        BodyEvent {std::move(data), std::move(raw), std::exchange(m_chunkStarts, false)});
    if (m_remaining > 0)
        return false;
    if (!m_chunked)
        return endMessage(p, end);
    m_stage = Stage::ChunkCr;
    return true;
}

bool RequestParser::Machine::readChunkSize(const char *&p, const char *end)
{
    const auto progress = m_chunk.read(p, end);
    if (progress == ChunkLine::Progress::Fault)
        return fail(p, m_chunk.fault());
    if (progress == ChunkLine::Progress::NeedMore)
        return false;
    m_remaining = m_chunk.size();
    m_chunkStarts = m_remaining > 0;
    m_stage = m_chunkStarts ? Stage::ChunkData : Stage::Trailers;
    if (!m_chunkStarts) {
        m_budget.used = 0;
        m_fields.beginTrailers();
    }
    return true;
}

bool RequestParser::Machine::readChunkEnd(const char *&p, char byte, Stage next)
{
    if (*p != byte)
        return fail(p, RequestFault::MissingChunkEnd);
    ++p;
    m_stage = next;
    if (next == Stage::ChunkSize)
        m_chunk.begin();
    return true;
}

bool RequestParser::Machine::endMessage(const char *&p, const char *end)
{
    HeaderList trailers = m_chunked ? m_fields.takeFields() : HeaderList();
    m_events.emplace_back(MessageEndEvent {std::move(trailers), takeRaw(p)});
    m_stage = shouldKeepAlive() ? Stage::Idle : Stage::Closed;
    if (std::exchange(m_upgradeDeclined, false)) {
        p = end; // Node drops what came along with a request whose upgrade nobody took
        return false;
    }
    return true;
}

bool RequestParser::Machine::fail(const char *p, RequestFault fault)
{
    m_stage = Stage::Dead;
    // After an upgrade that nobody took, Node overlooks faults until the next head is complete: the
    // connection stays open and deaf.
    if (m_upgrade)
        return false;
    RequestFaultEvent event;
    event.fault = fault;
    event.position = m_raw.size() + (p - m_rawStart);
    event.raw = takeRaw(m_feedEnd);
    m_events.emplace_back(std::move(event));
    return false;
}

QByteArray RequestParser::Machine::takeRaw(const char *p)
{
    const QByteArrayView here(m_rawStart, p);
    m_rawStart = p;
    if (m_raw.isEmpty())
        return here.toByteArray();
    m_raw.append(here);
    return std::exchange(m_raw, {});
}

std::vector<RequestEvent> RequestParser::Machine::finish()
{
    if (m_stage == Stage::Idle || m_stage == Stage::Closed || m_stage == Stage::Upgrade
        || m_stage == Stage::Dead)
        return {};
    m_rawStart = m_feedEnd = nullptr;
    fail(nullptr, RequestFault::EndedTooEarly);
    return std::exchange(m_events, {});
}

std::vector<RequestEvent> RequestParser::Machine::declineUpgrade()
{
    if (m_stage != Stage::Upgrade)
        return {};
    m_upgradeDeclined = true;
    const QByteArray rest = takeRest();
    m_stage = bodyStage();
    if (m_stage != Stage::Idle)
        return feed(rest);
    const char *p = nullptr;
    m_rawStart = nullptr;
    endMessage(p, nullptr);
    return std::exchange(m_events, {});
}

RequestParser::RequestParser(RequestLimits limits)
    : m_machine(std::make_unique<Machine>(limits)) { }

RequestParser::~RequestParser() = default;

std::vector<RequestEvent> RequestParser::feed(QByteArrayView bytes)
{
    return m_machine->feed(bytes);
}

std::vector<RequestEvent> RequestParser::finish()
{
    return m_machine->finish();
}

bool RequestParser::awaitsUpgrade() const
{
    return m_machine->stage() == Machine::Stage::Upgrade;
}

QByteArray RequestParser::takeRest()
{
    return m_machine->takeRest();
}

std::vector<RequestEvent> RequestParser::declineUpgrade()
{
    return m_machine->declineUpgrade();
}

bool RequestParser::isIdle() const
{
    return m_machine->stage() == Machine::Stage::Idle;
}

bool RequestParser::isInHead() const
{
    const Machine::Stage stage = m_machine->stage();
    return stage == Machine::Stage::Line || stage == Machine::Stage::Fields;
}

} // namespace rt
