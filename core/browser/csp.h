// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/origin.h"
#include "http/headerlist.h"

#include <QStringList>

#include <vector>

namespace rt {

/// One directive of a policy: name in lower case, values as given.
struct CspDirective
{
    QByteArray name;
    QByteArrayList values;
    /// As the console quotes it: name, a space, the values as written.
    QByteArray text;
};

/// One serialized policy; the first directive of a name counts.
struct CspPolicy
{
    bool reportOnly = false;
    std::vector<CspDirective> directives;
    /// What the console says about it when its document begins.
    QStringList problems;
    const CspDirective *find(QByteArrayView name) const;
};

/// All policies of a response: enforced ones, then report-only ones; a comma separates policies.
/// https://w3c.github.io/webappsec-csp/#parse-response-csp
std::vector<CspPolicy> parsePolicies(const HeaderList &headers);

/// What the console says about all of them when a document begins to live by them.
QStringList problemsOf(const std::vector<CspPolicy> &policies);

/// What the page wants to do.
enum class CspUse {
    Connect,
    Script,
    Style,
    Image,
    Frame,
    FormAction,
    BaseUri,
    InlineScript,
    InlineStyle,
    FrameAncestors,
};

struct CspSubject
{
    CspUse use = CspUse::Connect;
    /// Not for inline uses.
    Url url;
    /// The page's origin ('self'); for frame-ancestors that of the framed document.
    Origin self;
    /// Paths of host sources do not count behind a redirect.
    bool redirected = false;
    QByteArray nonce;
    /// Text of an inline script or style, for hash sources.
    QByteArray inlineText;
};

/// A policy that forbids it, and by which directive.
struct CspViolation
{
    const CspPolicy *policy = nullptr;
    /// The directive that decided ("default-src").
    QByteArray directive;
    /// The one that would have decided had it been there ("connect-src").
    QByteArray effectiveDirective;
    /// The directive as the console quotes it.
    QByteArray text;
    bool reportOnly() const { return policy->reportOnly; }
};

/// One entry per policy that forbids it.
std::vector<CspViolation> cspViolations(const std::vector<CspPolicy> &policies,
                                        const CspSubject &subject);
/// Some policy that is enforced forbids it.
bool isBlockedByCsp(const std::vector<CspViolation> &violations);

/// https://w3c.github.io/webappsec-csp/#match-url-to-source-expression for a host or scheme source.
bool cspSourceMatches(QByteArrayView source, const CspSubject &subject);
/// A host or scheme source as Chromium prints what it parsed: scheme and host in lower case.
QByteArray cspSourceText(QByteArrayView source);
/// "sha256-…" of an inline script, as a policy must name it.
QByteArray cspHash(QByteArrayView text);

} // namespace rt
