// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/messagewriter.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace rt {

namespace {

void appendFields(QByteArray &out, const HeaderList &headers)
{
    for (const HeaderField &field : headers) {
        out += field.name;
        out += ": ";
        out += field.value;
        out += "\r\n";
    }
    out += "\r\n";
}

// Node 20: require('http').STATUS_CODES
constexpr std::array<std::pair<int, const char *>, 63> phrases {{
    {100, "Continue"}, {101, "Switching Protocols"}, {102, "Processing"}, {103, "Early Hints"},
    {200, "OK"}, {201, "Created"}, {202, "Accepted"}, {203, "Non-Authoritative Information"},
    {204, "No Content"}, {205, "Reset Content"}, {206, "Partial Content"}, {207, "Multi-Status"},
    {208, "Already Reported"}, {226, "IM Used"}, {300, "Multiple Choices"}, {301, "Moved Permanently"},
    {302, "Found"}, {303, "See Other"}, {304, "Not Modified"}, {305, "Use Proxy"},
    {307, "Temporary Redirect"}, {308, "Permanent Redirect"}, {400, "Bad Request"}, {401, "Unauthorized"},
    {402, "Payment Required"}, {403, "Forbidden"}, {404, "Not Found"}, {405, "Method Not Allowed"},
    {406, "Not Acceptable"}, {407, "Proxy Authentication Required"}, {408, "Request Timeout"}, {409, "Conflict"},
    {410, "Gone"}, {411, "Length Required"}, {412, "Precondition Failed"}, {413, "Payload Too Large"},
    {414, "URI Too Long"}, {415, "Unsupported Media Type"}, {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"}, {418, "I'm a Teapot"}, {421, "Misdirected Request"},
    {422, "Unprocessable Entity"}, {423, "Locked"}, {424, "Failed Dependency"}, {425, "Too Early"},
    {426, "Upgrade Required"}, {428, "Precondition Required"}, {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"}, {451, "Unavailable For Legal Reasons"},
    {500, "Internal Server Error"}, {501, "Not Implemented"}, {502, "Bad Gateway"},
    {503, "Service Unavailable"}, {504, "Gateway Timeout"}, {505, "HTTP Version Not Supported"},
    {506, "Variant Also Negotiates"}, {507, "Insufficient Storage"}, {508, "Loop Detected"},
    {509, "Bandwidth Limit Exceeded"}, {510, "Not Extended"}, {511, "Network Authentication Required"},
}};

} // namespace

QByteArray writeRequestHead(const RequestHead &head)
{
    QByteArray out = head.method + ' ' + head.target + " HTTP/" + QByteArray::number(head.version.major) + '.'
        + QByteArray::number(head.version.minor) + "\r\n";
    appendFields(out, head.headers);
    return out;
}

QByteArray writeResponseHead(const ResponseHead &head)
{
    QByteArray out;
    appendResponseHead(out, head);
    return out;
}

void appendResponseHead(QByteArray &out, const ResponseHead &head)
{
    out += "HTTP/1.1 ";
    out += QByteArray::number(head.status);
    out += ' ';
    out += head.reasonPhrase;
    out += "\r\n";
    appendFields(out, head.headers);
}

QByteArray writeChunk(QByteArrayView data)
{
    if (data.isEmpty())
        return {};
    return QByteArray::number(data.size(), 16) + "\r\n" + data.toByteArray() + "\r\n";
}

QByteArray lastChunk(const HeaderList &trailers)
{
    QByteArray out = "0\r\n";
    appendFields(out, trailers);
    return out;
}

QByteArray reasonPhrase(int status)
{
    const auto found = std::find_if(phrases.begin(), phrases.end(),
                                    [status](const auto &row) { return row.first == status; });
    return found == phrases.end() ? QByteArray() : QByteArray(found->second);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<uchar>(c);
        return byte < 128 && (std::isalnum(byte) != 0 || QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
    });
}

bool isFieldValue(QByteArrayView value)
{
    return std::all_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<uchar>(c);
        return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
    });
}

} // namespace rt
