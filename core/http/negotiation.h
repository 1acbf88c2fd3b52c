// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <optional>

namespace rt {

/// npm negotiator 0.6.4 encodings(available, preferred): the acceptable ones, best first. An absent
/// header counts as empty (only identity is acceptable).
QByteArrayList acceptableEncodings(QByteArrayView acceptEncoding, const QByteArrayList &available,
                                   const QByteArrayList &preferred = {});
/// negotiator mediaTypes(available): the acceptable ones, best first. No header: all of them.
QByteArrayList acceptableMediaTypes(const std::optional<QByteArray> &accept,
                                    const QByteArrayList &available);
/// npm accepts 1.3 types(types) of media types or extensions: the best entry, or nothing.
std::optional<QByteArray> accepts(const std::optional<QByteArray> &accept,
                                  const QByteArrayList &types);

} // namespace rt
