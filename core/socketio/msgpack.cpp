// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/msgpack.h"

#include <QtEndian>

#include <cmath>

namespace rt {

namespace {

constexpr int mostDepth = 100;
constexpr double twoTo32 = 4294967296.0;
constexpr double twoTo63 = 9223372036854775808.0;
constexpr double twoTo64 = 18446744073709551616.0;

class Writer
{
public:
    QByteArray take() { return std::move(m_out); }

    void value(const JsValue &value)
    {
        switch (value.type()) {
        case JsValue::Type::Boolean:
            byte(value.toBool() ? 0xc3 : 0xc2);
            return;
        case JsValue::Type::Number:
            number(value.toNumber());
            return;
        case JsValue::Type::String:
            string(value.toString());
            return;
        case JsValue::Type::Array:
            array(value);
            return;
        case JsValue::Type::Object:
            object(value);
            return;
        case JsValue::Type::Buffer:
            bytes(value.toBuffer());
            return;
        case JsValue::Type::Date:
            date(value.toDate().milliseconds);
            return;
        case JsValue::Type::RegExp:
            byte(0x80); // an object without members
            return;
        case JsValue::Type::Undefined:
        case JsValue::Type::Null:
            byte(0xc0);
            return;
        }
    }

private:
    void byte(int value) { m_out += static_cast<char>(value); }
    template<typename T> void big(T value)
    {
        char buffer[sizeof value];
        qToBigEndian(value, buffer);
        m_out.append(buffer, sizeof value);
    }
    template<typename T> void tagged(int tag, double value)
    {
        byte(tag);
        big(static_cast<T>(value));
    }

    void number(double value)
    {
        const bool whole = std::floor(value) == value && std::isfinite(value);
        if (!whole || value >= twoTo64 || value < -twoTo63) {
            byte(0xcb);
            quint64 bits = 0;
            static_assert(sizeof bits == sizeof value);
            memcpy(&bits, &value, sizeof bits);
            big(bits);
        } else if (value >= 0) {
            positive(value);
        } else {
            negative(value);
        }
    }

    void positive(double value)
    {
        if (value < 0x80)
            byte(static_cast<int>(value));
        else if (value < 0x100)
            tagged<quint8>(0xcc, value);
        else if (value < 0x10000)
            tagged<quint16>(0xcd, value);
        else if (value < twoTo32)
            tagged<quint32>(0xce, value);
        else
            tagged<quint64>(0xcf, value);
    }

    void negative(double value)
    {
        if (value >= -0x20)
            byte(static_cast<int>(value) & 0xff);
        else if (value >= -0x80)
            tagged<qint8>(0xd0, value);
        else if (value >= -0x8000)
            tagged<qint16>(0xd1, value);
        else if (value >= -twoTo32 / 2)
            tagged<qint32>(0xd2, value);
        else
            tagged<qint64>(0xd3, value);
    }

    /// `fix`, 8, 16 and 32 bit forms of a length; -1 for a form that does not exist.
    void length(qsizetype size, int fix, int fixLimit, int tag8, int tag16)
    {
        const auto count = static_cast<double>(size);
        if (fix >= 0 && size < fixLimit)
            byte(fix | static_cast<int>(size));
        else if (tag8 >= 0 && size < 0x100)
            tagged<quint8>(tag8, count);
        else if (size < 0x10000)
            tagged<quint16>(tag16, count);
        else
            tagged<quint32>(tag16 + 1, count);
    }

    void string(const QString &text)
    {
        const QByteArray utf8 = text.toUtf8();
        length(utf8.size(), 0xa0, 0x20, 0xd9, 0xda);
        m_out += utf8;
    }

    void bytes(const QByteArray &data)
    {
        length(data.size(), -1, 0, 0xc4, 0xc5);
        m_out += data;
    }

    void array(const JsValue &list)
    {
        length(list.size(), 0x90, 0x10, -1, 0xdc);
        for (const JsValue &item : list.items())
            value(item);
    }

    void object(const JsValue &map)
    {
        qsizetype count = 0;
        for (const auto &[key, member] : map.members())
            count += member.isUndefined() ? 0 : 1;
        length(count, 0x80, 0x10, -1, 0xde);
        for (const auto &[key, member] : map.members()) {
            if (member.isUndefined())
                continue;
            string(key);
            value(member);
        }
    }

    void date(double milliseconds)
    {
        const double seconds = std::floor(milliseconds / 1000);
        const double nanoseconds = (milliseconds - seconds * 1000) * 1e6;
        if (seconds >= 0 && seconds < twoTo32 && nanoseconds == 0) {
            byte(0xd6);
            tagged<quint32>(0xff, seconds);
        } else if (seconds >= 0 && seconds < 4 * twoTo32) {
            byte(0xd7);
            byte(0xff);
            big((static_cast<quint64>(nanoseconds) << 34) | static_cast<quint64>(seconds));
        } else {
            byte(0xc7);
            byte(12);
            tagged<quint32>(0xff, nanoseconds);
            big(static_cast<qint64>(seconds));
        }
    }

    QByteArray m_out;
};

class Reader
{
public:
    explicit Reader(QByteArrayView bytes) : m_bytes(bytes) { }

    std::optional<JsValue> document()
    {
        JsValue value = read(0);
        if (m_failed || m_at != m_bytes.size())
            return std::nullopt;
        return value;
    }

private:
    QByteArrayView take(qsizetype size)
    {
        if (m_failed || size > m_bytes.size() - m_at) {
            m_failed = true;
            return {};
        }
        m_at += size;
        return m_bytes.sliced(m_at - size, size);
    }
    template<typename T> T big()
    {
        const QByteArrayView bytes = take(sizeof(T));
        return m_failed ? T {} : qFromBigEndian<T>(bytes.data());
    }
    template<typename T> JsValue integer() { return JsValue(static_cast<double>(big<T>())); }
    JsValue fail()
    {
        m_failed = true;
        return {};
    }

