// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace rt {

/// npm encodeurl 1.0/2.0 of UTF-8 text: percent-encodes what may not stand in a URL, keeps escapes.
QByteArray encodeUrl(QByteArrayView utf8);
/// npm escape-html 1.0.3.
QByteArray escapeHtml(QByteArrayView text);
QString escapeHtml(const QString &text);

} // namespace rt
