// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/demoapp.h"
#include "realtime/demoappparts.h"

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;
using namespace demo;
using socketio::Ack;
using socketio::Arguments;
using socketio::ConnectError;
using socketio::EmitFlags;
using socketio::Namespace;
using socketio::Socket;
using socketio::SocketPointer;

namespace {

constexpr double mostEvents = 10000;
constexpr double mostBytes = 8 * 1024 * 1024;
constexpr double longestWait = 10000;
constexpr int answerTimeout = 2000;
constexpr int roomAnswerTimeout = 1000;

std::optional<ConnectError> rejectOnDemand(Socket &socket)
{
    const JsValue reject = socket.auth()[u"reject"];
    if (!reject.isTruthy())
        return std::nullopt;
    return ConnectError {
        u"rejected by middleware"_s,
        objectOf({{u"code"_s, JsValue(403)}, {u"reason"_s, JsValue(reject.asText())}})};
}

void reportError(const SocketPointer &socket, const Arguments &args)
{
    if (!args.at(0).isNullish())
        socket->emitEvent(u"event-error"_s, {objectOf({{u"message"_s, args.at(0)[u"message"]}})});
}

void sendMany(const SocketPointer &socket, const Arguments &args, const QString &event,
              const EmitFlags &flags)
{
    const double count = countOf(args.at(0), mostEvents);
    for (int i = 1; i <= count; ++i)
        socket->emitEvent(event, {JsValue(i)}, flags);
    answer(args.ackAt(1), objectOf({{u"ok"_s, JsValue(true)}, {u"count"_s, JsValue(count)}}));
}

void sendBytes(const SocketPointer &socket, const Arguments &args)
{
    const double size = countOf(args.at(0), mostBytes);
    QByteArray bytes(static_cast<qsizetype>(std::max(0.0, size)), '\0');
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(i & 255);
    socket->emitEvent(u"bytes"_s, {JsValue::buffer(bytes)});
    answer(args.ackAt(1),
           objectOf({{u"ok"_s, JsValue(true)},
                     {u"bytes"_s, JsValue(size)},
                     {u"sha256"_s, JsValue(sha256(bytes))}}));
}

void binaryInfo(const SocketPointer &, const Arguments &args)
{
    const JsValue value = args.at(0);
    if (!value.isBuffer()) {
        answer(args.ackAt(1), failure(u"binary expected"_s));
        return;
    }
    const QByteArray bytes = value.toBuffer();
    answer(args.ackAt(1),
           objectOf({{u"ok"_s, JsValue(true)},
                     {u"bytes"_s, JsValue(static_cast<qint64>(bytes.size()))},
                     {u"sha256"_s, JsValue(sha256(bytes))}}));
}

void binaryReverse(const SocketPointer &, const Arguments &args)
{
    const JsValue value = args.at(0);
    if (!value.isBuffer() && !value.isString())
        return;
    QByteArray bytes = value.isBuffer() ? value.toBuffer() : value.toString().toUtf8();
    std::reverse(bytes.begin(), bytes.end());
    answer(args.ackAt(1), JsValue::buffer(bytes));
}

void askMe(const SocketPointer &socket, const Arguments &args)
{
    const Ack ack = args.ackAt(1);
    socket->emitWithAck(u"question"_s, {args.at(0)}, answerTimeout,
                        [ack](bool timedOut, const QList<JsValue> &answers) {
                            answer(ack,
                                   timedOut ? failure(u"no answer"_s)
                                            : objectOf({{u"ok"_s, JsValue(true)},
                                                        {u"answer"_s, answers.value(0)}}));
                        });
}

/// Array.prototype.sort() without a comparer: by their texts.
JsValue sortedValues(QList<JsValue> values)
{
    std::sort(values.begin(), values.end(), [](const JsValue &a, const JsValue &b) {
        return !a.isUndefined() && (b.isUndefined() || a.asText() < b.asText());
    });
    return JsValue::array(values);
}

void askRoom(Namespace &nsp, const Arguments &args)
{
    const Ack ack = args.ackAt(2);
    nsp.in(roomNames(args.at(0)))
        .emitWithAck(u"question"_s, {args.at(1)}, roomAnswerTimeout,
                     [ack](bool timedOut, const QList<JsValue> &answers) {
                         answer(ack,
                                objectOf({{u"ok"_s, JsValue(!timedOut)},
                                          {u"answers"_s, sortedValues(answers)}}));
                     });
}

} // namespace

