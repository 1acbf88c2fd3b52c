// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/requestparser.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <utility>

namespace rt {

namespace {

// The methods llhttp 9 knows for HTTP.
constexpr std::array<QByteArrayView, 35> methods {
    "DELETE", "GET",       "HEAD",       "POST",       "PUT",    "CONNECT",  "OPTIONS", "TRACE",     "COPY",
    "LOCK",   "MKCOL",     "MOVE",       "PROPFIND",   "PROPPATCH", "SEARCH", "UNLOCK",  "BIND",      "REBIND",
    "UNBIND", "ACL",       "REPORT",     "MKACTIVITY", "CHECKOUT", "MERGE",   "M-SEARCH", "NOTIFY",   "SUBSCRIBE",
    "UNSUBSCRIBE", "PATCH", "PURGE",     "MKCALENDAR", "LINK",   "UNLINK",   "SOURCE",  "QUERY"};

bool isTokenByte(uchar c)
{
    static const std::array<bool, 256> table = [] {
        std::array<bool, 256> t {};
        for (int i = 0; i < 128; ++i)
            t[static_cast<size_t>(i)] = std::isalnum(i) != 0;
        for (const char mark : QByteArrayView("!#$%&'*+-.^_`|~"))
            t[static_cast<uchar>(mark)] = true;
        return t;
    }();
    return table[c];
}

/// RFC 9110 field-value bytes: everything from space on but DEL, and tab.
bool isValueByte(uchar c)
{
    return (c >= 0x20 && c != 0x7f) || c == '\t';
}

bool isTargetByte(uchar c)
{
    return c > 0x20 && c < 0x7f;
}

int hexDigit(uchar c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

} // namespace


class RequestParser::Machine
{
public:
    explicit Machine(RequestLimits limits)
        : m_limits(limits)
    {
    }

    std::vector<RequestEvent> feed(QByteArrayView bytes)
    {
        m_events.clear();
        m_raw.append(bytes);
        run();
        return std::move(m_events);
    }

    std::vector<RequestEvent> finish()
    {
        m_events.clear();
        if (m_state != State::Idle && m_state != State::Dead && m_state != State::Upgrade && m_state != State::Closed)
            fail(RequestFault::EndedTooEarly);
        return std::move(m_events);
    }

    bool awaitsUpgrade() const { return m_state == State::Upgrade; }

    QByteArray takeRest()
    {
        m_state = State::Dead;
        return std::exchange(m_raw, {});
    }

    std::vector<RequestEvent> declineUpgrade()
    {
        m_events.clear();
        Q_ASSERT(awaitsUpgrade());
        beginBody();
        run();
        return std::move(m_events);
    }

    bool isIdle() const { return m_state == State::Idle && m_at == m_raw.size(); }
    bool isInHead() const { return m_state >= State::Method && m_state <= State::HeadEnd; }

private:
    enum class State {
        Idle, Method, BeforeTarget, Target, Protocol, VersionEnd, LineEnd,
        FieldStart, FieldName, BeforeValue, Value, ValueCr, AfterLine, HeadEnd,
        Length, ChunkSize, ChunkExtension, ChunkQuoted, ChunkQuotedEscape, ChunkSizeEnd, ChunkData, ChunkDataCr, ChunkDataLf,
        Upgrade, Closed, Dead,
    };

    uchar byte() const { return static_cast<uchar>(m_raw.at(m_at)); }
    bool more() const { return m_at < m_raw.size(); }

    void run()
    {
        while (more() && m_state != State::Dead && m_state != State::Upgrade) {
            if (!step())
                return;
        }
    }

    bool fail(RequestFault fault)
    {
        if (more())
            ++m_at;
        m_state = State::Dead;
        m_events.push_back(RequestFaultEvent {fault, take()});
        return false;
    }

    /// What has been consumed since the last event.
    QByteArray take()
    {
        QByteArray raw = m_raw.left(m_at);
        m_raw.remove(0, m_at);
        m_at = 0;
        m_mark = 0;
        return raw;
    }

