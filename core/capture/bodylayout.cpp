// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/bodylayout.h"

#include <algorithm>

namespace rt {

// What has no end of head (a refused request, a broken-off answer) is kept as head up to here.
static constexpr qsizetype longestHead = 64 * 1024;

MessageBytes messageBytes(ExchangeRecord &record, int message)
{
    EndReport &end = message < 2 ? record.client.end : record.server.end;
    if (message % 2 == 0)
        return {&end.requestBytes, &end.requestBody};
    return {&end.responseBytes, &end.responseBody};
}

static std::pair<const QByteArray &, const QByteArray &> readOnly(const ExchangeRecord &record,
                                                                  int message)
{
    const EndReport &end = message < 2 ? record.client.end : record.server.end;
    if (message % 2 == 0)
        return {end.requestBytes, end.requestBody};
    return {end.responseBytes, end.responseBody};
}

static qsizetype headLength(const QByteArray &bytes, const QByteArray &body)
{
    if (!body.isEmpty() && bytes.endsWith(body))
        return bytes.size() - body.size();
    const qsizetype blank
        = QByteArrayView(bytes).first(std::min(bytes.size(), longestHead)).indexOf("\r\n\r\n");
    return blank < 0 ? std::min(bytes.size(), longestHead) : blank + 4;
}

namespace {

/// Hands out places in the blob; what has been placed before gets its old place.
class Places
{
public:
    BodyLayout::Piece place(QByteArrayView bytes)
    {
        if (bytes.isEmpty())
            return {};
        for (const auto &[piece, placed] : m_placed) {
            if (placed == bytes)
                return piece;
        }
        const BodyLayout::Piece piece {m_size, bytes.size()};
        m_placed.emplace_back(piece, bytes);
        m_size += bytes.size();
        return piece;
    }
    qint64 size() const { return m_size; }

private:
    std::vector<std::pair<BodyLayout::Piece, QByteArrayView>> m_placed;
    qint64 m_size = 0;
};

} // namespace

BodyLayout layOutBodies(const ExchangeRecord &record)
{
    BodyLayout layout;
    Places places;
    for (int i = 0; i < BodyLayout::messageCount; ++i) {
        const auto [bytes, body] = readOnly(record, i);
        BodyLayout::Message &message = layout.messages.at(static_cast<size_t>(i));
        message.headLength = headLength(bytes, body);
        message.tail = places.place(QByteArrayView(bytes).sliced(message.headLength));
        message.body = places.place(body);
    }
    layout.size = places.size();
    return layout;
}

QByteArray gatherBodies(const ExchangeRecord &record, const BodyLayout &layout)
{
    QByteArray blob;
    blob.reserve(layout.size);
    // Places were given in this order, so a piece that starts at the end is there for the first
    // time.
    const auto add = [&blob](BodyLayout::Piece piece, QByteArrayView bytes) {
        if (piece.length > 0 && piece.offset == blob.size())
            blob.append(bytes);
    };
    for (int i = 0; i < BodyLayout::messageCount; ++i) {
        const auto [bytes, body] = readOnly(record, i);
        const BodyLayout::Message &message = layout.messages.at(static_cast<size_t>(i));
        add(message.tail, QByteArrayView(bytes).sliced(message.headLength));
        add(message.body, body);
    }
    return blob;
}

void limitBodies(ExchangeRecord &record, qint64 limit)
{
    std::array<qint64, 2> cut {}; // of the request and the response, whichever end saw more
    for (int i = 0; i < BodyLayout::messageCount; ++i) {
        const MessageBytes message = messageBytes(record, i);
        if (message.body->size() <= limit && message.bytes->size() <= limit)
            continue;
        const qsizetype head = headLength(*message.bytes, *message.body);
        qint64 &most = cut.at(static_cast<size_t>(i % 2));
        most = std::max<qint64>(most, message.body->size() - limit);
        message.body->truncate(limit);
        message.bytes->truncate(head + limit);
    }
    record.bytesCut += cut[0] + cut[1];
}

} // namespace rt
