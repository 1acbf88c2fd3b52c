// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/requestline.h"

#include "http/chartable.h"

#include <cstring>

namespace rt {

namespace {

enum MethodUse : unsigned { Http = 1, Rtsp = 2, Ice = 4 };

struct KnownMethod
{
    QByteArray name;
    unsigned use;
};

/// llhttp's methods; frequent ones first.
const std::array<KnownMethod, 46> &knownMethods()
{
    static const std::array<KnownMethod, 46> methods {{
        {"GET", Http | Rtsp},    {"POST", Http | Rtsp},   {"OPTIONS", Http | Rtsp},
        {"HEAD", Http},          {"PUT", Http},           {"DELETE", Http},
        {"PATCH", Http},         {"CONNECT", Http},       {"TRACE", Http},
        {"ACL", Http},           {"BIND", Http},          {"CHECKOUT", Http},
        {"COPY", Http},          {"LINK", Http},          {"LOCK", Http},
        {"M-SEARCH", Http},      {"MERGE", Http},         {"MKACTIVITY", Http},
        {"MKCALENDAR", Http},    {"MKCOL", Http},         {"MOVE", Http},
        {"NOTIFY", Http},        {"PRI", Http},           {"PROPFIND", Http},
        {"PROPPATCH", Http},     {"PURGE", Http},         {"QUERY", Http},
        {"REBIND", Http},        {"REPORT", Http},        {"SEARCH", Http},
        {"SOURCE", Http | Ice},  {"SUBSCRIBE", Http},     {"UNBIND", Http},
        {"UNLINK", Http},        {"UNLOCK", Http},        {"UNSUBSCRIBE", Http},
        {"DESCRIBE", Rtsp},      {"ANNOUNCE", Rtsp},      {"SETUP", Rtsp},
        {"PLAY", Rtsp},          {"PAUSE", Rtsp},         {"TEARDOWN", Rtsp},
        {"GET_PARAMETER", Rtsp}, {"SET_PARAMETER", Rtsp}, {"REDIRECT", Rtsp},
        {"RECORD", Rtsp},
    }};
    return methods;
}

const KnownMethod *methodNamed(QByteArrayView name)
{
    for (const KnownMethod &method : knownMethods()) {
        if (QByteArrayView(method.name) == name)
            return &method;
    }
    return nullptr;
}

bool isMethodPrefix(QByteArrayView text)
{
    for (const KnownMethod &method : knownMethods()) {
        if (method.name.startsWith(text))
            return true;
    }
    return false;
}

constexpr char http2Preface[] = "\r\n\r\nSM\r\n\r\n";

} // namespace

void RequestLine::begin()
{
    m_state = State::Method;
    m_wordSize = 0;
}

RequestLine::Progress RequestLine::read(const char *&p, const char *end)
{
    if (isInTarget())
        m_span.resume(p);
    while (p != end) {
        if (const auto progress = step(p, end))
            return *progress;
    }
    if (isInTarget() && !m_budget.spend(m_span.suspend(end)))
        return *fail(RequestFault::HeadTooLarge);
    return Progress::NeedMore;
}

std::optional<RequestLine::Progress> RequestLine::fail(RequestFault fault)
{
    m_fault = fault;
    return Progress::Fault;
}

std::optional<RequestLine::Progress> RequestLine::step(const char *&p, const char *end)
{
    switch (m_state) {
    case State::Method:
        return readMethod(p, end);
    case State::BeforeTarget:
    case State::BeforeProtocol:
        while (p != end && *p == ' ')
            ++p;
        if (p != end) {
            m_wordSize = 0;
            m_state = m_state == State::BeforeTarget ? State::TargetStart : State::Protocol;
        }
        return std::nullopt;
    case State::TargetStart:
        return targetStart(p);
    case State::Schema:
    case State::SchemaSlash1:
    case State::SchemaSlash2:
    case State::Server:
    case State::ServerWithAt:
    case State::Path:
    case State::Query:
    case State::Fragment:
        return targetByte(p, end);
    case State::Protocol:
        return protocol(p);
    case State::TargetLf:
    case State::Major:
    case State::Dot:
    case State::Minor:
    case State::VersionCr:
    case State::VersionLf:
        return versionByte(p);
    case State::Preface:
        return preface(p);
    }
    Q_UNREACHABLE();
}

std::optional<RequestLine::Progress> RequestLine::readMethod(const char *&p, const char *end)
{
    if (m_wordSize == 0 && end - p >= 4 && std::memcmp(p, "GET ", 4) == 0) {
        m_method = knownMethods().front().name;
        p += 4;
        m_state = State::BeforeTarget;
        return std::nullopt;
    }
    while (p != end && m_state == State::Method) {
        if (const auto progress = methodByte(p))
            return progress;
    }
    return std::nullopt;
}

std::optional<RequestLine::Progress> RequestLine::methodByte(const char *&p)
{
    const QByteArrayView before(m_word.data(), m_wordSize);
    const KnownMethod *complete = methodNamed(before);
    if (*p == ' ' && complete) {
        m_method = complete->name;
        ++p;
        m_state = State::BeforeTarget;
        return std::nullopt;
    }
    m_word.at(static_cast<size_t>(m_wordSize)) = *p;
    if (!isMethodPrefix(QByteArrayView(m_word.data(), m_wordSize + 1)))
        return fail(complete ? RequestFault::NoSpaceAfterMethod : RequestFault::InvalidMethod);
    ++m_wordSize;
    ++p;
    return std::nullopt;
}

std::optional<RequestLine::Progress> RequestLine::targetStart(const char *&p)
{
    m_span.begin(p);
    if (m_method == "CONNECT") {
        m_state = State::Server;
        return server(p);
    }
    if (*p == '/' || *p == '*') {
        ++p;
        m_state = State::Path;
        return std::nullopt;
    }
    if (!CharTable::has(*p, CharTable::Alpha))
        return fail(RequestFault::InvalidTarget);
    m_state = State::Schema;
    return std::nullopt;
}

std::optional<RequestLine::Progress> RequestLine::targetByte(const char *&p, const char *end)
{
    switch (m_state) {
    case State::Schema:
        p = CharTable::skip(p, end, CharTable::Alpha);
        return p == end ? std::nullopt
                        : expect(p, ':', State::SchemaSlash1, RequestFault::InvalidTarget);
    case State::SchemaSlash1:
        return expect(p, '/', State::SchemaSlash2, RequestFault::InvalidTarget);
    case State::SchemaSlash2:
        return expect(p, '/', State::Server, RequestFault::InvalidTarget);
    case State::Server:
    case State::ServerWithAt:
        return server(p);
    default:
        return path(p, end);
    }
}

std::optional<RequestLine::Progress> RequestLine::expect(const char *&p, char byte, State next,
                                                         RequestFault otherwise)
{
    if (*p != byte)
        return fail(otherwise);
    ++p;
    m_state = next;
    return std::nullopt;
}

std::optional<RequestLine::Progress> RequestLine::server(const char *&p)
{
    if (*p == '/') {
        m_state = State::Path;
    } else if (*p == '?') {
        m_state = State::Query;
    } else if (*p == '@') {
        if (m_state == State::ServerWithAt)
            return fail(RequestFault::InvalidTarget);
        m_state = State::ServerWithAt;
    } else if (CharTable::has(*p, CharTable::Server)) {
        m_state = State::Server;
    } else {
        return endTarget(p);
    }
    ++p;
    return std::nullopt;
}

std::optional<RequestLine::Progress> RequestLine::path(const char *&p, const char *end)
{
    p = CharTable::skip(p, end, CharTable::Target);
    if (p == end)
        return std::nullopt;
    if (*p == '?') {
        if (m_state == State::Path)
            m_state = State::Query;
    } else if (*p == '#') {
        m_state = State::Fragment;
    } else {
        return endTarget(p);
    }
    ++p;
    return std::nullopt;
}

std::optional<RequestLine::Progress> RequestLine::endTarget(const char *&p)
{
    if (*p != ' ' && *p != '\r' && *p != '\n')
        return fail(RequestFault::InvalidTarget);
    if (!m_budget.spend(m_span.here(p)))
        return fail(RequestFault::HeadTooLarge);
    m_target = m_span.close(p).toByteArray();
    const char last = *p++;
    if (last == ' ') {
        m_state = State::BeforeProtocol;
        return std::nullopt;
    }
    m_version = {0, 9}; // a line without protocol is HTTP/0.9 to llhttp, fields may follow
    if (last == '\n')
        return Progress::Complete;
    m_state = State::TargetLf;
    return std::nullopt;
}

std::optional<RequestLine::Progress> RequestLine::protocol(const char *&p)
{
    m_word.at(static_cast<size_t>(m_wordSize++)) = *p;
    const QByteArrayView word(m_word.data(), m_wordSize);
    bool prefix = false;
    for (const QByteArrayView known : {"HTTP/", "RTSP/", "ICE/"}) {
        if (word == known) {
            if (const auto wrong = checkProtocol())
                return wrong;
            ++p;
            m_state = State::Major;
            return std::nullopt;
        }
        prefix |= known.startsWith(word);
    }
    if (!prefix)
        return fail(RequestFault::InvalidProtocol);
    ++p;
    return std::nullopt;
}

std::optional<RequestLine::Progress> RequestLine::checkProtocol()
{
    const unsigned use = m_word[0] == 'H' ? Http : m_word[0] == 'R' ? Rtsp : Ice;
    const KnownMethod *method = methodNamed(m_method);
    return method->use & use ? std::nullopt : fail(RequestFault::MethodNotForHttp);
}

std::optional<RequestLine::Progress> RequestLine::versionByte(const char *&p)
{
    switch (m_state) {
    case State::TargetLf:
        if (*p != '\n')
            return fail(RequestFault::InvalidTarget);
        ++p;
        return Progress::Complete;
    case State::Major:
        if (!CharTable::has(*p, CharTable::Digit))
            return fail(RequestFault::InvalidVersion);
        m_version.major = *p++ - '0';
        m_state = State::Dot;
        return std::nullopt;
    case State::Dot:
        return expect(p, '.', State::Minor, RequestFault::InvalidVersion);
    case State::Minor:
        return minor(p);
    case State::VersionCr:
        return expect(p, '\r', State::VersionLf,
                      *p == '\n' ? RequestFault::BareLineFeed : RequestFault::InvalidVersion);
    default:
        if (*p != '\n')
            return fail(RequestFault::MissingLineFeed);
        ++p;
        return Progress::Complete;
    }
}

std::optional<RequestLine::Progress> RequestLine::minor(const char *&p)
{
    if (!CharTable::has(*p, CharTable::Digit))
        return fail(RequestFault::InvalidVersion);
    m_version.minor = *p - '0';
    const bool known = m_version == HttpVersion {1, 1} || m_version == HttpVersion {1, 0}
        || m_version == HttpVersion {0, 9} || m_version == HttpVersion {2, 0};
    if (!known)
        return fail(RequestFault::InvalidVersion);
    ++p;
    m_wordSize = 0;
    m_state = m_method == "PRI" ? State::Preface : State::VersionCr;
    return std::nullopt;
}

// RFC 9113 §3.4: llhttp reads the whole preface and then stops.
std::optional<RequestLine::Progress> RequestLine::preface(const char *&p)
{
    if (*p != http2Preface[m_wordSize])
        return fail(RequestFault::InvalidVersion);
    ++m_wordSize;
    if (m_wordSize == static_cast<int>(sizeof http2Preface) - 1)
        return fail(RequestFault::Http2Preface);
    ++p;
    return std::nullopt;
}

} // namespace rt
