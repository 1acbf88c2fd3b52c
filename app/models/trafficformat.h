// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace rt {

/// "306 B", "1.2 kB", "3.4 MB": decimal units, as browsers' tools show them.
QString bytesText(qint64 bytes);
/// "0.4 ms", "12 ms", "1.2 s".
QString durationText(double milliseconds);
/// "12 \u00b5s", "1.4 ms": for times too short for durationText().
QString microsecondsText(qint64 nanoseconds);
/// "+10:00", "+1 d 02:00:00": how far the lab clock has been moved; empty for nothing.
QString clockOffsetText(qint64 milliseconds);
/// "app page" for http://app.shop.test:3000, "raw" for no page.
QString pageText(const QByteArray &origin);
/// The words after a status code (RFC 9110 §15), empty when unknown.
QString statusPhrase(int status);

} // namespace rt