void DemoApp::setUpMain(Namespace &nsp)
{
    nsp.use(rejectOnDemand);
    nsp.onConnection(
        [](const SocketPointer &socket) { socket->emitEvent(u"auth"_s, {socket->auth()}); });
    nsp.useForEvents([](const QString &event) -> std::optional<QString> {
        return event == u"forbidden" ? std::optional(u"event not allowed"_s) : std::nullopt;
    });
    nsp.on(u"error"_s, reportError);
    setUpCommon(nsp);
    setUpMainAnswers(nsp);
    setUpMainBytes(nsp);
    setUpMainQuestions(nsp);
}

void DemoApp::setUpMainAnswers(Namespace &nsp)
{
    nsp.on(u"message"_s, [](const SocketPointer &socket, const Arguments &args) {
        socket->emitEvent(u"message-back"_s, args.values);
    });
    nsp.on(u"message-with-ack"_s, [](const SocketPointer &, const Arguments &args) {
        if (args.ack)
            args.ack(args.values);
    });
    nsp.on(u"save-message"_s, [this](const SocketPointer &, const Arguments &args) {
        const Ack ack = args.ackAt(1);
        if (!ack)
            return;
        const JsValue text = args.at(0)[u"text"];
        if (text.toString().trimmed().isEmpty()) {
            answer(ack, failure(u"text is required"_s));
            return;
        }
        answer(ack,
               objectOf({{u"ok"_s, JsValue(true)},
                         {u"id"_s, JsValue(++m_savedMessages)},
                         {u"text"_s, text}}));
    });
    nsp.on(u"slow-ack"_s, [this](const SocketPointer &, const Arguments &args) {
        answerLater(countOf(args.at(0), longestWait), args.at(0), args.ackAt(1));
    });
    nsp.on(u"double-ack"_s, [](const SocketPointer &, const Arguments &args) {
        const Ack ack = args.ackAt(0);
        answer(ack, JsValue(u"first"_s));
        answer(ack, JsValue(u"second"_s));
    });
}

void DemoApp::answerLater(double milliseconds, const JsValue &asked, const Ack &ack)
{
    if (!ack)
        return;
    const auto place = m_slowAnswers.insert(m_slowAnswers.end(), nullptr);
    *place = std::make_unique<TimerQueue::Timer>(m_server.timers(), [this, place, asked, ack] {
        const socketio::Ack answering = ack;
        const JsValue waited = asked;
        m_slowAnswers.erase(place);
        answer(answering, objectOf({{u"ok"_s, JsValue(true)}, {u"waited"_s, waited}}));
    });
    (*place)->start(static_cast<qint64>(std::max(1.0, milliseconds)));
}

void DemoApp::setUpMainBytes(Namespace &nsp)
{
    nsp.on(u"binary-info"_s, binaryInfo);
    nsp.on(u"binary-reverse"_s, binaryReverse);
    nsp.on(u"send-bytes"_s, sendBytes);
    nsp.on(u"send-many"_s, [](const SocketPointer &socket, const Arguments &args) {
        sendMany(socket, args, u"item"_s, {});
    });
    nsp.on(u"send-volatile"_s, [](const SocketPointer &socket, const Arguments &args) {
        EmitFlags flags;
        flags.isVolatile = true;
        sendMany(socket, args, u"tick"_s, flags);
    });
}

void DemoApp::setUpMainQuestions(Namespace &nsp)
{
    nsp.on(u"ask-me"_s, askMe);
    nsp.on(u"ask-room"_s,
           [&nsp](const SocketPointer &, const Arguments &args) { askRoom(nsp, args); });
    nsp.on(u"kick-me"_s, [](const SocketPointer &socket, const Arguments &args) {
        socket->disconnect(args.at(0) == JsValue(true));
    });
    nsp.on(u"drop-me"_s,
           [](const SocketPointer &socket, const Arguments &) { socket->closeConnection(); });
}

} // namespace rt
