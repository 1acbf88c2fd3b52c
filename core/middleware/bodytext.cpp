// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/bodytext.h"

#include <QByteArrayList>
#include <QStringDecoder>

#include <algorithm>

namespace rt {

namespace {

constexpr char16_t replacement = 0xfffd;

QByteArray canonicalName(const QByteArray &charset)
{
    QByteArray name;
    for (const char c : charset.toLower()) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
            name += c;
    }
    return name;
}

/// iconv-lite's guess for "utf-16" without a byte order mark: which order gives more ASCII.
bool looksBigEndian(const QByteArray &bytes)
{
    if (bytes.startsWith("\xfe\xff"))
        return true;
    if (bytes.startsWith("\xff\xfe"))
        return false;
    int little = 0;
    int big = 0;
    const qsizetype end = std::min<qsizetype>(bytes.size() / 2, 100) * 2;
    for (qsizetype i = 0; i < end; i += 2) {
        little += bytes.at(i) != 0 && bytes.at(i + 1) == 0 ? 1 : 0;
        big += bytes.at(i) == 0 && bytes.at(i + 1) != 0 ? 1 : 0;
    }
    return big > little;
}

QString decodeUtf16(const QByteArray &bytes, bool bigEndian)
{
    QString text;
    text.reserve(bytes.size() / 2);
    for (qsizetype i = 0; i + 1 < bytes.size(); i += 2) {
        const auto first = static_cast<quint8>(bytes.at(i));
        const auto second = static_cast<quint8>(bytes.at(i + 1));
        text += QChar(static_cast<char16_t>(bigEndian ? first << 8 | second : second << 8 | first));
    }
    return text;
}

/// RFC 2152: "+" opens Base64 of UTF-16, anything else closes it, "+-" is a plus.
QString decodeUtf7(const QByteArray &bytes)
{
    static const QByteArray alphabet(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    QString text;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (bytes.at(i) != '+') {
            text += QLatin1Char(bytes.at(i));
            continue;
        }
        qsizetype end = i + 1;
        while (end < bytes.size() && alphabet.contains(bytes.at(end)))
            ++end;
        const bool closed = end < bytes.size() && bytes.at(end) == '-';
        const QByteArray coded = bytes.mid(i + 1, end - i - 1);
        text += coded.isEmpty() && closed ? QString(u'+')
                                          : decodeUtf16(QByteArray::fromBase64(coded), true);
        i = closed ? end : end - 1;
    }
    return text;
}

QString withoutMark(QString text)
{
    if (text.startsWith(QChar(QChar::ByteOrderMark)))
        text.remove(0, 1);
    return text;
}

/// Names Qt's decoder does not know by iconv-lite's spelling.
QByteArray decoderName(const QByteArray &charset)
{
    const QByteArray name = canonicalName(charset);
    if (name == "latin1" || name == "iso88591" || name == "binary" || name == "l1")
        return "ISO-8859-1";
    if (name == "ascii" || name == "usascii")
        return "US-ASCII";
    if (name.startsWith("win125") || name.startsWith("cp125"))
        return "windows-" + name.right(4);
    if (name.startsWith("iso8859"))
        return "ISO-8859-" + name.mid(7);
    return charset;
}

/// How many continuation bytes follow `lead`, and in which range the first of them must be
/// (Unicode, table 3-7).
struct Utf8Lead
{
    int count = -1;
    quint8 lowest = 0x80;
    quint8 highest = 0xbf;
};

Utf8Lead utf8Lead(quint8 lead)
{
    if (lead < 0x80)
        return {0};
    if (lead >= 0xc2 && lead <= 0xdf)
        return {1};
    if (lead >= 0xe0 && lead <= 0xef)
        return {2, static_cast<quint8>(lead == 0xe0 ? 0xa0 : 0x80),
                static_cast<quint8>(lead == 0xed ? 0x9f : 0xbf)};
    if (lead >= 0xf0 && lead <= 0xf4)
        return {3, static_cast<quint8>(lead == 0xf0 ? 0x90 : 0x80),
                static_cast<quint8>(lead == 0xf4 ? 0x8f : 0xbf)};
    return {};
}

} // namespace

QString decodeUtf8(QByteArrayView bytes)
{
    if (std::all_of(bytes.begin(), bytes.end(),
                    [](char c) { return static_cast<quint8>(c) < 0x80; }))
        return QString::fromLatin1(bytes);
    QString text;
    text.reserve(bytes.size());
    for (qsizetype i = 0; i < bytes.size();) {
        const auto first = static_cast<quint8>(bytes[i++]);
        Utf8Lead lead = utf8Lead(first);
        if (lead.count < 0) {
            text += QChar(replacement);
            continue;
        }
        char32_t point = lead.count == 0 ? first : first & (0x3f >> lead.count);
        for (; lead.count > 0; --lead.count, ++i) {
            const auto next = i < bytes.size() ? static_cast<quint8>(bytes[i]) : quint8(0);
            if (next < lead.lowest || next > lead.highest)
                break;
            lead.lowest = 0x80;
            lead.highest = 0xbf;
            point = point << 6 | (next & 0x3f);
        }
        if (lead.count > 0)
            text += QChar(replacement);
        else // QString::fromUcs4() would drop a byte order mark
            text += QChar::fromUcs4(point);
    }
    return text;
}

bool isKnownCharset(const QByteArray &charset)
{
    static const QByteArrayList own {"utf8", "unicode11utf8", "utf16", "utf16le", "utf16be",
                                     "ucs2", "utf7",          "hex",   "base64"};
    const QByteArray name = canonicalName(charset);
    if (own.contains(name))
        return true;
    // iconv-lite 0.4 has no UTF-32.
    return !name.startsWith("utf") && QStringDecoder(decoderName(charset).constData()).isValid();
}

QString decodeBody(const QByteArray &bytes, const QByteArray &charset)
{
    const QByteArray name = canonicalName(charset);
    if (name == "utf8" || name == "unicode11utf8")
        return withoutMark(decodeUtf8(bytes));
    if (name == "utf16le" || name == "ucs2")
        return withoutMark(decodeUtf16(bytes, false));
    if (name == "utf16be")
        return withoutMark(decodeUtf16(bytes, true));
    if (name == "utf16")
        return withoutMark(decodeUtf16(bytes, looksBigEndian(bytes)));
    if (name == "utf7")
        return decodeUtf7(bytes);
    if (name == "hex")
        return QString::fromLatin1(bytes.toHex());
    if (name == "base64")
        return QString::fromLatin1(bytes.toBase64());
    QStringDecoder decoder(decoderName(charset).constData());
    return decoder(bytes);
}

} // namespace rt
