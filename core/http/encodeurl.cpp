// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/encodeurl.h"

#include <array>

namespace rt {

namespace {

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// encodeurl leaves [!#-;=?-_a-z|~] alone (and '%' in front of two hexadecimal digits); what else it
// finds goes through encodeURI, which in turn leaves these alone.
bool staysUnencoded(char c)
{
    const auto u = static_cast<unsigned char>(c);
    return u == 0x21 || (u >= 0x23 && u <= 0x3b && u != '%') || u == 0x3d
        || (u >= 0x3f && u <= 0x5f) || (u >= 0x61 && u <= 0x7a) || u == 0x7c || u == 0x7e;
}

const char *htmlEscape(char c)
{
    switch (c) {
    case '"':
        return "&quot;";
    case '&':
        return "&amp;";
    case '\'':
        return "&#39;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    default:
        return nullptr;
    }
}

} // namespace

QByteArray encodeUrl(QByteArrayView utf8)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    QByteArray out;
    out.reserve(utf8.size());
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const char c = utf8.at(i);
        const bool escape
            = c == '%' && i + 2 < utf8.size() && isHex(utf8.at(i + 1)) && isHex(utf8.at(i + 2));
        if (escape || staysUnencoded(c)) {
            out.append(c);
            continue;
        }
        const auto u = static_cast<unsigned char>(c);
        out.append('%').append(digits[u >> 4]).append(digits[u & 15]);
    }
    return out;
}

QByteArray escapeHtml(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size());
    for (const char c : text) {
        if (const char *escape = htmlEscape(c))
            out.append(escape);
        else
            out.append(c);
    }
    return out;
}

QString escapeHtml(const QString &text)
{
    return QString::fromUtf8(escapeHtml(QByteArrayView(text.toUtf8())));
}

} // namespace rt
