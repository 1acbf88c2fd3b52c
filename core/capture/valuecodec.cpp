// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/valuecodec.h"

namespace rt {

using Type = JsValue::Type;

// What JSON.parse lets through; a file that nests deeper is not ours.
static constexpr int deepestNesting = 5001;

void writeValue(ByteWriter &out, const JsValue &value)
{
    out.number(static_cast<quint64>(value.type()));
    switch (value.type()) {
    case Type::Undefined:
    case Type::Null:
        break;
    case Type::Boolean:
        out.flag(value.toBool());
        break;
    case Type::Number:
        out.real(value.toNumber());
        break;
    case Type::String:
        out.text(value.toString());
        break;
    case Type::Array:
        out.number(static_cast<quint64>(value.size()));
        for (const JsValue &item : value.items())
            writeValue(out, item);
        break;
    case Type::Object:
        out.number(static_cast<quint64>(value.members().size()));
        for (const auto &[key, member] : value.members()) {
            out.text(key);
            writeValue(out, member);
        }
        break;
    case Type::Buffer:
        out.bytes(value.toBuffer());
        break;
    case Type::RegExp:
        out.text(value.toRegExp().source);
        out.text(value.toRegExp().flags);
        break;
    case Type::Date:
        out.real(value.toDate().milliseconds);
        break;
    }
}

static JsValue readNested(ByteReader &in, int depth);

static JsValue readArray(ByteReader &in, int depth)
{
    QList<JsValue> items;
    for (size_t left = in.count(); left > 0 && in.isValid(); --left)
        items.append(readNested(in, depth));
    return JsValue::array(std::move(items));
}

static JsValue readObject(ByteReader &in, int depth)
{
    JsValue object = JsValue::object();
    for (size_t left = in.count(); left > 0 && in.isValid(); --left) {
        const QString key = in.text();
        object.insert(key, readNested(in, depth));
    }
    return object;
}

static JsValue readNested(ByteReader &in, int depth)
{
    if (depth > deepestNesting) {
        in.invalidate();
        return {};
    }
    switch (in.choice(Type::Date)) {
    case Type::Undefined:
        return {};
    case Type::Null:
        return nullptr;
    case Type::Boolean:
        return in.flag();
    case Type::Number:
        return in.real();
    case Type::String:
        return in.text();
    case Type::Array:
        return readArray(in, depth + 1);
    case Type::Object:
        return readObject(in, depth + 1);
    case Type::Buffer:
        return JsValue::buffer(in.bytes());
    case Type::RegExp: {
        const QString source = in.text();
        return JsRegExp {source, in.text()};
    }
    case Type::Date:
        return JsDate {in.real()};
    }
    return {};
}

JsValue readValue(ByteReader &in)
{
    return readNested(in, 0);
}

} // namespace rt
