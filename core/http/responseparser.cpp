// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/responseparser.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <utility>

namespace rt {

namespace {

/// Chromium's limit for a response head.
constexpr qsizetype maximumHead = 256 * 1024;

bool sameValues(const HeaderList &headers, QByteArrayView name)
{
    const QByteArrayList values = headers.all(name);
    return std::all_of(values.begin(), values.end(),
                       [&](const QByteArray &v) { return v == values.first(); });
}

bool listHas(const HeaderList &headers, QByteArrayView name, QByteArrayView token)
{
    for (const QByteArray &part : headers.get(name).value_or("").split(',')) {
        if (equalsIgnoringCase(part.trimmed(), token))
            return true;
    }
    return false;
}

struct FaultRow
{
    const char *name;
    const char *netError;
    const char *sentence;
};

FaultRow rowOf(ResponseReadFault fault)
{
    switch (fault) {
    case ResponseReadFault::EmptyResponse:
        return {"EmptyResponse", "net::ERR_EMPTY_RESPONSE",
                "The server closed the connection without an answer."};
    case ResponseReadFault::NotHttp:
        return {"NotHttp", "net::ERR_INVALID_HTTP_RESPONSE", "What came back is no HTTP response."};
    case ResponseReadFault::HeadTooLarge:
        return {"HeadTooLarge", "net::ERR_RESPONSE_HEADERS_TOO_BIG",
                "The response head is larger than 256 KiB."};
    case ResponseReadFault::HeadTruncated:
        return {"HeadTruncated", "net::ERR_RESPONSE_HEADERS_TRUNCATED",
                "The connection ended within the response head."};
    case ResponseReadFault::MultipleContentLength:
        return {"MultipleContentLength", "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH",
                "Two Content-Length fields say different things."};
    case ResponseReadFault::MultipleLocation:
        return {"MultipleLocation", "net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION",
                "Two Location fields say different things."};
    case ResponseReadFault::MultipleContentDisposition:
        return {"MultipleContentDisposition",
                "net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION",
                "Two Content-Disposition fields say different things."};
    case ResponseReadFault::InvalidChunkedEncoding:
        return {"InvalidChunkedEncoding", "net::ERR_INVALID_CHUNKED_ENCODING",
                "The chunked transfer coding is broken."};
    case ResponseReadFault::IncompleteChunkedEncoding:
        return {"IncompleteChunkedEncoding", "net::ERR_INCOMPLETE_CHUNKED_ENCODING",
                "The connection ended before the last chunk."};
    case ResponseReadFault::ContentLengthMismatch:
        return {"ContentLengthMismatch", "net::ERR_CONTENT_LENGTH_MISMATCH",
                "The connection ended before Content-Length was reached."};
    }
    Q_UNREACHABLE();
}

} // namespace

QByteArray faultId(ResponseReadFault fault)
{
    return QByteArray("http.") + rowOf(fault).name;
}

QString faultSentence(ResponseReadFault fault)
{
    return QString::fromLatin1(rowOf(fault).sentence);
}

QByteArray netError(ResponseReadFault fault)
{
    return rowOf(fault).netError;
}

class ResponseParser::Machine
{
public:
    void expect(QByteArray method) { m_expected.push_back(std::move(method)); }

    std::vector<ResponseEvent> feed(QByteArrayView bytes)
    {
        m_events.clear();
        m_raw.append(bytes);
        while (step()) { }
        return std::move(m_events);
    }

    std::vector<ResponseEvent> finish()
    {
        m_events.clear();
        if (m_state == State::Head && m_expected.empty())
            return {};
        switch (m_state) {
        case State::Head:
            fail(m_raw.isEmpty()                ? ResponseReadFault::EmptyResponse
                     : m_raw.startsWith("HTTP") ? ResponseReadFault::HeadTruncated
                                                : ResponseReadFault::NotHttp);
            break;
        case State::Length:
            fail(ResponseReadFault::ContentLengthMismatch);
            break;
        case State::UntilClose:
            end({});
            m_state = State::Dead;
            break;
        case State::ChunkSize:
        case State::ChunkData:
        case State::ChunkEnd:
        case State::Trailers:
            fail(ResponseReadFault::IncompleteChunkedEncoding);
            break;
        case State::Upgraded:
        case State::Dead:
            break;
        }
        return std::move(m_events);
    }

    QByteArray takeRest() { return std::exchange(m_raw, {}); }

private:
    enum class State {
        Head,
        Length,
        UntilClose,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailers,
        Upgraded,
        Dead
    };

