// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/headerlist.h"

#include <QString>
#include <optional>

#include <vector>

namespace rt {

/// Why a request header needs the server's permission, or does not.
enum class HeaderSafety {
    Safelisted,
    UnknownName,
    UnsafeByte,
    ValueTooLong,
    ContentTypeNotSimple,
    NotASimpleRange,
    UnsafeValue,
    SafelistTooLong,
};

/// https://fetch.spec.whatwg.org/#cors-safelisted-request-header for one header.
HeaderSafety headerSafety(QByteArrayView name, QByteArrayView value);
/// https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header
bool isNoCorsSafelisted(QByteArrayView name, QByteArrayView value);
/// "safelist.UnsafeByte"
QByteArray headerSafetyId(HeaderSafety safety);
QString headerSafetySentence(HeaderSafety safety, const QByteArray &name);

struct UnsafeHeader
{
    /// Lower case.
    QByteArray name;
    HeaderSafety why = HeaderSafety::UnknownName;
};
/// https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names: sorted by byte, each once.
std::vector<UnsafeHeader> corsUnsafeRequestHeaders(const HeaderList &headers);

/// GET, HEAD and POST, compared with case (the method is normalised before).
bool isCorsSafelistedMethod(QByteArrayView method);

} // namespace rt
