// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArrayList>
#include <QCoreApplication>
#include <QString>

#include <optional>

namespace rt {

/// Translation context of everything the rules say.
class RuleText
{
    Q_DECLARE_TR_FUNCTIONS(RuleText)
};

/// Text from the wire for a sentence: bytes as Latin-1, cut when it would fill the page.
QString shown(QByteArrayView bytes);
/// "PUT", "PUT and DELETE", "PUT, PATCH and DELETE".
QString listed(const QByteArrayList &names);
/// "5 seconds", "10 minutes", "1 hour", "12 months": the largest unit that divides it.
QString duration(qint64 seconds);
/// "412 bytes", "1.2 kB".
QString byteCount(qint64 bytes);

/// Members of a comma-separated field value, trimmed, without empty ones (RFC 9110 §5.6.1).
QByteArrayList commaList(QByteArrayView value);
bool containsIgnoringCase(const QByteArrayList &list, QByteArrayView member);
/// The value up to the first ';', in lower case.
QByteArray essence(QByteArrayView value);
/// Decimal digits with an optional sign, or nullopt.
std::optional<qint64> wholeNumber(QByteArrayView value);

} // namespace rt