    bool countHead(qsizetype bytes)
    {
        m_headSize += bytes;
        return m_headSize < m_limits.maxHeaderSize || fail(RequestFault::HeadTooLarge);
    }

    bool step()
    {
        switch (m_state) {
        case State::Idle:
            return idle();
        case State::Method:
            return method();
        case State::BeforeTarget:
            return beforeTarget();
        case State::Target:
            return target();
        case State::Protocol:
            return protocol();
        case State::VersionEnd:
            return versionEnd();
        case State::LineEnd:
        case State::AfterLine:
            return lineFeed();
        case State::FieldStart:
            return fieldStart();
        case State::FieldName:
            return fieldName();
        case State::BeforeValue:
        case State::Value:
            return value();
        case State::ValueCr:
            return lineFeed();
        case State::HeadEnd:
            return headEnd();
        default:
            return bodyStep();
        }
    }

    bool idle()
    {
        const uchar c = byte();
        if (c == '\r' || c == '\n') {
            ++m_at;
            take();
            return true;
        }
        m_head = {};
        m_headSize = 0;
        m_lengthSeen = m_encodingSeen = m_inTrailers = false;
        m_contentLength = 0;
        m_mark = m_at;
        m_state = State::Method;
        return true;
    }

    bool method()
    {
        for (; more(); ++m_at) {
            const QByteArrayView soFar = QByteArrayView(m_raw).sliced(m_mark, m_at - m_mark);
            if (byte() == ' ') {
                const bool known = std::find(methods.begin(), methods.end(), soFar) != methods.end();
                if (!known)
                    return fail(RequestFault::InvalidMethod);
                m_head.method = soFar.toByteArray();
                ++m_at;
                m_state = State::BeforeTarget;
                return true;
            }
            const QByteArrayView longer = QByteArrayView(m_raw).sliced(m_mark, m_at - m_mark + 1);
            const bool prefix = std::any_of(methods.begin(), methods.end(),
                                            [&](QByteArrayView name) { return name.startsWith(longer); });
            if (!prefix)
                return fail(RequestFault::InvalidMethod);
        }
        return true;
    }

    bool beforeTarget()
    {
        while (more() && byte() == ' ')
            ++m_at;
        m_mark = m_at;
        if (more())
            m_state = State::Target;
        return true;
    }

    bool target()
    {
        while (more() && isTargetByte(byte())) {
            ++m_at;
            if (!countHead(1))
                return false;
        }
        if (!more())
            return true;
        if (byte() != ' ' || m_at == m_mark)
            return fail(RequestFault::InvalidTarget);
        m_head.target = m_raw.mid(m_mark, m_at - m_mark);
        const char first = m_head.target.front();
        const bool absolute = std::isalpha(static_cast<uchar>(first)) != 0;
        if (m_head.method != "CONNECT" && first != '/' && first != '*' && !absolute)
            return fail(RequestFault::InvalidTarget);
        ++m_at;
        m_mark = m_at;
        m_state = State::Protocol;
        return true;
    }

    bool protocol()
    {
        static constexpr QByteArrayView word("HTTP/");
        if (m_at == m_mark && byte() == ' ') { // more than one space is let through
            ++m_at;
            m_mark = m_at;
            return true;
        }
        for (; more(); ++m_at) {
            const qsizetype i = m_at - m_mark;
            const uchar c = byte();
            if (i < word.size() ? c != static_cast<uchar>(word.at(i)) : (i == 6 ? c != '.' : std::isdigit(c) == 0))
                return fail(i < word.size() ? RequestFault::InvalidProtocol : RequestFault::InvalidVersion);
            if (i == 7) {
                m_head.version = {m_raw.at(m_mark + 5) - '0', m_raw.at(m_mark + 7) - '0'};
                ++m_at;
                m_state = State::VersionEnd;
                return versionKnown() || fail(RequestFault::InvalidVersion);
            }
        }
        return true;
    }

