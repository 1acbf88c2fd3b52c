// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "capture/bodylayout.h"
#include "capture/capturestore.h"

#include <optional>

namespace rt {

/// Version of the records in a capture file. Fields are only ever added at the end of a record, so
/// a newer program reads older files; what is newer than this is refused.
inline constexpr int recordFormat = 3;

/// `settings`: number under which the file keeps `record.server.settings`; 0 for none.
QByteArray encodeExchange(const ExchangeRecord &record, const BodyLayout &layout, quint64 settings);
struct DecodedExchange
{
    ExchangeRecord record;
    quint64 settings = 0;
};
/// `bodies` is the blob of gatherBodies(), or nullopt when it was dropped.
std::optional<DecodedExchange> decodeExchange(QByteArrayView bytes,
                                              const std::optional<QByteArray> &bodies);

QByteArray encodeSummary(const ExchangeSummary &summary);
std::optional<ExchangeSummary> decodeSummary(QByteArrayView bytes);
QByteArray encodeCall(const CallRecord &call);
std::optional<CallRecord> decodeCall(QByteArrayView bytes);
QByteArray encodeChange(const ChangeRecord &change);
std::optional<ChangeRecord> decodeChange(QByteArrayView bytes);
QByteArray encodeAct(const ActRecord &act);
std::optional<ActRecord> decodeAct(QByteArrayView bytes);

} // namespace rt
