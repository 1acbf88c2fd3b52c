// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/packet.h"

#include "base/jsnumber.h"

#include <algorithm>
#include <cmath>

namespace rt::socketio {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView placeholderKey("_placeholder");
constexpr QLatin1StringView numKey("num");

/// Replaces bytes by placeholders, in the order in which they stand.
JsValue deconstruct(const JsValue &value, QList<QByteArray> &buffers)
{
    if (value.isBuffer()) {
        JsValue placeholder = JsValue::object();
        placeholder.insert(placeholderKey, JsValue(true));
        placeholder.insert(numKey, JsValue(static_cast<int>(buffers.size())));
        buffers.append(value.toBuffer());
        return placeholder;
    }
    if (value.isArray()) {
        JsValue copy = JsValue::array();
        for (const JsValue &item : value.items())
            copy.append(deconstruct(item, buffers));
        return copy;
    }
    if (value.isObject()) {
        JsValue copy = JsValue::object();
        for (const auto &[key, member] : value.members())
            copy.insert(key, deconstruct(member, buffers));
        return copy;
    }
    return value;
}

/// The other way; nothing when a placeholder names no attachment.
std::optional<JsValue> reconstruct(const JsValue &value, const QList<QByteArray> &buffers)
{
    if (value.isObject() && value[placeholderKey] == JsValue(true)) {
        const JsValue num = value[numKey];
        const double index = num.toNumber(-1);
        if (!num.isNumber() || index < 0 || index >= static_cast<double>(buffers.size()))
            return std::nullopt;
        if (std::floor(index) != index)
            return JsValue();
        return JsValue::buffer(buffers.at(static_cast<qsizetype>(index)));
    }
    if (value.isArray()) {
        JsValue copy = JsValue::array();
        for (const JsValue &item : value.items()) {
            const auto part = reconstruct(item, buffers);
            if (!part)
                return std::nullopt;
            copy.append(*part);
        }
        return copy;
    }
    if (value.isObject()) {
        JsValue copy = JsValue::object();
        for (const auto &[key, member] : value.members()) {
            const auto part = reconstruct(member, buffers);
            if (!part)
                return std::nullopt;
            copy.insert(key, *part);
        }
        return copy;
    }
    return value;
}

bool isReserved(const QString &event)
{
    static const QStringList reserved {u"connect"_s,       u"connect_error"_s, u"disconnect"_s,
                                       u"disconnecting"_s, u"newListener"_s,   u"removeListener"_s};
    return reserved.contains(event);
}

bool isEventData(const JsValue &data)
{
    if (!data.isArray() || data.size() == 0)
        return false;
    const JsValue &name = data.items().first();
    return name.isNumber() || (name.isString() && !isReserved(name.toString()));
}

/// socket.io-parser, isPayloadValid().
bool isPayloadValid(PacketType type, const JsValue &data)
{
    switch (type) {
    case PacketType::Connect:
        return data.isObject();
    case PacketType::Disconnect:
        return false;
    case PacketType::ConnectError:
        return data.isString() || data.isObject();
    case PacketType::Event:
    case PacketType::BinaryEvent:
        return isEventData(data);
    case PacketType::Ack:
    case PacketType::BinaryAck:
        return data.isArray();
    }
    Q_UNREACHABLE();
}

/// <type>[<attachments>-][<namespace>,][<ack id>][<JSON>]
class TextReader
{
public:
    explicit TextReader(QStringView text) : m_text(text) { }

    std::optional<DecodeError> read()
    {
        const QStringView first = m_text.first(std::min<qsizetype>(1, m_text.size()));
        const double type = jsNumber(first);
        if (!(type >= 0 && type <= 6))
            return DecodeError {DecodeFault::UnknownType,
                                u"unknown packet type "_s + numberText(type)};
        m_packet.type = static_cast<PacketType>(static_cast<int>(type));
        m_at = 1;
        if (isBinary()) {
            if (const auto error = readAttachments())
                return error;
        }
        readNamespace();
        readId();
        return readData();
    }

    bool isBinary() const
    {
        return m_packet.type == PacketType::BinaryEvent || m_packet.type == PacketType::BinaryAck;
    }
    Packet takePacket() { return std::move(m_packet); }
    int attachments() const { return m_attachments; }

private:
    std::optional<DecodeError> readAttachments()
    {
        const qsizetype dash = m_text.indexOf(u'-', m_at);
        const double count = dash < 0 ? std::nan("") : jsNumber(m_text.sliced(m_at, dash - m_at));
        if (std::isnan(count) || std::floor(count) != count || count < 1)
            return DecodeError {DecodeFault::IllegalAttachments, u"Illegal attachments"_s};
        if (count > Decoder::mostAttachments)
            return DecodeError {DecodeFault::TooManyAttachments, u"too many attachments"_s};
        m_attachments = static_cast<int>(count);
        m_at = dash + 1;
        return std::nullopt;
    }

    void readNamespace()
    {
        if (m_at >= m_text.size() || m_text[m_at] != u'/')
            return;
        const qsizetype comma = m_text.indexOf(u',', m_at);
        const qsizetype end = comma < 0 ? m_text.size() : comma;
        m_packet.nsp = m_text.sliced(m_at, end - m_at).toString();
        m_at = end + 1;
    }

