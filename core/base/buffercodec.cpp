// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/buffercodec.h"

namespace rt {

namespace {

/// The six bits a character stands for, or -1.
int sextet(uchar c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

QByteArray utf16Bytes(QStringView text)
{
    QByteArray bytes;
    bytes.reserve(text.size() * 2);
    for (const QChar c : text) {
        bytes += static_cast<char>(c.unicode() & 0xff);
        bytes += static_cast<char>(c.unicode() >> 8);
    }
    return bytes;
}

int hexDigit(QChar c)
{
    if (c >= u'0' && c <= u'9')
        return c.unicode() - u'0';
    const char16_t lower = c.unicode() | 0x20;
    return lower >= u'a' && lower <= u'f' ? lower - u'a' + 10 : -1;
}

/// Pairs of digits up to the first character that is none.
QByteArray hexBytes(QStringView text)
{
    QByteArray bytes;
    for (qsizetype i = 0; i + 1 < text.size(); i += 2) {
        const int high = hexDigit(text.at(i));
        const int low = hexDigit(text.at(i + 1));
        if (high < 0 || low < 0)
            break;
        bytes += static_cast<char>(high << 4 | low);
    }
    return bytes;
}

} // namespace

QByteArray base64Bytes(QStringView text)
{
    QByteArray bytes;
    bytes.reserve(text.size() * 3 / 4);
    quint32 bits = 0;
    int held = 0;
    for (const QChar c : text) {
        const auto byte = static_cast<uchar>(c.unicode() & 0xff); // Node looks no further
        if (byte == '=')
            break;
        const int value = sextet(byte);
        if (value < 0)
            continue;
        bits = bits << 6 | static_cast<quint32>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            bytes += static_cast<char>(bits >> held & 0xff);
        }
    }
    return bytes;
}

QByteArray base64UrlText(QByteArrayView bytes)
{
    return bytes.toByteArray().toBase64(QByteArray::Base64UrlEncoding
                                        | QByteArray::OmitTrailingEquals);
}

QByteArray utf8Bytes(const QString &text)
{
    QString sound = text;
    for (qsizetype i = 0; i < sound.size(); ++i) {
        const QChar c = sound.at(i);
        const bool pairs
            = c.isHighSurrogate() && i + 1 < sound.size() && sound.at(i + 1).isLowSurrogate();
        if (pairs)
            ++i;
        else if (c.isSurrogate())
            sound[i] = QChar::ReplacementCharacter;
    }
    return sound.toUtf8();
}

QByteArray latin1Bytes(QStringView text)
{
    QByteArray bytes;
    bytes.reserve(text.size());
    for (const QChar c : text)
        bytes += static_cast<char>(c.unicode() & 0xff);
    return bytes;
}

std::optional<QByteArray> bufferBytes(const QString &text, const QString &encoding)
{
    const QString name = encoding.toLower();
    if (name.isEmpty() || name == u"utf8" || name == u"utf-8")
        return utf8Bytes(text);
    if (name == u"ucs2" || name == u"ucs-2" || name == u"utf16le" || name == u"utf-16le")
        return utf16Bytes(text);
    if (name == u"latin1" || name == u"binary" || name == u"ascii")
        return latin1Bytes(text);
    if (name == u"base64" || name == u"base64url")
        return base64Bytes(text);
    if (name == u"hex")
        return hexBytes(text);
    return std::nullopt;
}

} // namespace rt
