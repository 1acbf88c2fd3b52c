// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace rt {

class Facts;

/// What exactly makes two origins differ, as a sentence: "the port differs (3000 and 3001)."
QString originDifference(QByteArrayView allowed, QByteArrayView origin);
/// Why the cors middleware did not name the origin; empty when that is not known.
QString whyNoAllowOrigin(const Facts &facts);

} // namespace rt