    JsValue read(int depth)
    {
        const auto prefix = big<quint8>();
        if (m_failed || depth > mostDepth)
            return fail();
        if (prefix < 0x80)
            return JsValue(static_cast<int>(prefix));
        if (prefix < 0x90)
            return map(prefix & 0x0f, depth);
        if (prefix < 0xa0)
            return array(prefix & 0x0f, depth);
        if (prefix < 0xc0)
            return string(prefix & 0x1f);
        if (prefix >= 0xe0)
            return JsValue(static_cast<int>(static_cast<qint8>(prefix)));
        if (prefix >= 0xd9)
            return container(prefix, depth);
        return prefix >= 0xca && prefix <= 0xd3 ? number(prefix) : other(prefix);
    }

    JsValue container(quint8 prefix, int depth)
    {
        switch (prefix) {
        case 0xd9:
            return string(big<quint8>());
        case 0xda:
            return string(big<quint16>());
        case 0xdb:
            return string(big<quint32>());
        case 0xdc:
            return array(big<quint16>(), depth);
        case 0xdd:
            return array(big<quint32>(), depth);
        case 0xde:
            return map(big<quint16>(), depth);
        default:
            return map(big<quint32>(), depth);
        }
    }

    JsValue number(quint8 prefix)
    {
        switch (prefix) {
        case 0xca: {
            const auto bits = big<quint32>();
            float value = 0;
            memcpy(&value, &bits, sizeof value);
            return JsValue(static_cast<double>(value));
        }
        case 0xcb: {
            const auto bits = big<quint64>();
            double value = 0;
            memcpy(&value, &bits, sizeof value);
            return JsValue(value);
        }
        case 0xcc:
            return integer<quint8>();
        case 0xcd:
            return integer<quint16>();
        case 0xce:
            return integer<quint32>();
        case 0xcf:
            return integer<quint64>();
        case 0xd0:
            return integer<qint8>();
        case 0xd1:
            return integer<qint16>();
        case 0xd2:
            return integer<qint32>();
        default:
            return integer<qint64>();
        }
    }

    JsValue other(quint8 prefix)
    {
        switch (prefix) {
        case 0xc0:
            return JsValue(nullptr);
        case 0xc2:
            return JsValue(false);
        case 0xc3:
            return JsValue(true);
        case 0xc4:
            return bytes(big<quint8>());
        case 0xc5:
            return bytes(big<quint16>());
        case 0xc6:
            return bytes(big<quint32>());
        case 0xc7:
            return extension(big<quint8>());
        case 0xc8:
            return extension(big<quint16>());
        case 0xc9:
            return extension(big<quint32>());
        case 0xd4:
        case 0xd5:
        case 0xd6:
        case 0xd7:
        case 0xd8:
            return extension(qsizetype(1) << (prefix - 0xd4));
        default:
            return fail();
        }
    }

    JsValue string(qsizetype size)
    {
        const QByteArrayView utf8 = take(size);
        return m_failed ? JsValue() : JsValue(QString::fromUtf8(utf8));
    }

    JsValue bytes(qsizetype size)
    {
        const QByteArrayView data = take(size);
        return m_failed ? JsValue() : JsValue::buffer(data.toByteArray());
    }

    JsValue array(qsizetype size, int depth)
    {
        JsValue list = JsValue::array();
        for (qsizetype i = 0; i < size && !m_failed; ++i)
            list.append(read(depth + 1));
        return list;
    }

    JsValue map(qsizetype size, int depth)
    {
        JsValue object = JsValue::object();
        for (qsizetype i = 0; i < size && !m_failed; ++i) {
            const JsValue key = read(depth + 1);
            object.insert(key.asText(), read(depth + 1));
        }
        return object;
    }

    JsValue extension(qsizetype size)
    {
        const int type = big<qint8>();
        const QByteArrayView data = take(size);
        if (m_failed)
            return {};
        if (type == -1)
            return timestamp(data);
        // Kept by the package for older writers: 0 is undefined, a date or bytes.
        if (type == 0 && size == 1)
            return {};
        if (type == 0 && size != 2 && size != 4 && size != 8 && size != 16)
            return JsValue::buffer(data.toByteArray());
        return JsValue::array({JsValue(type), JsValue::buffer(data.toByteArray())});
    }

    JsValue timestamp(QByteArrayView data)
    {
        if (data.size() == 4)
            return JsValue(JsDate {qFromBigEndian<quint32>(data.data()) * 1000.0});
        if (data.size() == 8) {
            const auto bits = qFromBigEndian<quint64>(data.data());
            const auto seconds = static_cast<double>(bits & ((quint64(1) << 34) - 1));
            return JsValue(JsDate {seconds * 1000 + static_cast<double>(bits >> 34) / 1e6});
        }
        if (data.size() != 12)
            return fail();
        const double nanoseconds = qFromBigEndian<quint32>(data.data());
        const auto seconds = static_cast<double>(qFromBigEndian<qint64>(data.data() + 4));
        return JsValue(JsDate {seconds * 1000 + nanoseconds / 1e6});
    }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_failed = false;
};

} // namespace

QByteArray toMessagePack(const JsValue &value)
{
    Writer writer;
    writer.value(value);
    return writer.take();
}

std::optional<JsValue> parseMessagePack(QByteArrayView bytes)
{
    return Reader(bytes).document();
}

} // namespace rt
