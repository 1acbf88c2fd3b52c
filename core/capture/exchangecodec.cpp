// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/messagecodec.h"
#include "capture/recordcodec.h"
#include "capture/tlscodec.h"
#include "capture/valuecodec.h"

namespace rt {

static void writeLayout(ByteWriter &out, const BodyLayout::Message &message)
{
    for (const BodyLayout::Piece piece : {message.tail, message.body}) {
        out.number(static_cast<quint64>(piece.offset));
        out.number(static_cast<quint64>(piece.length));
    }
}

namespace {

/// Gives the bodies back from the blob; counts what is no longer there.
class Bodies
{
public:
    explicit Bodies(const std::optional<QByteArray> &blob) : m_blob(blob) { }

    void readMessage(ByteReader &in, QByteArray &bytes, QByteArray &body)
    {
        bytes.append(readPiece(in));
        body = readPiece(in);
    }
    qint64 missing() const { return m_blob ? 0 : m_end; }

private:
    QByteArray readPiece(ByteReader &in)
    {
        const quint64 offset = in.number();
        const quint64 length = in.number();
        if (length > quint64(std::numeric_limits<qint32>::max()) || offset > quint64(1) << 40) {
            in.invalidate();
            return {};
        }
        const auto end = static_cast<qint64>(offset + length);
        m_end = std::max(m_end, end);
        if (!m_blob || length == 0)
            return {};
        if (end > m_blob->size()) {
            in.invalidate();
            return {};
        }
        return m_blob->mid(static_cast<qsizetype>(offset), static_cast<qsizetype>(length));
    }