    bool step()
    {
        switch (m_state) {
        case State::Head:
            return head();
        case State::Length:
        case State::UntilClose:
        case State::ChunkData:
            return data();
        case State::ChunkSize:
            return chunkSize();
        case State::ChunkEnd:
            return chunkEnd();
        case State::Trailers:
            return trailers();
        case State::Upgraded:
        case State::Dead:
            return false;
        }
        Q_UNREACHABLE();
    }

    bool fail(ResponseReadFault fault)
    {
        m_state = State::Dead;
        m_events.push_back(ResponseFaultEvent {fault, std::exchange(m_raw, {})});
        return false;
    }

    QByteArray take(qsizetype count)
    {
        QByteArray raw = m_raw.left(count);
        m_raw.remove(0, count);
        return raw;
    }

    /// Length of the head with its empty line; 0 when it is not complete. Bare line feeds count
    /// too.
    static qsizetype headLength(const QByteArray &bytes)
    {
        for (qsizetype at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) {
            if (at + 1 < bytes.size() && bytes.at(at + 1) == '\n')
                return at + 2;
            if (at + 2 < bytes.size() && bytes.at(at + 1) == '\r' && bytes.at(at + 2) == '\n')
                return at + 3;
        }
        return 0;
    }

    bool head()
    {
        if (m_raw.isEmpty() || m_expected.empty())
            return false;
        if (!m_raw.startsWith(QByteArrayView("HTTP/").first(std::min<qsizetype>(5, m_raw.size()))))
            return fail(ResponseReadFault::NotHttp);
        const qsizetype length = headLength(m_raw);
        if (length == 0)
            return m_raw.size() > maximumHead ? fail(ResponseReadFault::HeadTooLarge) : false;
        if (length > maximumHead)
            return fail(ResponseReadFault::HeadTooLarge);
        ResponseHeadEvent event;
        QByteArrayList lines = m_raw.left(length).split('\n');
        if (!readStatusLine(lines.takeFirst(), event.head))
            return fail(ResponseReadFault::NotHttp);
        event.head.headers = readFields(lines);
        event.raw = take(length);
        for (const auto &[name, fault] :
             {std::pair("Content-Length", ResponseReadFault::MultipleContentLength),
              std::pair("Location", ResponseReadFault::MultipleLocation),
              std::pair("Content-Disposition", ResponseReadFault::MultipleContentDisposition)}) {
            const bool chunked = listHas(event.head.headers, "Transfer-Encoding", "chunked");
            if (!sameValues(event.head.headers, name)
                && !(chunked && fault == ResponseReadFault::MultipleContentLength))
                return fail(fault);
        }
        begin(std::move(event));
        return true;
    }

    static bool readStatusLine(const QByteArray &line, ResponseHead &head)
    {
        const QByteArray text = line.trimmed();
        if (text.size() < 12 || text.at(6) != '.' || text.at(8) != ' ')
            return false;
        bool isNumber = false;
        head.status = text.mid(9, 3).toInt(&isNumber);
        head.version = {text.at(5) - '0', text.at(7) - '0'};
        head.reasonPhrase = text.mid(13);
        return isNumber && head.status >= 100;
    }

    static HeaderList readFields(const QByteArrayList &lines)
    {
        HeaderList headers;
        for (const QByteArray &line : lines) {
            const qsizetype colon = line.indexOf(':');
            if (colon > 0)
                headers.append(line.left(colon).trimmed(), line.mid(colon + 1).trimmed());
        }
        return headers;
    }

    void begin(ResponseHeadEvent event)
    {
        const QByteArray method = m_expected.front();
        const int status = event.head.status;
        event.upgrade = status == 101 || (method == "CONNECT" && status >= 200 && status < 300);
        event.interim = status < 200 && status != 101;
        decideFraming(event, method);
        event.keepAlive = keepsAlive(event);
        m_left = event.contentLength;
        const bool interim = event.interim;
        const bool upgrade = event.upgrade;
        const BodyFraming framing = event.framing;
        m_events.push_back(std::move(event));
        if (interim)
            return;
        if (upgrade) {
            m_state = State::Upgraded;
            return;
        }
        switch (framing) {
        case BodyFraming::None:
            end({});
            return;
        case BodyFraming::ContentLength:
            m_state = State::Length;
            return;
        case BodyFraming::Chunked:
            m_state = State::ChunkSize;
            return;
        case BodyFraming::UntilClose:
            m_state = State::UntilClose;
            return;
        }
    }

