// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/imageheader.h"

#include <QXmlStreamReader>
#include <QtEndian>

namespace rt {

namespace {

/// CSS 2.1 §10.3.2: a picture with a ratio and no size of its own.
constexpr int defaultWidth = 300;
constexpr int defaultHeight = 150;

template<typename T> T bigEndian(QByteArrayView bytes, qsizetype at)
{
    return qFromBigEndian<T>(bytes.data() + at);
}

template<typename T> T littleEndian(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<T>(bytes.data() + at);
}

std::optional<int> jpegWidth(QByteArrayView bytes)
{
    qsizetype at = 2;
    while (at + 9 <= bytes.size() && uchar(bytes.at(at)) == 0xff) {
        const uchar marker = uchar(bytes.at(at + 1));
        const bool startOfFrame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4
            && marker != 0xc8 && marker != 0xcc;
        if (startOfFrame)
            return bigEndian<quint16>(bytes, at + 7);
        at += 2 + bigEndian<quint16>(bytes, at + 2);
    }
    return std::nullopt;
}

std::optional<int> webPWidth(QByteArrayView bytes)
{
    if (bytes.size() < 30)
        return std::nullopt;
    const QByteArrayView chunk = bytes.sliced(12, 4);
    if (chunk == "VP8X")
        return 1 + int(littleEndian<quint32>(bytes, 24) & 0xffffff);
    if (chunk == "VP8L")
        return 1 + int(littleEndian<quint32>(bytes, 21) & 0x3fff);
    return int(littleEndian<quint16>(bytes, 26) & 0x3fff);
}

/// A whole number of pixels at the start ("3", "3px"); nothing for percentages and words.
std::optional<int> pixels(QStringView text)
{
    qsizetype end = 0;
    while (end < text.size() && text.at(end).isDigit())
        ++end;
    if (end == 0 || text.endsWith(u'%'))
        return std::nullopt;
    return text.first(end).toInt();
}

std::optional<int> svgWidth(QByteArrayView bytes)
{
    QXmlStreamReader reader(bytes.toByteArray());
    if (!reader.readNextStartElement() || reader.name() != u"svg"
        || reader.namespaceUri() != u"http://www.w3.org/2000/svg")
        return std::nullopt;
    const QXmlStreamAttributes attributes = reader.attributes();
    if (const auto width = pixels(attributes.value(QStringLiteral("width"))))
        return width;
    const auto box
        = attributes.value(QStringLiteral("viewBox")).toString().simplified().split(u' ');
    if (box.size() != 4 || box.at(3).toDouble() <= 0)
        return defaultWidth;
    const int height = pixels(attributes.value(QStringLiteral("height"))).value_or(defaultHeight);
    return qRound(height * box.at(2).toDouble() / box.at(3).toDouble());
}

} // namespace

ImageFormat sniffImage(QByteArrayView bytes)
{
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return ImageFormat::Gif;
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return ImageFormat::Png;
    if (bytes.startsWith("\xff\xd8\xff"))
        return ImageFormat::Jpeg;
    if (bytes.startsWith("RIFF") && bytes.size() >= 14 && bytes.sliced(8).startsWith("WEBPVP"))
        return ImageFormat::WebP;
    return bytes.startsWith("BM") ? ImageFormat::Bmp : ImageFormat::None;
}

std::optional<int> naturalImageWidth(QByteArrayView bytes, QByteArrayView mimeType)
{
    if (mimeType == "image/svg+xml")
        return svgWidth(bytes);
    switch (sniffImage(bytes)) {
    case ImageFormat::None:
        return std::nullopt;
    case ImageFormat::Gif:
        return bytes.size() < 10 ? std::nullopt
                                 : std::optional<int>(littleEndian<quint16>(bytes, 6));
    case ImageFormat::Png:
        return bytes.size() < 24 ? std::nullopt : std::optional<int>(bigEndian<quint32>(bytes, 16));
    case ImageFormat::Jpeg:
        return jpegWidth(bytes);
    case ImageFormat::WebP:
        return webPWidth(bytes);
    case ImageFormat::Bmp:
        return bytes.size() < 22 ? std::nullopt
                                 : std::optional<int>(littleEndian<qint32>(bytes, 18));
    }
    return std::nullopt;
}

} // namespace rt