    const std::optional<QByteArray> &m_blob;
    qint64 m_end = 0;
};

} // namespace

static void writeTimes(ByteWriter &out, const EndReport &end)
{
    qint64 before = 0;
    for (const qint64 time : {end.startedNs, end.connectNs, end.requestSentNs, end.firstByteNs,
                              end.firstContentNs, end.finishedNs}) {
        out.integer(time - before);
        before = time;
    }
    out.number(static_cast<quint64>(end.responseChunks));
    out.flag(end.aborted);
}

static void readTimes(ByteReader &in, EndReport &end)
{
    qint64 before = 0;
    for (qint64 *time : {&end.startedNs, &end.connectNs, &end.requestSentNs, &end.firstByteNs,
                         &end.firstContentNs, &end.finishedNs})
        before = *time = before + in.integer();
    end.responseChunks = static_cast<int>(in.number());
    end.aborted = in.flag();
}

static void writeEnd(ByteWriter &out, const EndReport &end, const EndReport *other,
                     const BodyLayout &layout, size_t first)
{
    writeTimes(out, end);
    writeRequest(out, end.request, end.requestBytes.first(layout.messages.at(first).headLength),
                 other ? &other->request : nullptr);
    writeLayout(out, layout.messages.at(first));
    writeResponse(out, end.response,
                  end.responseBytes.first(layout.messages.at(first + 1).headLength),
                  other ? &other->response : nullptr);
    writeLayout(out, layout.messages.at(first + 1));
}

static void readEnd(ByteReader &in, EndReport &end, const EndReport *other, Bodies &bodies)
{
    readTimes(in, end);
    end.requestBytes = readRequest(in, end.request, other ? &other->request : nullptr);
    bodies.readMessage(in, end.requestBytes, end.requestBody);
    end.responseBytes = readResponse(in, end.response, other ? &other->response : nullptr);
    bodies.readMessage(in, end.responseBytes, end.responseBody);
}

static void writeKey(ByteWriter &out, const ExchangeKey &key)
{
    out.number(key.clientPort);
    out.number(key.serverPort);
    out.number(key.sequence);
}

static ExchangeKey readKey(ByteReader &in)
{
    ExchangeKey key;
    key.clientPort = static_cast<quint16>(in.number());
    key.serverPort = static_cast<quint16>(in.number());
    key.sequence = static_cast<quint32>(in.number());
    return key;
}

static void writeClient(ByteWriter &out, const ClientReport &client)
{
    writeKey(out, client.key);
    out.number(client.call);
    out.bytes(client.kind);
    out.bytes(client.targetOrigin);
    writeDecisions(out, client.decisions);
}

static void readClient(ByteReader &in, ClientReport &client)
{
    client.key = readKey(in);
    client.call = in.number();
    client.kind = in.bytes();
    client.targetOrigin = in.bytes();
    client.decisions = readDecisions(in);
}

static void writeServer(ByteWriter &out, const ServerReport &server, quint64 settings)
{
    writeKey(out, server.key);
    out.bytes(server.event);
    out.bytes(server.endedBy);
    out.flag(server.executed);
    out.number(server.stages.size());
    for (const StageRecord &stage : server.stages)
        writeStage(out, stage);
    writeValue(out, server.handler);
    writeDecisions(out, server.decisions);
    out.number(settings);
}

static quint64 readServer(ByteReader &in, ServerReport &server)
{
    server.key = readKey(in);
    server.event = in.bytes();
    server.endedBy = in.bytes();
    server.executed = in.flag();
    for (size_t left = in.count(); left > 0 && in.isValid(); --left)
        server.stages.push_back(readStage(in));
    server.handler = readValue(in);
    server.decisions = readDecisions(in);
    return in.number();
}

/// What was added to a stage after the first files had been written.
static void writeStageAdditions(ByteWriter &out, const std::vector<StageRecord> &stages)
{
    for (const StageRecord &stage : stages) {
        out.integer(stage.lateDecisions);
        out.integer(stage.lateNs);
        writeValue(out, stage.requestBefore);
    }
}

static void readStageAdditions(ByteReader &in, std::vector<StageRecord> &stages)
{
    for (StageRecord &stage : stages) {
        stage.lateDecisions = static_cast<int>(in.integer());
        stage.lateNs = in.integer();
        stage.requestBefore = readValue(in);
    }
}

/// What format 3 added.
static void writeSecured(ByteWriter &out, const ExchangeRecord &record)
{
    const TlsHandshake *client = record.client.end.tls.get();
    writeHandshake(out, client);
    writeHandshake(out, record.server.end.tls.get(), client);
    out.flag(record.client.forwarded.has_value());
    if (record.client.forwarded)
        writeKey(out, *record.client.forwarded);
}

static void readSecured(ByteReader &in, ExchangeRecord &record)
{
    record.client.end.tls = readHandshake(in);
    record.server.end.tls = readHandshake(in, record.client.end.tls.get());
    if (in.flag())
        record.client.forwarded = readKey(in);
}

QByteArray encodeExchange(const ExchangeRecord &record, const BodyLayout &layout, quint64 settings)
{
    ByteWriter out;
    out.reserve(1024);
    out.number(recordFormat);
    out.number(record.id);
    out.number(record.call);
    out.number(record.connection);
    out.integer(record.node);
    out.number(static_cast<quint64>(record.kind));
    out.number(static_cast<quint64>(record.via));
    out.number(record.linked);
    out.bytes(record.targetOrigin);
    out.integer(record.startedAt);
    out.real(record.t);
    out.integer(record.bytesCut);
    out.flag(record.external);
    out.flag(record.hasClient);
    out.flag(record.hasServer);
    if (record.hasClient) {
        writeClient(out, record.client);
        writeEnd(out, record.client.end, nullptr, layout, 0);
    }
    if (record.hasServer) {
        writeServer(out, record.server, settings);
        writeEnd(out, record.server.end, record.hasClient ? &record.client.end : nullptr, layout,
                 2);
        writeStageAdditions(out, record.server.stages);
    }
    writeSecured(out, record);
    return out.take();
}

std::optional<DecodedExchange> decodeExchange(QByteArrayView bytes,
                                              const std::optional<QByteArray> &bodies)
{
    ByteReader in(bytes);
    const quint64 format = in.number();
    if (format > recordFormat)
        return std::nullopt;
    DecodedExchange decoded;
    ExchangeRecord &record = decoded.record;
    record.id = in.number();
    record.call = in.number();
    record.connection = in.number();
    record.node = static_cast<int>(in.integer());
    record.kind = in.choice(ExchangeRecord::Kind::Raw);
    record.via = in.choice(ExchangeRecord::Via::Upstream);
    record.linked = in.number();
    record.targetOrigin = in.bytes();
    record.startedAt = in.integer();
    record.t = in.real();
    record.bytesCut = in.integer();
    record.external = in.flag();
    record.hasClient = in.flag();
    record.hasServer = in.flag();
    Bodies pieces(bodies);
    if (record.hasClient) {
        readClient(in, record.client);
        readEnd(in, record.client.end, nullptr, pieces);
    }
    if (record.hasServer) {
        decoded.settings = readServer(in, record.server);
        readEnd(in, record.server.end, record.hasClient ? &record.client.end : nullptr, pieces);
        if (format >= 2)
            readStageAdditions(in, record.server.stages);
    }
    if (format >= 3)
        readSecured(in, record);
    record.bytesCut += pieces.missing();
    return in.isValid() ? std::optional(std::move(decoded)) : std::nullopt;
}

} // namespace rt
