// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/integrity.h"

#include <QCryptographicHash>

#include <algorithm>

namespace rt {

namespace {

struct KnownHash
{
    QByteArray prefix;
    QCryptographicHash::Algorithm algorithm;
};

/// Strongest first: weaker ones beside it do not count.
const KnownHash hashes[] = {
    {"sha512-", QCryptographicHash::Sha512},
    {"sha384-", QCryptographicHash::Sha384},
    {"sha256-", QCryptographicHash::Sha256},
};

/// Standard base64 with the URL alphabet mapped back; options behind '?' left out.
QByteArray digestOf(const QByteArray &item, const QByteArray &prefix)
{
    QByteArray digest = item.mid(prefix.size());
    const qsizetype options = digest.indexOf('?');
    if (options >= 0)
        digest.truncate(options);
    return digest.replace('-', '+').replace('_', '/');
}

} // namespace

QByteArray sha256Base64(const QByteArray &body)
{
    return QCryptographicHash::hash(body, QCryptographicHash::Sha256).toBase64();
}

IntegrityReason checkIntegrity(const QByteArray &metadata, const QByteArray &body,
                               ResponseType type)
{
    const QByteArrayList items = metadata.simplified().split(' ');
    for (const KnownHash &hash : hashes) {
        const bool used = std::any_of(items.begin(), items.end(), [&](const QByteArray &item) {
            return item.startsWith(hash.prefix);
        });
        if (!used)
            continue;
        if (type != ResponseType::Basic && type != ResponseType::Cors)
            return IntegrityReason::NotEligible;
        const QByteArray actual = QCryptographicHash::hash(body, hash.algorithm).toBase64();
        const bool matches = std::any_of(items.begin(), items.end(), [&](const QByteArray &item) {
            return item.startsWith(hash.prefix) && digestOf(item, hash.prefix) == actual;
        });
        return matches ? IntegrityReason::Matches : IntegrityReason::Mismatch;
    }
    return IntegrityReason::NoKnownHash;
}

QByteArray integrityReasonId(IntegrityReason reason)
{
    switch (reason) {
    case IntegrityReason::Matches:
        return "integrity.Matches";
    case IntegrityReason::NoKnownHash:
        return "integrity.NoKnownHash";
    case IntegrityReason::Mismatch:
        return "integrity.Mismatch";
    case IntegrityReason::NotEligible:
        return "integrity.NotEligible";
    }
    return {};
}

QString integritySentence(IntegrityReason reason)
{
    switch (reason) {
    case IntegrityReason::Matches:
        return QStringLiteral("The body has the hash the request asks for.");
    case IntegrityReason::NoKnownHash:
        return QStringLiteral(
            "The integrity value names no hash this browser knows; it is ignored.");
    case IntegrityReason::Mismatch:
        return QStringLiteral("The body does not have the hash the request asks for.");
    case IntegrityReason::NotEligible:
        return QStringLiteral("An opaque answer cannot be checked against a hash.");
    }
    return {};
}

} // namespace rt
