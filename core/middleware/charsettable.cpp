// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/charsettable.h"

#include "base/jsvalue.h"

#include <QFile>
#include <QHash>

// Resources of a static library have to be asked for, outside of any namespace.
static void loadCharsetResources()
{
    Q_INIT_RESOURCE(charsets);
}

namespace rt {

namespace {

/// Recorded from the package: tests/parity/express/record/libraries.mjs charsets.
struct Tables
{
    QHash<QByteArray, QByteArray> codecs;
    /// 256 characters each.
    QHash<QByteArray, QString> characters;
};

Tables readTables()
{
    loadCharsetResources();
    QFile file(QStringLiteral(":/charsets/charsets.json"));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    const auto parsed = parseJson(opened ? file.readAll() : QByteArray("{}"));
    Tables tables;
    const JsValue *root = std::get_if<JsValue>(&parsed);
    if (!root)
        return tables;
    for (const auto &[name, codec] : (*root)[u"names"].members())
        tables.codecs.insert(name.toLatin1(), codec.toString().toLatin1());
    QString ascii;
    for (char16_t c = 0; c < 0x80; ++c)
        ascii += QChar(c);
    for (const auto &[codec, value] : (*root)[u"tables"].members()) {
        const QString text = value.toString();
        tables.characters.insert(codec.toLatin1(), text.size() == 256 ? text : ascii + text);
    }
    return tables;
}

const Tables &tables()
{
    static const Tables read = readTables();
    return read;
}

/// iconv-lite, _canonicalizeEncoding(): letters and digits, without a year behind a colon.
QByteArray canonicalName(const QByteArray &charset)
{
    QByteArray text = charset.toLower();
    const qsizetype colon = text.size() - 5;
    bool isNumber = false;
    text.mid(colon + 1).toUInt(&isNumber);
    if (colon >= 0 && text.at(colon) == ':' && isNumber)
        text.truncate(colon);
    QByteArray name;
    for (const char c : text) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
            name += c;
    }
    return name;
}

} // namespace

QByteArray charsetCodec(const QByteArray &charset)
{
    return tables().codecs.value(canonicalName(charset));
}

std::optional<QString> decodeSingleBytes(QByteArrayView bytes, const QByteArray &codec)
{
    const auto characters = tables().characters.constFind(codec);
    if (characters == tables().characters.constEnd())
        return std::nullopt;
    QString text(bytes.size(), Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        text[i] = characters->at(static_cast<uchar>(bytes[i]));
    return text;
}

} // namespace rt
