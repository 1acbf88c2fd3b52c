// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

#include <QByteArray>

namespace rt {

class LabConfig;
struct CallRecord;

/// The JSON Web Token a client keeps: the last one an answer gave it as `token`, or what somebody
/// made of it since. A request carries it where `{{token}}` stands in the value of a header. Holds
/// text only; whether it is any good is the server's business.
class HeldToken
{
public:
    const QByteArray &text() const { return m_text; }
    void setText(const QByteArray &token) { m_text = token; }
    /// Keeps the member `token` of an answer script could read.
    void notice(const CallRecord &call);

    /// The verb `jwt`: {"edit": {header, payload, signature}} merges members into the first two
    /// parts and leaves the signature as it is, unless `signature` names another;
    /// {"sign": {header, payload, algorithm, secret}} merges and signs anew, with the text of
    /// `secret` or, without one, with the public key of `config` as if it were a secret;
    /// {"forget": true} drops it. The error says what is missing. RFC 7515 §7.1
    Result<void> apply(const JsValue &arguments, const LabConfig &config);
    /// The first word of a short list of bad secrets that the signature (HS256, HS384, HS512)
    /// belongs to; empty when none is.
    QString crack() const;

private:
    Result<void> edit(const JsValue &change);
    Result<void> sign(const JsValue &change, const LabConfig &config);

    QByteArray m_text;
};

} // namespace rt