    bool versionKnown() const
    {
        const HttpVersion v = m_head.version;
        return v == HttpVersion {0, 9} || v == HttpVersion {1, 0} || v == HttpVersion {1, 1} || v == HttpVersion {2, 0};
    }

    bool versionEnd()
    {
        if (byte() != '\r')
            return fail(byte() == '\n' ? RequestFault::BareLineFeed : RequestFault::InvalidVersion);
        ++m_at;
        m_state = State::LineEnd;
        return true;
    }

    bool lineFeed()
    {
        if (byte() != '\n')
            return fail(RequestFault::MissingLineFeed);
        ++m_at;
        const bool first = m_state == State::LineEnd;
        m_state = State::FieldStart;
        m_afterRequestLine = first;
        return true;
    }

    bool fieldStart()
    {
        const uchar c = byte();
        if (c == '\r') {
            ++m_at;
            m_state = State::HeadEnd;
            return true;
        }
        if (c == '\n')
            return fail(RequestFault::BareLineFeed);
        if (c == ' ' || c == '\t')
            return fail(m_afterRequestLine ? RequestFault::SpaceBeforeFirstField : RequestFault::ObsoleteLineFolding);
        m_mark = m_at;
        m_state = State::FieldName;
        return true;
    }

    bool fieldName()
    {
        const qsizetype start = m_at;
        while (more() && isTokenByte(byte()))
            ++m_at;
        if (!countHead(m_at - start))
            return false;
        if (!more())
            return true;
        if (byte() != ':' || m_at == m_mark) {
            const uchar c = byte();
            return fail(c == ' ' ? RequestFault::SpaceBeforeColon
                            : c == '\r' || c == '\n' ? RequestFault::MissingColon : RequestFault::InvalidFieldName);
        }
        m_name = m_raw.mid(m_mark, m_at - m_mark);
        ++m_at;
        m_mark = m_at;
        m_state = State::BeforeValue;
        return true;
    }

    bool value()
    {
        if (m_state == State::BeforeValue) {
            while (more() && (byte() == ' ' || byte() == '\t'))
                ++m_at;
            m_mark = m_at;
            if (!more())
                return true;
            m_state = State::Value;
        }
        const qsizetype start = m_at;
        while (more() && isValueByte(byte()))
            ++m_at;
        if (!countHead(m_at - start))
            return false;
        if (!more())
            return true;
        if (byte() != '\r')
            return fail(byte() == '\n' ? RequestFault::BareLineFeed : RequestFault::InvalidFieldValue);
        QByteArray text = m_raw.mid(m_mark, m_at - m_mark);
        while (text.endsWith(' ') || text.endsWith('\t'))
            text.chop(1);
        ++m_at;
        m_state = State::ValueCr;
        return takeField(std::move(text));
    }

    bool takeField(QByteArray text)
    {
        if (m_inTrailers) {
            m_trailers.append(m_name, std::move(text));
            return true;
        }
        if (equalsIgnoringCase(m_name, "Content-Length") && !takeLength(text))
            return false;
        if (equalsIgnoringCase(m_name, "Transfer-Encoding")) {
            if (m_lengthSeen)
                return fail(RequestFault::ContentLengthWithTransferEncoding);
            m_encodingSeen = true;
            const qsizetype comma = text.lastIndexOf(',');
            m_chunked = equalsIgnoringCase(text.mid(comma + 1).trimmed(), "chunked");
        }
        if (m_limits.maxHeadersCount == 0 || m_head.headers.size() < m_limits.maxHeadersCount)
            m_head.headers.append(m_name, std::move(text));
        return true;
    }

