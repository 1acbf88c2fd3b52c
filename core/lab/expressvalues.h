// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <QByteArray>

namespace rt {

/// Where a value stands in the generated code: the stage and, dotted, the option.
struct OptionPlace
{
    QByteArray stage;
    QByteArray option;
};

/// Lab files stand for functions and other things JSON cannot say with objects of their own; true
/// when this value of this option does.
bool standsForCode(const OptionPlace &place, const JsValue &value);
/// A value as JavaScript on one line, with real code in place of everything that stands for it.
QString expressLiteral(const OptionPlace &place, const JsValue &value);
/// A member's name: constants of node:zlib by their names, everything else as a plain key.
QString expressKey(const OptionPlace &above, const QString &name);

/// npm cors, `origin` as a function: what decides whether the caller is on the list, with the list
/// under the name `list` or in place.
QString originListed(const JsValue &callback, const QString &list = {});
/// The list itself.
QString originList(const JsValue &callback);
/// The calls of done() for callers on the list and for all others.
QString originGranted(const JsValue &callback);
QString originDenied(const JsValue &callback);

} // namespace rt
