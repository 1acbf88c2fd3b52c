// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/originadvice.h"
#include "capture/rules/ruletext.h"

#include <algorithm>

namespace rt {

using Tone = Annotation::Tone;

static Annotation absentRow(const char *id, const char *header)
{
    Annotation row;
    row.id = id;
    row.header = header;
    row.absent = true;
    return row;
}

static void absentAllowOrigin(const Facts &facts, std::vector<Annotation> &rows)
{
    Annotation row = absentRow("cors.allowOrigin", "Access-Control-Allow-Origin");
    row.tone = Tone::Bad;
    row.meaning = facts.preflight
        ? RuleText::tr("Without it the preflight fails, and the browser does not send the request.")
        : RuleText::tr(
            "Without it no page of another origin may read the answer: the browser hides it.");
    if (const QString why = whyNoAllowOrigin(facts); !why.isEmpty())
        row.meaning += u' ' + why;
    referTo(row, "Fetch, CORS check, step 2", "https://fetch.spec.whatwg.org/#concept-cors-check");
    rows.push_back(std::move(row));
}

static void absentAllowCredentials(const Facts &facts, std::vector<Annotation> &rows)
{
    Annotation row = absentRow("cors.allowCredentials", "Access-Control-Allow-Credentials");
    row.tone = facts.includesCredentials ? Tone::Bad : Tone::Caution;
    row.meaning = facts.includesCredentials
        ? RuleText::tr(
            "The request was sent with credentials \"include\". Without this header set to "
            "true the browser hides the answer.")
        : RuleText::tr("A request with credentials would be refused: CredentialsNotAllowed.");
    referTo(row, "Fetch, CORS check, step 5", "https://fetch.spec.whatwg.org/#concept-cors-check");
    rows.push_back(std::move(row));
}

static void absentFromPreflight(const Facts &facts, std::vector<Annotation> &rows)
{
    const QByteArray method
        = facts.requested("Access-Control-Request-Method").value_or(QByteArray());
    const bool safelisted = method == "GET" || method == "HEAD" || method == "POST";
    if (!facts.answered("Access-Control-Allow-Methods") && !safelisted) {
        Annotation row = absentRow("cors.allowMethods", "Access-Control-Allow-Methods");
        row.tone = Tone::Bad;
        row.meaning
            = RuleText::tr(
                  "Without it only GET, HEAD and POST are allowed; the browser asked for %1.")
                  .arg(shown(method));
        rows.push_back(std::move(row));
    }
    const auto asked = facts.requested("Access-Control-Request-Headers");
    if (asked && !facts.answered("Access-Control-Allow-Headers")) {
        Annotation row = absentRow("cors.allowHeaders", "Access-Control-Allow-Headers");
        row.tone = Tone::Bad;
        row.meaning = RuleText::tr("Without it no header is allowed; the browser asked for %1.")
                          .arg(listed(commaList(*asked)));
        rows.push_back(std::move(row));
    }
    if (!facts.answered("Access-Control-Max-Age")) {
        Annotation row = absentRow("cors.maxAge", "Access-Control-Max-Age");
        row.meaning
            = RuleText::tr("Without it the browser keeps the permission for five seconds only.");
        rows.push_back(std::move(row));
    }
    for (Annotation &row : rows) {
        if (row.reference.isEmpty())
            referTo(row, "Fetch, CORS-preflight fetch",
                    "https://fetch.spec.whatwg.org/#cors-preflight-fetch");
    }
}

static void absentVary(const Facts &facts, std::vector<Annotation> &rows)
{
    const auto allowed = facts.answered("Access-Control-Allow-Origin");
    const QByteArrayList vary = commaList(facts.answered("Vary").value_or(QByteArray()));
    if (!allowed || *allowed == "*" || containsIgnoringCase(vary, "Origin") || vary.contains("*"))
        return;
    Annotation row = absentRow("caching.vary", "Vary");
    row.tone = Tone::Caution;
    row.meaning
        = RuleText::tr("The answer depends on the origin, but Vary does not say so: a shared "
                       "cache could give this copy to a page of another origin.");
    referTo(row, "Fetch, CORS protocol and HTTP caches",
            "https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches");
    rows.push_back(std::move(row));
}

/// Headers of the application that script would have to be allowed to read.
static QByteArrayList hiddenHeaders(const Facts &facts)
{
    const HeaderRules &known = helmetRules();
    QByteArrayList names;
    for (const HeaderField &field : facts.response.headers) {
        const bool helmets
            = std::any_of(known.begin(), known.end(), [&field](const HeaderRule &rule) {
                  return equalsIgnoringCase(rule.name, field.name);
              });
        if (field.name.toLower().startsWith("x-") && !helmets
            && !equalsIgnoringCase(field.name, "X-Powered-By"))
            names.append(field.name);
    }
    return names;
}

static void absentExposeHeaders(const Facts &facts, std::vector<Annotation> &rows)
{
    const QByteArrayList hidden = hiddenHeaders(facts);
    if (hidden.isEmpty() || facts.answered("Access-Control-Expose-Headers"))
        return;
    Annotation row = absentRow("cors.exposeHeaders", "Access-Control-Expose-Headers");
    row.tone = Tone::Caution;
    row.meaning
        = RuleText::tr("Without it script cannot read %1, although the browser received it.")
              .arg(listed(hidden));
    referTo(row, "Fetch, CORS filtered response",
            "https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name");
    rows.push_back(std::move(row));
}

static void absentContentEncoding(const Facts &facts, std::vector<Annotation> &rows)
{
    const StageRecord *compression = facts.stage("compression");
    if (!compression || compression->decisions.empty() || facts.answered("Content-Encoding"))
        return;
    Annotation row = absentRow("content.encoding", "Content-Encoding");
    row.meaning = compression->decisions.back().sentence;
    row.setBy = "compression";
    referTo(row, "npm compression", "https://github.com/expressjs/compression#readme");
    rows.push_back(std::move(row));
}

static void absentContentType(const Facts &facts, std::vector<Annotation> &rows)
{
    if (facts.answered("Content-Type") || facts.exchange.end().responseBody.isEmpty())
        return;
    Annotation row = absentRow("content.type", "Content-Type");
    row.tone = Tone::Caution;
    row.meaning = facts.answered("X-Content-Type-Options")
        ? RuleText::tr(
            "The body has no type, and nosniff forbids to guess: the browser runs it neither "
            "as script nor as style.")
        : RuleText::tr("The body has no type: the browser looks at the bytes and guesses.");
    referTo(row, "RFC 9110 §8.3", "https://www.rfc-editor.org/rfc/rfc9110#section-8.3");
    rows.push_back(std::move(row));
}

void explainAbsentHeaders(const Facts &facts, std::vector<Annotation> &rows)
{
    if (facts.response.status == 0)
        return;
    std::vector<Annotation> absent;
    if (facts.crossOrigin) {
        if (facts.allowOrigin() == AllowOrigin::Absent)
            absentAllowOrigin(facts, absent);
        else if (!facts.answered("Access-Control-Allow-Credentials"))
            absentAllowCredentials(facts, absent);
        if (facts.preflight)
            absentFromPreflight(facts, absent);
        absentVary(facts, absent);
        if (!facts.preflight)
            absentExposeHeaders(facts, absent);
    }
    absentContentType(facts, absent);
    absentContentEncoding(facts, absent);
    explainRemovedHeaders(facts, rows);
    for (Annotation &row : absent) {
        nameSource(facts, row);
        rows.push_back(std::move(row));
    }
}

} // namespace rt
