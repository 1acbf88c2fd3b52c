// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/message.h"

namespace rt {

/// Request line, fields and empty line. Adds nothing of its own.
QByteArray writeRequestHead(const RequestHead &head);
/// Status line, fields and empty line. Adds nothing of its own; the version is written as 1.1
/// whatever `head.version` says, as Node does.
QByteArray writeResponseHead(const ResponseHead &head);
/// The same, appended to what is there.
void appendResponseHead(QByteArray &out, const ResponseHead &head);

/// One chunk of the chunked transfer coding; nothing for no bytes (an empty chunk would end it).
QByteArray writeChunk(QByteArrayView data);
/// The chunk that ends the content, with the trailer section.
QByteArray lastChunk(const HeaderList &trailers = {});

/// Node's http.STATUS_CODES; empty for a status it does not know.
QByteArray reasonPhrase(int status);

/// RFC 9110 token: what Node's setHeader accepts as a name.
bool isToken(QByteArrayView text);
/// What Node's setHeader accepts as a value: tab and everything from space on but DEL.
bool isFieldValue(QByteArrayView value);

} // namespace rt
