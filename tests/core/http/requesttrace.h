// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/requestparser.h"
#include "transcript.h"

/// Request events as the lines of a transcript. Pieces of content that belong together are joined,
/// so that the text does not depend on where the bytes were split.
class RequestTrace
{
public:
    void add(const std::vector<rt::RequestEvent> &events)
    {
        for (const rt::RequestEvent &event : events)
            std::visit([this](const auto &e) { add(e); }, event);
    }
    const QByteArrayList &lines() const { return m_lines; }
    /// Everything the events had in `raw`.
    const QByteArray &raw() const { return m_raw; }

private:
    static QByteArray number(quint64 value) { return QByteArray::number(value); }

    static QByteArray notes(const rt::RequestHeadEvent &event)
    {
        QByteArray text;
        if (event.framing == rt::BodyFraming::ContentLength)
            text += " length=" + number(event.contentLength);
        if (event.framing == rt::BodyFraming::Chunked)
            text += " chunked";
        if (event.framing == rt::BodyFraming::UntilClose)
            text += " unbounded";
        if (!event.keepAlive)
            text += " last";
        if (event.upgrade)
            text += " upgrade";
        if (event.missingHost)
            text += " no-host";
        if (event.expectation == rt::Expectation::Continue)
            text += " expects-continue";
        if (event.expectation == rt::Expectation::Unknown)
            text += " expects-unknown";
        return text;
    }

    void add(const rt::RequestHeadEvent &event)
    {
        m_raw += event.raw;
        const rt::HttpVersion version = event.head.version;
        m_lines.append("head " + event.head.method + ' ' + escapedBytes(event.head.target) + ' '
                       + QByteArray::number(version.major) + '.' + QByteArray::number(version.minor)
                       + notes(event));
        for (const rt::HeaderField &field : event.head.headers)
            m_lines.append("  " + field.name + ": " + escapedBytes(field.value));
        m_inBody = false;
    }

    void add(const rt::BodyEvent &event)
    {
        m_raw += event.raw;
        if (m_inBody && !event.startsChunk)
            m_lines.last() += escapedBytes(event.data);
        else
            m_lines.append((event.startsChunk ? "chunk " : "body ") + escapedBytes(event.data));
        m_inBody = true;
    }

    void add(const rt::MessageEndEvent &event)
    {
        m_raw += event.raw;
        m_lines.append("end");
        for (const rt::HeaderField &field : event.trailers)
            m_lines.append("  " + field.name + ": " + escapedBytes(field.value));
        m_inBody = false;
    }

    void add(const rt::RequestFaultEvent &event)
    {
        const bool atEnd = event.position == event.raw.size();
        m_lines.append(rt::faultId(event.fault)
                       + (atEnd ? QByteArray(" at the end")
                                : " at '" + escapedBytes(event.raw.mid(event.position, 1)) + '\''));
        m_raw += event.raw;
    }

    QByteArrayList m_lines;
    QByteArray m_raw;
    bool m_inBody = false;
};
