// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

#include <QStringList>

#include <optional>

namespace rt {

/// What several of helmet's headers do with their options.
///
/// JavaScript's complaint when a member is read from null; nothing for any other value.
std::optional<QString> unreadable(const JsValue &options, const QString &member);
/// `policy`, which must be one of a few words.
Result<QByteArray> policyValue(const JsValue &options, const QString &header,
                               const QString &otherwise, const QStringList &allowed);

} // namespace rt
