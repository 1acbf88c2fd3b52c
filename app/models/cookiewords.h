// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace rt {

/// A sentence for the short word that says why a cookie stayed at home or was refused
/// ("samesite-lax", CallRecord::withheld and rejected). The word itself when it is unknown.
QString cookieWordSentence(const QByteArray &word);

} // namespace rt
