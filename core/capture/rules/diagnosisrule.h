// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/rules/facts.h"

#include <vector>

namespace rt {

/// What a diagnosis may look at: the exchange that decided, and the call if there is one.
class Case
{
public:
    Case(const ExchangeRecord &decisive, const CallRecord *call);

    Facts facts;
    /// The origin that asked: what the Origin header said, else the page.
    QByteArray origin;
    /// What the page wanted to send.
    QByteArray method;
    /// The server: virtual origin without the scheme, as a person would name it.
    QString server;
    /// Chromium's or our parameter of the failed step's evidence.
    const AlgorithmStep *failedStep = nullptr;

    /// "The browser did not send the PUT" on a preflight, "The browser hid the answer from the
    /// page" otherwise; "A browser would …" when the client was another program.
    QString whatTheBrowserDid() const;
    /// A setting of the server that handled the deciding exchange.
    JsValue setting(QByteArrayView path) const { return facts.setting(path); }
    bool knowsSettings() const { return facts.knowsSettings(); }
};

/// Explains one reason: fills in story, cause, remedy, fixes.
struct DiagnosisRule
{
    const char *reason;
    void (*explain)(const Case &decided, Diagnosis &diagnosis);
};
using DiagnosisRules = std::vector<DiagnosisRule>;

const DiagnosisRules &corsDiagnoses();
const DiagnosisRules &preflightDiagnoses();
const DiagnosisRules &netDiagnoses();
const DiagnosisRules &pageDiagnoses();

/// What the CORS protocol makes of an exchange that no built-in browser judged; empty when it
/// passes.
QByteArray corsReason(const Facts &facts);

/// "server." + option, with a label that names both.
void addFix(Diagnosis &diagnosis, const QByteArray &option, const JsValue &value);
/// The fix that lets `decided.origin` read answers, keeping who may already.
void addOriginFix(const Case &decided, Diagnosis &diagnosis);

} // namespace rt
