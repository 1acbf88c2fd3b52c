// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/encodeurl.h"

#include <cctype>

namespace rt {

QByteArray encodeUrl(QByteArrayView utf8)
{
    static constexpr QByteArrayView kept("!#$&'()*+,-./:;=?@_~[]|%^\\`{}");
    static constexpr char hex[] = "0123456789ABCDEF";
    const auto isHex = [&](qsizetype at) {
        return at < utf8.size() && QByteArrayView("0123456789abcdefABCDEF").contains(utf8.at(at));
    };
    QByteArray out;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const char c = utf8.at(i);
        const auto byte = static_cast<uchar>(c);
        const bool alphanumeric = byte < 128 && std::isalnum(byte) != 0;
        const bool brokenEscape = c == '%' && !(isHex(i + 1) && isHex(i + 2));
        if ((alphanumeric || kept.contains(c)) && !brokenEscape) {
            out += c;
        } else {
            out += '%';
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
    return out;
}

QByteArray escapeHtml(QByteArrayView text)
{
    QByteArray out;
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "&quot;";
            break;
        case '&':
            out += "&amp;";
            break;
        case '\'':
            out += "&#39;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

QString escapeHtml(const QString &text)
{
    return QString::fromUtf8(escapeHtml(QByteArrayView(text.toUtf8())));
}

} // namespace rt
