// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/thrown.h"

namespace rt {

/// npm keygrip 1.1: signatures by HMAC-SHA-1 in base64url without padding. The first key signs, all
/// verify, which is how keys are rotated.
class Keygrip
{
public:
    explicit Keygrip(QList<JsValue> keys) : m_keys(std::move(keys)) { }

    /// Throws what crypto.createHmac() throws for a key that is no text.
    OrThrown<QString> sign(const QString &data) const;
    /// Which key made `digest`; -1 when none did.
    OrThrown<int> index(const QString &data, const QString &digest) const;

private:
    static OrThrown<QString> signWith(const QString &data, const JsValue &key);

    QList<JsValue> m_keys;
};

} // namespace rt