    void readId()
    {
        const qsizetype start = m_at;
        // Number(character) == character: for JavaScript a blank is 0.
        while (m_at < m_text.size()
               && ((m_text[m_at] >= u'0' && m_text[m_at] <= u'9') || isJsBlank(m_text[m_at])))
            ++m_at;
        if (m_at > start)
            m_packet.id = jsNumber(m_text.sliced(start, m_at - start));
    }

    std::optional<DecodeError> readData()
    {
        if (m_at >= m_text.size())
            return std::nullopt;
        auto parsed = parseJson(m_text.sliced(m_at));
        if (auto *data = std::get_if<JsValue>(&parsed);
            data && isPayloadValid(m_packet.type, *data)) {
            m_packet.data = std::move(*data);
            return std::nullopt;
        }
        return DecodeError {DecodeFault::InvalidPayload, u"invalid payload"_s};
    }

    QStringView m_text;
    qsizetype m_at = 0;
    Packet m_packet;
    int m_attachments = 0;
};

QByteArray packetText(const Packet &packet, PacketType type, const JsValue &data, qsizetype buffers)
{
    QByteArray text = QByteArray::number(static_cast<int>(type));
    if (buffers > 0)
        text += QByteArray::number(buffers) + '-';
    if (packet.nsp != u"/")
        text += packet.nsp.toUtf8() + ',';
    if (packet.id)
        text += numberText(*packet.id).toUtf8();
    if (!data.isNullish())
        text += toJson(data);
    return text;
}

} // namespace

QByteArray packetTypeName(PacketType type)
{
    switch (type) {
    case PacketType::Connect:
        return "connect";
    case PacketType::Disconnect:
        return "disconnect";
    case PacketType::Event:
        return "event";
    case PacketType::Ack:
        return "ack";
    case PacketType::ConnectError:
        return "connect_error";
    case PacketType::BinaryEvent:
        return "binary_event";
    case PacketType::BinaryAck:
        return "binary_ack";
    }
    Q_UNREACHABLE();
}

QByteArray faultId(DecodeFault fault)
{
    switch (fault) {
    case DecodeFault::UnknownType:
        return "sio.UnknownType";
    case DecodeFault::IllegalAttachments:
        return "sio.IllegalAttachments";
    case DecodeFault::TooManyAttachments:
        return "sio.TooManyAttachments";
    case DecodeFault::InvalidPayload:
        return "sio.InvalidPayload";
    case DecodeFault::TextInsteadOfAttachment:
        return "sio.TextInsteadOfAttachment";
    case DecodeFault::UnexpectedAttachment:
        return "sio.UnexpectedAttachment";
    case DecodeFault::NoData:
        return "sio.NoData";
    }
    Q_UNREACHABLE();
}

bool hasBinary(const JsValue &value)
{
    if (value.isBuffer())
        return true;
    if (value.isArray()) {
        const auto &items = value.items();
        return std::any_of(items.begin(), items.end(), hasBinary);
    }
    if (!value.isObject())
        return false;
    const auto &members = value.members();
    return std::any_of(members.begin(), members.end(),
                       [](const auto &member) { return hasBinary(member.second); });
}

std::vector<engineio::Packet> encodePacket(const Packet &packet)
{
    using Message = engineio::PacketType;
    const bool mayHold = packet.type == PacketType::Event || packet.type == PacketType::Ack;
    if (!mayHold || !hasBinary(packet.data))
        return {{Message::Message, packetText(packet, packet.type, packet.data, 0)}};
    QList<QByteArray> buffers;
    const JsValue data = deconstruct(packet.data, buffers);
    const PacketType type
        = packet.type == PacketType::Event ? PacketType::BinaryEvent : PacketType::BinaryAck;
    std::vector<engineio::Packet> messages {
        {Message::Message, packetText(packet, type, data, buffers.size())}};
    for (const QByteArray &buffer : buffers)
        messages.push_back({Message::Message, buffer, true});
    return messages;
}

Decoder::Step Decoder::add(const engineio::Packet &message)
{
    if (message.binary) {
        if (!m_pending)
            return {{},
                    DecodeError {DecodeFault::UnexpectedAttachment,
                                 u"got binary data when not reconstructing a packet"_s}};
        m_pending->buffers.append(message.data);
        if (m_pending->buffers.size() < m_pending->attachments)
            return {};
        const Pending complete = *std::exchange(m_pending, std::nullopt);
        const auto data = reconstruct(complete.packet.data, complete.buffers);
        if (!data)
            return {{}, DecodeError {DecodeFault::IllegalAttachments, u"illegal attachments"_s}};
        Packet packet = complete.packet;
        packet.data = *data;
        return {packet, {}};
    }
    if (message.data.isEmpty())
        return {{},
                DecodeError {DecodeFault::NoData,
                             u"Cannot read properties of undefined (reading 'base64')"_s}};
    if (m_pending)
        return {{},
                DecodeError {DecodeFault::TextInsteadOfAttachment,
                             u"got plaintext data when reconstructing a packet"_s}};
    const QString text = QString::fromUtf8(message.data);
    TextReader reader(text);
    if (const auto error = reader.read())
        return {{}, error};
    if (!reader.isBinary())
        return {reader.takePacket(), {}};
    Packet packet = reader.takePacket();
    packet.type = packet.type == PacketType::BinaryEvent ? PacketType::Event : PacketType::Ack;
    m_pending = Pending {packet, reader.attachments(), {}};
    return {};
}

} // namespace rt::socketio
