// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/messagewriter.h"

#include "http/chartable.h"

#include <charconv>

namespace rt {

namespace {

struct Phrase
{
    int status;
    const char *text;
};

// clang-format off
constexpr Phrase phrases[] = {
    {100, "Continue"}, {101, "Switching Protocols"}, {102, "Processing"}, {103, "Early Hints"},
    {200, "OK"}, {201, "Created"}, {202, "Accepted"}, {203, "Non-Authoritative Information"},
    {204, "No Content"}, {205, "Reset Content"}, {206, "Partial Content"}, {207, "Multi-Status"},
    {208, "Already Reported"}, {226, "IM Used"}, {300, "Multiple Choices"},
    {301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"}, {304, "Not Modified"},
    {305, "Use Proxy"}, {307, "Temporary Redirect"}, {308, "Permanent Redirect"},
    {400, "Bad Request"}, {401, "Unauthorized"}, {402, "Payment Required"}, {403, "Forbidden"},
    {404, "Not Found"}, {405, "Method Not Allowed"}, {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"}, {408, "Request Timeout"}, {409, "Conflict"},
    {410, "Gone"}, {411, "Length Required"}, {412, "Precondition Failed"},
    {413, "Payload Too Large"}, {414, "URI Too Long"}, {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"}, {417, "Expectation Failed"}, {418, "I'm a Teapot"},
    {421, "Misdirected Request"}, {422, "Unprocessable Entity"}, {423, "Locked"},
    {424, "Failed Dependency"}, {425, "Too Early"}, {426, "Upgrade Required"},
    {428, "Precondition Required"}, {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"}, {451, "Unavailable For Legal Reasons"},
    {500, "Internal Server Error"}, {501, "Not Implemented"}, {502, "Bad Gateway"},
    {503, "Service Unavailable"}, {504, "Gateway Timeout"}, {505, "HTTP Version Not Supported"},
    {506, "Variant Also Negotiates"}, {507, "Insufficient Storage"}, {508, "Loop Detected"},
    {509, "Bandwidth Limit Exceeded"}, {510, "Not Extended"},
    {511, "Network Authentication Required"},
};
// clang-format on

qsizetype fieldsSize(const HeaderList &headers)
{
    qsizetype size = 2;
    for (const HeaderField &field : headers)
        size += field.name.size() + field.value.size() + 4;
    return size;
}

void appendFields(QByteArray &out, const HeaderList &headers)
{
    for (const HeaderField &field : headers) {
        out.append(field.name);
        out.append(": ");
        out.append(field.value);
        out.append("\r\n");
    }
    out.append("\r\n");
}

} // namespace

QByteArray writeRequestHead(const RequestHead &head)
{
    QByteArray out;
    out.reserve(head.method.size() + head.target.size() + 12 + fieldsSize(head.headers));
    out.append(head.method);
    out.append(' ');
    out.append(head.target);
    out.append(" HTTP/");
    out.append(static_cast<char>('0' + head.version.major));
    out.append('.');
    out.append(static_cast<char>('0' + head.version.minor));
    out.append("\r\n");
    appendFields(out, head.headers);
    return out;
}

void appendResponseHead(QByteArray &out, const ResponseHead &head)
{
    out.reserve(out.size() + head.reasonPhrase.size() + 16 + fieldsSize(head.headers));
    out.append("HTTP/1.1 ");
    out.append(QByteArray::number(head.status));
    out.append(' ');
    out.append(head.reasonPhrase);
    out.append("\r\n");
    appendFields(out, head.headers);
}

QByteArray writeResponseHead(const ResponseHead &head)
{
    QByteArray out;
    appendResponseHead(out, head);
    return out;
}

QByteArray writeChunk(QByteArrayView data)
{
    QByteArray out;
    if (data.isEmpty())
        return out;
    char size[16];
    const auto written = std::to_chars(size, size + sizeof size, data.size(), 16);
    out.reserve(data.size() + (written.ptr - size) + 4);
    out.append(size, written.ptr - size);
    out.append("\r\n");
    out.append(data);
    out.append("\r\n");
    return out;
}

QByteArray lastChunk(const HeaderList &trailers)
{
    QByteArray out("0\r\n");
    appendFields(out, trailers);
    return out;
}

QByteArray reasonPhrase(int status)
{
    for (const Phrase &phrase : phrases) {
        if (phrase.status == status)
            return phrase.text;
    }
    return {};
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty()
        && CharTable::skip(text.begin(), text.end(), CharTable::Token) == text.end();
}

bool isFieldValue(QByteArrayView value)
{
    return CharTable::skip(value.begin(), value.end(), CharTable::FieldValue) == value.end();
}

} // namespace rt
