// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"

namespace rt {

/// One hand a response header went through.
struct HeaderTouch
{
    QByteArray stage;
    HeaderChange::Kind kind = HeaderChange::Kind::Added;
    /// In the stage's callback just before the head was written.
    bool late = false;
    friend bool operator==(const HeaderTouch &, const HeaderTouch &) = default;
};

/// What one header (or its absence) says in this exchange: one row of the inspector.
struct Annotation
{
    enum class Tone { Neutral, Good, Caution, Bad };

    /// Rule id, for example "cors.allowOrigin".
    QByteArray id;
    Tone tone = Tone::Neutral;
    bool onRequest = false;
    /// Header name as on the wire; empty for the start line.
    QByteArray header;
    QByteArray value;
    /// The header is missing and that decided something, or a stage took it away.
    bool absent = false;
    /// "What it says here": plain English.
    QString meaning;
    /// Who set it last: stage name ("cors"), "express", "node", "browser", "script", "jar" (the
    /// browser's cookies), "client" (the raw tool, or a program from outside), "proxy"; empty when
    /// unknown.
    QByteArray setBy;
    /// The call or rule by which that one did it, in a few words: "res.json", "keepAliveTimeout",
    /// "script may not set it"; empty when the option says it all.
    QString how;
    /// Every stage that set, changed or removed it, in the order of time.
    std::vector<HeaderTouch> touches;
    /// The option that made it so, dotted ("cors.origin"); empty when no option did.
    QByteArray option;
    bool optionIsDefault = false;
    /// "RFC 9110 §12.5.5", "Fetch §3.3.3": where to read on.
    QString reference;
    QString referenceUrl;
};

/// A change of a setting that would mend a diagnosis: what "Apply fix" does.
struct Fix
{
    /// Dotted setting path with its root, for example "server.cors.credentials".
    QByteArray path;
    JsValue value;
    QString label;
};

/// Why a call came out as it did, in one paragraph, with what mends it.
struct Diagnosis
{
    QByteArray reason;
    Annotation::Tone tone = Annotation::Tone::Neutral;
    /// One sentence: what happened.
    QString story;
    QString cause;
    QString remedy;
    /// Changes that together mend it; empty when no setting of the lab can.
    std::vector<Fix> fixes;
};

/// All annotations of one exchange: start lines, request headers, response headers in wire order,
/// then absent headers that mattered. `call` may be null (external client, imported capture).
std::vector<Annotation> annotate(const ExchangeRecord &exchange, const CallRecord *call);

/// `exchanges` are those of the call that are known, in order.
Diagnosis diagnose(const CallRecord &call, const std::vector<ExchangeRecord> &exchanges);
/// For an exchange without a call.
Diagnosis diagnose(const ExchangeRecord &exchange);

/// One sentence for the head of the inspector: what happened and why.
QString storyOf(const CallRecord &call, const std::vector<ExchangeRecord> &exchanges);

} // namespace rt
