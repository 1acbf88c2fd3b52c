// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "socketio/socket.h"

namespace rt::demo {

/// {"ok": true, ...}
JsValue objectOf(std::initializer_list<std::pair<QString, JsValue>> members);
JsValue failure(const QString &error);
/// Array.prototype.sort() of texts: by UTF-16 code units.
JsValue sortedTexts(QStringList texts);
/// The rooms a socket joined, without its own.
JsValue roomsOf(const socketio::Socket &socket);
JsValue whoAmI(const socketio::Socket &socket);
/// Calls it when the client asked for an answer.
void answer(const socketio::Ack &ack, const JsValue &value);
/// Math.min(Number(value) || 0, most), not below 0.
double countOf(const JsValue &value, double most);
/// The names of a room argument: a text, or a list of texts.
QStringList roomNames(const JsValue &value);
QString sha256(const QByteArray &bytes);

} // namespace rt::demo
