// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace rt {

class HeaderList;

enum class EtagStrength { Weak, Strong };

/// npm etag 1.8.1 of a body.
QByteArray etag(QByteArrayView body, EtagStrength strength = EtagStrength::Weak);

/// npm fresh 0.5.2: may the answer be 304? Only `Fresh` says yes.
enum class Freshness {
    Fresh,
    Unconditional,
    NoCacheRequested,
    NoEtag,
    EtagDiffers,
    NoLastModified,
    ModifiedSince,
};
/// "fresh.EtagDiffers"
QByteArray freshnessId(Freshness freshness);
Freshness freshness(const HeaderList &request, const HeaderList &response);

} // namespace rt
