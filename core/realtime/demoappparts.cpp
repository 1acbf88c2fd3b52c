// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/demoappparts.h"

#include "base/jsnumber.h"

#include <QCryptographicHash>

#include <algorithm>
#include <cmath>

namespace rt::demo {

using namespace Qt::StringLiterals;

JsValue objectOf(std::initializer_list<std::pair<QString, JsValue>> members)
{
    JsValue value = JsValue::object();
    for (const auto &[name, member] : members)
        value.insert(name, member);
    return value;
}

JsValue failure(const QString &error)
{
    return objectOf({{u"ok"_s, JsValue(false)}, {u"error"_s, JsValue(error)}});
}

JsValue sortedTexts(QStringList texts)
{
    std::sort(texts.begin(), texts.end());
    return JsValue::stringArray(texts);
}

JsValue roomsOf(const socketio::Socket &socket)
{
    QStringList rooms = socket.rooms();
    rooms.removeAll(socket.id());
    return sortedTexts(rooms);
}

JsValue whoAmI(const socketio::Socket &socket)
{
    static const QStringList ours {u"EIO"_s, u"transport"_s, u"t"_s, u"sid"_s, u"b64"_s, u"j"_s};
    JsValue query = JsValue::object();
    for (const auto &[name, value] : socket.query().members()) {
        if (!ours.contains(name))
            query.insert(name, value);
    }
    return objectOf({{u"id"_s, JsValue(socket.id())},
                     {u"namespace"_s, JsValue(socket.nsp().name())},
                     {u"transport"_s, JsValue::latin1(socket.transportName())},
                     {u"rooms"_s, roomsOf(socket)},
                     {u"auth"_s, socket.auth()},
                     {u"query"_s, query},
                     {u"recovered"_s, JsValue(socket.wasRecovered())}});
}

void answer(const socketio::Ack &ack, const JsValue &value)
{
    if (ack)
        ack({value});
}

double countOf(const JsValue &value, double most)
{
    const double number = jsNumber(value);
    return std::isnan(number) ? 0 : std::min(number, most);
}

QStringList roomNames(const JsValue &value)
{
    QStringList names;
    if (value.isString())
        names.append(value.toString());
    for (const JsValue &item : value.items()) {
        if (item.isString())
            names.append(item.toString());
    }
    // No socket is ever in a room of another kind of name, nor in none.
    return names.isEmpty() ? QStringList {u"\0"_s} : names;
}

QString sha256(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

} // namespace rt::demo
