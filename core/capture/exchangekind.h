// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"

namespace rt {

/// From the names of the check language ("preflight", "actual" ...); Actual when unknown.
ExchangeRecord::Kind exchangeKind(QByteArrayView name);
QByteArray exchangeKindName(ExchangeRecord::Kind kind);
/// What a request from outside the lab is, judged by what it says of itself (Sec-Fetch-*, the
/// preflight's two headers) and by who answered it.
ExchangeRecord::Kind guessedKind(const ServerReport &report);
/// True for a CORS-preflight request: https://fetch.spec.whatwg.org/#cors-preflight-request
bool isPreflight(const RequestHead &request);

} // namespace rt
