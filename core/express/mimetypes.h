// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace rt {

/// npm mime 1.6 lookup(), which res.type() uses; "application/octet-stream" when unknown. Differs
/// from mime-types (see mediaTypeOfExtension()) in a few entries.
QByteArray mimeLookup(QByteArrayView extensionOrName);
/// What res.set('Content-Type', value) makes of `value`: adds the charset of text types.
QByteArray withDefaultCharset(const QByteArray &value);

} // namespace rt
