// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/csp.h"

#include "browser/cspproblems.h"
#include "browser/fieldvalue.h"

#include <QCryptographicHash>

namespace rt {

namespace {

/// The directives that can decide, most specific first.
QByteArrayList directivesFor(CspUse use)
{
    switch (use) {
    case CspUse::Connect:
        return {"connect-src", "default-src"};
    case CspUse::Script:
    case CspUse::InlineScript:
        return {"script-src-elem", "script-src", "default-src"};
    case CspUse::Style:
    case CspUse::InlineStyle:
        return {"style-src-elem", "style-src", "default-src"};
    case CspUse::Image:
        return {"img-src", "default-src"};
    case CspUse::Frame:
        return {"frame-src", "child-src", "default-src"};
    case CspUse::FormAction:
        return {"form-action"};
    case CspUse::BaseUri:
        return {"base-uri"};
    case CspUse::FrameAncestors:
        return {"frame-ancestors"};
    }
    return {};
}

QByteArrayList words(const QByteArray &text)
{
    QByteArrayList list = text.simplified().split(' ');
    list.removeAll(QByteArray());
    return list;
}

CspPolicy parsePolicy(QByteArrayView text, bool reportOnly)
{
    CspPolicy policy;
    policy.reportOnly = reportOnly;
    for (const QByteArray &part : text.toByteArray().split(';')) {
        QByteArrayList tokens = words(part);
        if (tokens.isEmpty())
            continue;
        CspDirective directive;
        const QByteArray name = tokens.takeFirst();
        directive.name = name.toLower();
        if (!isCspDirectiveName(name)) {
            policy.problems.append(cspBadName(name));
            continue;
        }
        if (policy.find(directive.name)) {
            policy.problems.append(cspDuplicate(directive.name));
            continue;
        }
        directive.values = tokens;
        directive.text = directive.name + ' ' + tokens.join(' ');
        policy.problems += isCspDirective(directive.name)
            ? cspProblems(directive)
            : QStringList {cspUnknown(directive.name)};
        policy.directives.push_back(std::move(directive));
    }
    return policy;
}

void parseInto(std::vector<CspPolicy> &policies, const HeaderList &headers, const char *name)
{
    const bool reportOnly = QByteArrayView(name).endsWith("Report-Only");
    for (const QByteArray &field : headers.all(name)) {
        for (const QByteArray &text : field.split(',')) {
            CspPolicy policy = parsePolicy(text, reportOnly);
            if (!policy.directives.empty() || !policy.problems.isEmpty())
                policies.push_back(std::move(policy));
        }
    }
}

bool hasKeyword(const CspDirective &directive, QByteArrayView keyword)
{
    return std::any_of(directive.values.begin(), directive.values.end(),
                       [&](const QByteArray &v) { return equalsIgnoringCase(v, keyword); });
}

bool hasNonce(const CspDirective &directive, const QByteArray &nonce)
{
    return !nonce.isEmpty() && directive.values.contains("'nonce-" + nonce + '\'');
}

/// Any nonce or hash in the list switches 'unsafe-inline' off.
bool hasNonceOrHash(const CspDirective &directive)
{
    return std::any_of(directive.values.begin(), directive.values.end(), [](const QByteArray &v) {
        return v.startsWith("'nonce-") || v.startsWith("'sha");
    });
}

QByteArray digest(QByteArrayView text, QCryptographicHash::Algorithm algorithm)
{
    return QCryptographicHash::hash(text.toByteArray(), algorithm).toBase64();
}

bool allowsInline(const CspDirective &directive, const CspSubject &subject)
{
    if (hasNonce(directive, subject.nonce))
        return true;
    const QByteArrayList hashes = {
        "'sha256-" + digest(subject.inlineText, QCryptographicHash::Sha256) + '\'',
        "'sha384-" + digest(subject.inlineText, QCryptographicHash::Sha384) + '\'',
        "'sha512-" + digest(subject.inlineText, QCryptographicHash::Sha512) + '\'',
    };
    const bool hashed = std::any_of(hashes.begin(), hashes.end(), [&](const QByteArray &hash) {
        return directive.values.contains(hash);
    });
    return hashed || (hasKeyword(directive, "'unsafe-inline'") && !hasNonceOrHash(directive));
}

bool allows(const CspDirective &directive, const CspSubject &subject)
{
    if (subject.use == CspUse::InlineScript || subject.use == CspUse::InlineStyle)
        return allowsInline(directive, subject);
    const bool takesNonce = subject.use == CspUse::Script || subject.use == CspUse::Style;
    if (takesNonce && hasNonce(directive, subject.nonce))
        return true;
    // Scripts put in by a script are trusted as it is; the lab has no other ones.
    if (subject.use == CspUse::Script && hasKeyword(directive, "'strict-dynamic'"))
        return true;
    return std::any_of(directive.values.begin(), directive.values.end(),
                       [&](const QByteArray &v) { return cspSourceMatches(v, subject); });
}

/// Chromium checks framing outside the page and prints the list it parsed, not the text as written.
QByteArray normalizedText(const CspDirective &directive)
{
    QByteArrayList sources;
    bool self = false;
    for (const QByteArray &value : directive.values) {
        if (value == "*")
            return directive.name + " *";
        if (equalsIgnoringCase(value, "'self'"))
            self = true;
        else if (!value.startsWith('\'') && isCspSource(value))
            sources.append(cspSourceText(value));
    }
    if (self)
        sources.prepend("'self'");
    return directive.name + ' ' + (sources.isEmpty() ? QByteArray("'none'") : sources.join(' '));
}

} // namespace

QStringList problemsOf(const std::vector<CspPolicy> &policies)
{
    QStringList problems;
    for (const CspPolicy &policy : policies)
        problems += policy.problems;
    return problems;
}

const CspDirective *CspPolicy::find(QByteArrayView name) const
{
    const auto found = std::find_if(directives.begin(), directives.end(),
                                    [&](const CspDirective &d) { return d.name == name; });
    return found == directives.end() ? nullptr : &*found;
}

std::vector<CspPolicy> parsePolicies(const HeaderList &headers)
{
    std::vector<CspPolicy> policies;
    parseInto(policies, headers, "Content-Security-Policy");
    parseInto(policies, headers, "Content-Security-Policy-Report-Only");
    return policies;
}

std::vector<CspViolation> cspViolations(const std::vector<CspPolicy> &policies,
                                        const CspSubject &subject)
{
    const QByteArrayList names = directivesFor(subject.use);
    const bool framing = subject.use == CspUse::Frame || subject.use == CspUse::FrameAncestors
        || subject.use == CspUse::FormAction;
    std::vector<CspViolation> violations;
    for (const CspPolicy &policy : policies) {
        const CspDirective *directive = nullptr;
        for (auto name = names.begin(); name != names.end() && !directive; ++name)
            directive = policy.find(*name);
        if (!directive || allows(*directive, subject))
            continue;
        violations.push_back({&policy, directive->name, names.constFirst(),
                              framing ? normalizedText(*directive) : directive->text});
    }
    // Chromium asks the report-only policies first, except when it is framed itself.
    if (subject.use != CspUse::FrameAncestors)
        std::stable_partition(violations.begin(), violations.end(),
                              [](const CspViolation &v) { return v.reportOnly(); });
    return violations;
}

bool isBlockedByCsp(const std::vector<CspViolation> &violations)
{
    return std::any_of(violations.begin(), violations.end(),
                       [](const CspViolation &v) { return !v.reportOnly(); });
}

QByteArray cspHash(QByteArrayView text)
{
    return "sha256-" + digest(text, QCryptographicHash::Sha256);
}

} // namespace rt
