// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/bodytext.h"

#include "middleware/charsettable.h"

#include <QStringDecoder>

#include <algorithm>

namespace rt {

namespace {

constexpr char16_t replacement = 0xfffd;

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
            const bool ascii = static_cast<uchar>(bytes.at(i)) < 0x80;
            text += ascii ? QChar(QLatin1Char(bytes.at(i))) : QChar(replacement);
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

/// Names for Qt of the codecs with several bytes per character.
QByteArray multiByteName(const QByteArray &codec)
{
    static const std::pair<QByteArrayView, const char *> names[] = {
        {"shiftjis", "Shift_JIS"}, {"eucjp", "EUC-JP"},
        {"cp936", "GBK"},          {"gbk", "GBK"},
        {"gb18030", "GB18030"},    {"cp949", "windows-949"},
        {"cp950", "Big5"},         {"big5hkscs", "Big5-HKSCS"},
    };
    for (const auto &[name, known] : names) {
        if (name == codec)
            return known;
    }
    return {};
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
    return !charsetCodec(charset).isEmpty();
}

QString decodeBody(const QByteArray &bytes, const QByteArray &charset)
{
    const QByteArray codec = charsetCodec(charset);
    if (codec == "utf8" || codec == "cesu8")
        return withoutMark(decodeUtf8(bytes));
    if (codec == "ucs2")
        return withoutMark(decodeUtf16(bytes, false));
    if (codec == "utf16be")
        return withoutMark(decodeUtf16(bytes, true));
    if (codec == "utf16")
        return withoutMark(decodeUtf16(bytes, looksBigEndian(bytes)));
    if (codec == "utf7" || codec == "utf7imap")
        return withoutMark(decodeUtf7(bytes));
    if (codec == "binary")
        return QString::fromLatin1(bytes);
    if (codec == "hex")
        return QString::fromLatin1(bytes.toHex());
    if (codec == "base64")
        return QString::fromLatin1(bytes.toBase64());
    if (auto text = decodeSingleBytes(bytes, codec))
        return std::move(*text);
    QStringDecoder decoder(multiByteName(codec).constData());
    return decoder.isValid() ? QString(decoder(bytes)) : QString::fromLatin1(bytes);
}

} // namespace rt