    bool takeLength(const QByteArray &text)
    {
        if (m_encodingSeen)
            return fail(RequestFault::ContentLengthWithTransferEncoding);
        if (m_lengthSeen)
            return fail(RequestFault::DuplicateContentLength);
        if (text.isEmpty())
            return fail(RequestFault::EmptyContentLength);
        m_lengthSeen = true;
        for (const char c : text) {
            if (c < '0' || c > '9')
                return fail(RequestFault::InvalidContentLength);
            if (m_contentLength > (std::numeric_limits<quint64>::max() - 9) / 10)
                return fail(RequestFault::ContentLengthOverflow);
            m_contentLength = m_contentLength * 10 + static_cast<quint64>(c - '0');
        }
        return true;
    }

    bool headEnd()
    {
        if (byte() != '\n')
            return fail(RequestFault::MissingLineFeed);
        if (m_inTrailers) {
            ++m_at;
            endMessage(std::exchange(m_trailers, {}));
            return true;
        }
        if (m_encodingSeen && !m_chunked)
            return fail(RequestFault::TransferEncodingNotChunkedLast);
        ++m_at;
        RequestHeadEvent event;
        event.framing = m_encodingSeen ? BodyFraming::Chunked
            : m_lengthSeen && m_contentLength > 0 ? BodyFraming::ContentLength : BodyFraming::None;
        event.contentLength = m_contentLength;
        event.keepAlive = m_keepAlive = keepsAlive();
        event.missingHost = m_head.version == HttpVersion {1, 1} && !m_head.headers.contains("Host");
        event.upgrade = m_head.method == "CONNECT" || (m_head.headers.contains("Upgrade") && connectionHas("upgrade"));
        m_framing = event.framing;
        event.head = std::move(m_head);
        event.raw = take();
        const bool upgrade = event.upgrade;
        m_events.push_back(std::move(event));
        if (upgrade)
            m_state = State::Upgrade;
        else
            beginBody();
        return true;
    }

    bool connectionHas(QByteArrayView token) const
    {
        for (const QByteArray &part : m_head.headers.get("Connection").value_or("").split(',')) {
            if (equalsIgnoringCase(part.trimmed(), token))
                return true;
        }
        return false;
    }

    bool keepsAlive() const
    {
        const bool modern = m_head.version.major > 0 && m_head.version.minor > 0;
        return modern ? !connectionHas("close") : connectionHas("keep-alive");
    }

    void beginBody()
    {
        switch (m_framing) {
        case BodyFraming::None:
        case BodyFraming::UntilClose:
            endMessage({});
            return;
        case BodyFraming::ContentLength:
            m_left = m_contentLength;
            m_state = State::Length;
            return;
        case BodyFraming::Chunked:
            beginChunk();
            return;
        }
    }

    void beginChunk()
    {
        m_left = 0;
        m_digits = 0;
        m_extensionBytes = 0;
        m_state = State::ChunkSize;
    }

    void endMessage(HeaderList trailers)
    {
        m_inTrailers = false;
        m_events.push_back(MessageEndEvent {std::move(trailers), take()});
        m_state = m_keepAlive ? State::Idle : State::Closed;
    }

    bool bodyStep()
    {
        switch (m_state) {
        case State::Length:
        case State::ChunkData:
            return data();
        case State::ChunkSize:
            return chunkSize();
        case State::ChunkExtension:
        case State::ChunkQuoted:
        case State::ChunkQuotedEscape:
            return chunkExtension();
        case State::ChunkSizeEnd:
            return chunkSizeEnd();
        case State::ChunkDataCr:
        case State::ChunkDataLf:
            return chunkDataEnd();
        case State::Closed: {
            const uchar c = byte();
            if (c != '\r' && c != '\n')
                return fail(RequestFault::DataAfterClose);
            ++m_at;
            return true;
        }
        default:
            return false;
        }
    }

