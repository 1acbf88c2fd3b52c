// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/message.h"

namespace rt {

/// new URL(req.url, base).pathname: without query, dot segments resolved. Empty when it is no URL.
QByteArray requestPath(const RequestHead &head);
/// url.searchParams.get(name): the first value; nullopt when absent.
std::optional<QString> requestParameter(const RequestHead &head, QStringView name);

} // namespace rt
