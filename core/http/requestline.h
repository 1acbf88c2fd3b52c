// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/fieldsection.h"
#include "http/message.h"

#include <array>
#include <optional>

namespace rt {

/// The request line, byte by byte as llhttp 9 reads it (RFC 9112 §3, with HTTP/0.9, RTSP and ICE
/// as llhttp has them).
class RequestLine
{
public:
    using Progress = FieldSection::Progress;

    explicit RequestLine(HeaderBudget &budget) : m_budget(budget) { }

    void begin();
    Progress read(const char *&p, const char *end);

    RequestFault fault() const { return m_fault; }
    const QByteArray &method() const { return m_method; }
    QByteArray takeTarget() { return std::exchange(m_target, {}); }
    HttpVersion version() const { return m_version; }

private:
    enum class State {
        Method,
        BeforeTarget,
        TargetStart,
        Schema,
        SchemaSlash1,
        SchemaSlash2,
        Server,
        ServerWithAt,
        Path,
        Query,
        Fragment,
        TargetLf,
        BeforeProtocol,
        Protocol,
        Major,
        Dot,
        Minor,
        VersionCr,
        VersionLf,
        Preface,
    };

    bool isInTarget() const { return m_state >= State::Schema && m_state <= State::Fragment; }
    std::optional<Progress> step(const char *&p, const char *end);
    std::optional<Progress> readMethod(const char *&p, const char *end);
    std::optional<Progress> methodByte(const char *&p);
    std::optional<Progress> targetStart(const char *&p);
    std::optional<Progress> targetByte(const char *&p, const char *end);
    std::optional<Progress> server(const char *&p);
    std::optional<Progress> path(const char *&p, const char *end);
    std::optional<Progress> endTarget(const char *&p);
    std::optional<Progress> protocol(const char *&p);
    std::optional<Progress> checkProtocol();
    std::optional<Progress> versionByte(const char *&p);
    std::optional<Progress> minor(const char *&p);
    std::optional<Progress> preface(const char *&p);
    std::optional<Progress> expect(const char *&p, char byte, State next, RequestFault otherwise);
    std::optional<Progress> fail(RequestFault fault);

    HeaderBudget &m_budget;
    State m_state = State::Method;
    Span m_span;
    /// Bytes of a method, protocol name or HTTP/2 preface read so far.
    std::array<char, 16> m_word {};
    int m_wordSize = 0;
    QByteArray m_method;
    QByteArray m_target;
    HttpVersion m_version;
    RequestFault m_fault = RequestFault::InvalidMethod;
};

} // namespace rt
