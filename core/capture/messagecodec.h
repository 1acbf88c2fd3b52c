// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/bytestream.h"
#include "http/wireobserver.h"

namespace rt {

/// The parts of a record as they stand in a capture file. A head is written once when both ends saw
/// the same (`other`), and its bytes only when they differ from the plain spelling of its fields.
void writeRequest(ByteWriter &out, const RequestHead &head, QByteArrayView bytes,
                  const RequestHead *other);
/// Returns the head's bytes.
QByteArray readRequest(ByteReader &in, RequestHead &head, const RequestHead *other);
void writeResponse(ByteWriter &out, const ResponseHead &head, QByteArrayView bytes,
                   const ResponseHead *other);
QByteArray readResponse(ByteReader &in, ResponseHead &head, const ResponseHead *other);

void writeHeaders(ByteWriter &out, const HeaderList &headers);
HeaderList readHeaders(ByteReader &in);
void writeStage(ByteWriter &out, const StageRecord &stage);
StageRecord readStage(ByteReader &in);
void writeDecisions(ByteWriter &out, const std::vector<Decision> &decisions);
std::vector<Decision> readDecisions(ByteReader &in);

} // namespace rt