    bool data()
    {
        const auto count = static_cast<qsizetype>(std::min<quint64>(m_left, static_cast<quint64>(m_raw.size() - m_at)));
        BodyEvent event;
        event.data = m_raw.mid(m_at, count);
        event.startsChunk = m_state == State::ChunkData && m_chunkFresh;
        m_chunkFresh = false;
        m_at += count;
        m_left -= static_cast<quint64>(count);
        event.raw = take();
        m_events.push_back(std::move(event));
        if (m_left == 0) {
            if (m_state == State::Length)
                endMessage({});
            else
                m_state = State::ChunkDataCr;
        }
        return true;
    }

    bool chunkSize()
    {
        for (; more(); ++m_at) {
            const uchar c = byte();
            const int digit = hexDigit(c);
            if (digit >= 0) {
                if (m_left > (std::numeric_limits<quint64>::max() >> 4))
                    return fail(RequestFault::ChunkSizeOverflow);
                m_left = m_left * 16 + static_cast<quint64>(digit);
                ++m_digits;
                continue;
            }
            if (m_digits == 0 || (c != '\r' && c != ';'))
                return fail(RequestFault::InvalidChunkSize);
            ++m_at;
            m_state = c == ';' ? State::ChunkExtension : State::ChunkSizeEnd;
            return true;
        }
        return true;
    }

    bool chunkExtension()
    {
        for (; more(); ++m_at) {
            const uchar c = byte();
            if (++m_extensionBytes > m_limits.maxHeaderSize)
                return fail(RequestFault::ChunkExtensionsTooLong);
            if (m_state == State::ChunkQuotedEscape) {
                m_state = State::ChunkQuoted;
            } else if (m_state == State::ChunkQuoted) {
                if (!isValueByte(c))
                    return fail(RequestFault::InvalidChunkExtension);
                m_state = c == '"' ? State::ChunkExtension : c == '\\' ? State::ChunkQuotedEscape : m_state;
            } else if (c == '\r') {
                ++m_at;
                m_state = State::ChunkSizeEnd;
                return true;
            } else if (c == '"') {
                m_state = State::ChunkQuoted;
            } else if (!isTokenByte(c) && c != '=' && c != ';') {
                return fail(RequestFault::InvalidChunkExtension);
            }
        }
        return true;
    }

    bool chunkSizeEnd()
    {
        if (byte() != '\n')
            return fail(RequestFault::MissingLineFeed);
        ++m_at;
        if (m_left == 0) {
            m_inTrailers = true;
            m_headSize = 0;
            m_afterRequestLine = false;
            m_state = State::FieldStart;
        } else {
            m_chunkFresh = true;
            m_state = State::ChunkData;
        }
        return true;
    }

    bool chunkDataEnd()
    {
        const bool cr = m_state == State::ChunkDataCr;
        if (byte() != (cr ? '\r' : '\n'))
            return fail(RequestFault::MissingChunkEnd);
        ++m_at;
        if (cr)
            m_state = State::ChunkDataLf;
        else
            beginChunk();
        return true;
    }

    RequestLimits m_limits;
    State m_state = State::Idle;
    /// Received and not handed out; everything before m_at is consumed.
    QByteArray m_raw;
    qsizetype m_at = 0;
    qsizetype m_mark = 0;
    qsizetype m_headSize = 0;
    RequestHead m_head;
    HeaderList m_trailers;
    QByteArray m_name;
    bool m_lengthSeen = false;
    bool m_encodingSeen = false;
    bool m_chunked = false;
    bool m_inTrailers = false;
    bool m_afterRequestLine = false;
    bool m_keepAlive = true;
    bool m_chunkFresh = false;
    BodyFraming m_framing = BodyFraming::None;
    quint64 m_contentLength = 0;
    quint64 m_left = 0;
    int m_digits = 0;
    int m_extensionBytes = 0;
    std::vector<RequestEvent> m_events;
};

RequestParser::RequestParser(RequestLimits limits)
    : m_machine(std::make_unique<Machine>(limits))
{
}

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
    return m_machine->awaitsUpgrade();
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
    return m_machine->isIdle();
}

bool RequestParser::isInHead() const
{
    return m_machine->isInHead();
}

} // namespace rt