    // RFC 9112 §6.3
    static void decideFraming(ResponseHeadEvent &event, const QByteArray &method)
    {
        const int status = event.head.status;
        if (method == "HEAD" || status < 200 || status == 204 || status == 304 || event.upgrade)
            return;
        if (listHas(event.head.headers, "Transfer-Encoding", "chunked")) {
            event.framing = BodyFraming::Chunked;
            return;
        }
        bool isNumber = false;
        const quint64 length
            = event.head.headers.first("Content-Length").value_or("").toULongLong(&isNumber);
        event.contentLength = isNumber ? length : 0;
        event.framing = !isNumber ? BodyFraming::UntilClose
            : length > 0          ? BodyFraming::ContentLength
                                  : BodyFraming::None;
    }

    static bool keepsAlive(const ResponseHeadEvent &event)
    {
        if (event.framing == BodyFraming::UntilClose)
            return false;
        if (event.head.version < HttpVersion {1, 1})
            return listHas(event.head.headers, "Connection", "keep-alive");
        return !listHas(event.head.headers, "Connection", "close");
    }

    void end(HeaderList trailers, QByteArray raw = {})
    {
        m_state = State::Head;
        if (!m_expected.empty())
            m_expected.pop_front();
        m_events.push_back(MessageEndEvent {std::move(trailers), std::move(raw)});
    }

    bool data()
    {
        if (m_raw.isEmpty())
            return false;
        const quint64 limit
            = m_state == State::UntilClose ? std::numeric_limits<quint64>::max() : m_left;
        const auto count
            = static_cast<qsizetype>(std::min<quint64>(limit, static_cast<quint64>(m_raw.size())));
        BodyEvent event;
        event.raw = take(count);
        event.data = event.raw;
        event.startsChunk = m_state == State::ChunkData && std::exchange(m_fresh, false);
        m_events.push_back(std::move(event));
        m_left -= static_cast<quint64>(count);
        if (m_left != 0 || m_state == State::UntilClose)
            return true;
        if (m_state == State::Length)
            end({});
        else
            m_state = State::ChunkEnd;
        return true;
    }

    bool chunkSize()
    {
        const qsizetype line = m_raw.indexOf('\n');
        if (line < 0)
            return m_raw.size() > maximumHead ? fail(ResponseReadFault::InvalidChunkedEncoding)
                                              : false;
        QByteArray text = m_raw.left(line);
        text = text.left(text.indexOf(';') < 0 ? text.size() : text.indexOf(';')).trimmed();
        bool isNumber = false;
        m_left = text.toULongLong(&isNumber, 16);
        if (!isNumber || text.startsWith('+') || text.startsWith('-') || text.startsWith("0x"))
            return fail(ResponseReadFault::InvalidChunkedEncoding);
        m_pending += take(line + 1);
        m_fresh = true;
        m_state = m_left == 0 ? State::Trailers : State::ChunkData;
        flushPending();
        return true;
    }

    /// The coding's own bytes travel as events without data, so that no byte of the wire is lost.
    void flushPending()
    {
        if (m_state != State::Trailers)
            m_events.push_back(BodyEvent {{}, std::exchange(m_pending, {}), false});
    }

    bool chunkEnd()
    {
        if (m_raw.isEmpty() || m_raw == "\r")
            return false;
        const qsizetype length = m_raw.startsWith("\r\n") ? 2 : m_raw.startsWith('\n') ? 1 : 0;
        if (length == 0)
            return fail(ResponseReadFault::InvalidChunkedEncoding);
        m_pending += take(length);
        m_state = State::ChunkSize;
        return true;
    }

    bool trailers()
    {
        const bool none = m_raw.startsWith("\r\n") || m_raw.startsWith('\n');
        const qsizetype length = none ? m_raw.indexOf('\n') + 1 : headLength(m_raw);
        if (length == 0)
            return false;
        const QByteArray raw = take(length);
        end(readFields(raw.split('\n')), std::exchange(m_pending, {}) + raw);
        return true;
    }

    State m_state = State::Head;
    std::deque<QByteArray> m_expected;
    QByteArray m_raw;
    /// Bytes of the transfer coding itself, not handed out yet.
    QByteArray m_pending;
    quint64 m_left = 0;
    bool m_fresh = false;
    std::vector<ResponseEvent> m_events;
};

ResponseParser::ResponseParser() : m_machine(std::make_unique<Machine>()) { }

ResponseParser::~ResponseParser() = default;

void ResponseParser::expect(QByteArray requestMethod)
{
    m_machine->expect(std::move(requestMethod));
}

std::vector<ResponseEvent> ResponseParser::feed(QByteArrayView bytes)
{
    return m_machine->feed(bytes);
}

std::vector<ResponseEvent> ResponseParser::finish()
{
    return m_machine->finish();
}

QByteArray ResponseParser::takeRest()
{
    return m_machine->takeRest();
}

} // namespace rt
