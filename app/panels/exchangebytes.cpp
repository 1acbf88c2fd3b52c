// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/exchangebytes.h"

#include "base/jsvalue.h"
#include "http/contentcoding.h"

#include <QCoreApplication>
#include <QStringDecoder>

namespace rt {

namespace {

constexpr qint64 largestDecoded = 20LL * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("bytes", text);
}

bool isUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    static_cast<void>(QString(decoder.decode(bytes)));
    return !decoder.hasError();
}

bool isBinary(QByteArrayView bytes)
{
    const QByteArrayView head = bytes.first(std::min<qsizetype>(bytes.size(), 4096));
    return head.contains('\0') || (bytes.size() <= 4096 && !isUtf8(bytes));
}

QString hexEscape(uchar byte)
{
    return QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
}

QString omitted(qsizetype bytes)
{
    return bytes > 0 ? u'\n' + tr("\u2026 %1 more bytes").arg(bytes) : QString();
}

/// One line without its line end: UTF-8 when it is, else Latin-1 with the rest escaped.
QString visibleLine(QByteArrayView line)
{
    const bool utf8 = isUtf8(line);
    QString text;
    if (utf8) {
        for (const QChar c : QString::fromUtf8(line)) {
            if (c.unicode() < 0x20 || c.unicode() == 0x7f)
                text += hexEscape(static_cast<uchar>(c.unicode()));
            else
                text += c;
        }
        return text;
    }
    for (const char c : line) {
        const auto byte = static_cast<uchar>(c);
        text += byte >= 0x20 && byte < 0x7f ? QString(QLatin1Char(c)) : hexEscape(byte);
    }
    return text;
}

} // namespace

QString visibleBytes(QByteArrayView bytes, qsizetype limit)
{
    const QByteArrayView shown = bytes.first(std::min(limit, bytes.size()));
    QString text;
    qsizetype start = 0;
    while (start < shown.size()) {
        const qsizetype end = shown.indexOf('\n', start);
        QByteArrayView line = shown.sliced(start, (end < 0 ? shown.size() : end) - start);
        const bool cr = end >= 0 && line.endsWith('\r');
        text += visibleLine(cr ? line.chopped(1) : line);
        if (end < 0)
            break;
        text += cr ? QStringLiteral("\u240d\u240a\n") : QStringLiteral("\u240a\n");
        start = end + 1;
    }
    return text + omitted(bytes.size() - shown.size());
}

QString hexDump(QByteArrayView bytes, qsizetype limit)
{
    const QByteArrayView shown = bytes.first(std::min(limit, bytes.size()));
    QString text;
    for (qsizetype at = 0; at < shown.size(); at += 16) {
        const QByteArrayView line = shown.sliced(at, std::min<qsizetype>(16, shown.size() - at));
        QString hex;
        QString characters;
        for (const char c : line) {
            const auto byte = static_cast<uchar>(c);
            hex += QStringLiteral("%1 ").arg(byte, 2, 16, QLatin1Char('0'));
            characters += byte >= 0x20 && byte < 0x7f ? QLatin1Char(c) : QChar(u'\u00b7');
        }
        text += QStringLiteral("%1  %2 %3\n")
                    .arg(at, 6, 16, QLatin1Char('0'))
                    .arg(hex.leftJustified(48), characters);
    }
    return text + omitted(bytes.size() - shown.size()).trimmed();
}

ReadableBody readableBody(const HeaderList &headers, const QByteArray &body)
{
    ReadableBody result {ReadableBody::Kind::Empty, body, {}, {}};
    if (body.isEmpty())
        return result;
    const QByteArray name = headers.get("Content-Encoding").value_or(QByteArray()).trimmed();
    const auto coding = codingNamed(name);
    if (coding && *coding != ContentCoding::Identity) {
        const auto decoder = makeDecoder(*coding, largestDecoded);
        QByteArray decoded;
        DecoderStatus status = decoder->write(body, decoded);
        if (status == DecoderStatus::Ok)
            status = decoder->finish();
        if (status == DecoderStatus::Finished || status == DecoderStatus::Ok) {
            result.bytes = decoded;
            result.coding = name;
        } else {
            result.problem
                = tr("The body is no %1: %2.")
                      .arg(QString::fromLatin1(name), QString::fromLatin1(decoder->message()));
        }
    } else if (!name.isEmpty() && !coding) {
        result.problem = tr("The coding \u201c%1\u201d is unknown.").arg(QString::fromLatin1(name));
    }
    const QByteArray type = headers.get("Content-Type").value_or(QByteArray()).toLower();
    const QByteArray start
        = result.bytes.first(std::min<qsizetype>(64, result.bytes.size())).trimmed();
    if (isBinary(result.bytes))
        result.kind = ReadableBody::Kind::Binary;
    else if (type.contains("json")
             || (type.isEmpty() && (start.startsWith('{') || start.startsWith('['))))
        result.kind = ReadableBody::Kind::Json;
    else
        result.kind = ReadableBody::Kind::Text;
    return result;
}

QString prettyText(const ReadableBody &body)
{
    if (body.kind == ReadableBody::Kind::Json) {
        const auto parsed = parseJson(QByteArrayView(body.bytes));
        if (const auto *value = std::get_if<JsValue>(&parsed))
            return stringifyJson(*value, QStringLiteral("  "));
    }
    return QString::fromUtf8(body.bytes);
}

} // namespace rt
