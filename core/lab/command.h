// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <QByteArray>

namespace rt {

/// One thing a person, a lesson's solution or the command line does to the lab. The GUI, the robot
/// and the CLI all go through this, so what a lesson proves is what a learner can do.
/// Verbs and arguments are the actions of the lesson format:
///   set {path, to} · order {names} · page {origin} · send {method, path|url, headers,
///   json|form|text, mode, credentials, redirect, cache} · raw {…as send} · form {…as send} ·
///   navigate {path|url} · load {as: img|script|style|iframe, path|url} ·
///   console {value: "document.cookie"}: leaves an act of that name with what script reads ·
///   advance {milliseconds} · clearPreflightCache · reset · server {value: "restart"} ·
///   cookie {edit|delete|copy|restore}, see CookieEdit · storage {set|delete|clear}, see
///   StorageEdit · jwt {edit|sign|forget}, see HeldToken · jwt {crack}: tries bad secrets, leaves
///   an act "jwt.crack" with the one that fits
struct Command
{
    QByteArray verb;
    JsValue arguments;
    bool byLesson = false;
};

/// The virtual origins of the lessons: "$app" -> "http://app.shop.test:3000". Empty when unknown.
QByteArray virtualOrigin(QByteArrayView symbol);
/// Replaces a leading "$name" of a URL or origin by its virtual origin.
QString resolveSymbols(const QString &text);
/// "10s", "11m", "250ms" -> milliseconds; -1 when it is no duration.
qint64 parseDuration(QStringView text);

} // namespace rt
