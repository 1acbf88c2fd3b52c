// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

namespace rt {

using Tone = Annotation::Tone;

static void entityTag(const Facts &, Annotation &row)
{
    row.meaning = row.value.startsWith("W/")
        ? RuleText::tr("Weak fingerprint of this body; ask again with If-None-Match to get 304.")
        : RuleText::tr("Strong fingerprint of this body, byte for byte; ask again with "
                       "If-None-Match to get 304.");
}

static void lastModified(const Facts &, Annotation &row)
{
    row.meaning
        = RuleText::tr("When the thing last changed; ask again with If-Modified-Since to get 304.");
}

static void vary(const Facts &, Annotation &row)
{
    const QByteArrayList names = commaList(row.value);
    if (names.contains("*"))
        row.meaning
            = RuleText::tr("The answer depends on more than the request: no cache may reuse it.");
    else if (names.size() == 1 && containsIgnoringCase(names, "Origin"))
        row.meaning = RuleText::tr("Shared caches must keep one copy per origin.");
    else if (names.size() == 1 && containsIgnoringCase(names, "Accept-Encoding"))
        row.meaning = RuleText::tr("Shared caches must keep one copy per kind of compression, so "
                                   "that nobody gets bytes it cannot unpack.");
    else
        row.meaning = RuleText::tr("Shared caches must keep one copy for each value of %1.")
                          .arg(listed(names));
}

static void responseCacheControl(const Facts &, Annotation &row)
{
    const QByteArrayList directives = commaList(row.value.toLower());
    QStringList says;
    for (const QByteArray &directive : directives) {
        const auto seconds = wholeNumber(directive.mid(directive.indexOf('=') + 1));
        if (directive == "no-store")
            says.append(RuleText::tr("no cache may keep this answer"));
        else if (directive == "no-cache")
            says.append(RuleText::tr("a cache has to ask the server before it reuses this answer"));
        else if (directive == "private")
            says.append(RuleText::tr("only the browser may keep it, no shared cache"));
        else if (directive == "public")
            says.append(RuleText::tr("shared caches may keep it"));
        else if (directive == "no-transform")
            says.append(
                RuleText::tr("nobody on the way may change the body, compression included"));
        else if (directive.startsWith("max-age=") && seconds)
            says.append(*seconds > 0 ? RuleText::tr("it is fresh for %1").arg(duration(*seconds))
                                     : RuleText::tr("it is stale at once"));
    }
    if (says.isEmpty())
        says.append(RuleText::tr("%1 tells caches how to treat this answer").arg(shown(row.value)));
    QString sentence = says.join(RuleText::tr("; "));
    sentence[0] = sentence.at(0).toUpper();
    row.meaning = sentence + u'.';
}

static void requestCacheControl(const Facts &, Annotation &row)
{
    row.meaning = row.value == "max-age=0"
        ? RuleText::tr("The browser wants to hear from the server, whatever a cache holds.")
        : RuleText::tr("The sender wants no answer from a cache.");
}

static void pragma(const Facts &, Annotation &row)
{
    row.meaning
        = RuleText::tr("The older word for Cache-Control: no-cache, for caches of HTTP/1.0.");
}

static void ifNoneMatch(const Facts &facts, Annotation &row)
{
    const bool same = facts.response.status == 304;
    row.tone = same ? Tone::Good : Tone::Neutral;
    row.meaning = same
        ? RuleText::tr(
            "The client has this fingerprint; it still holds, so the server sends 304 and no body.")
        : RuleText::tr(
            "The client has a copy with this fingerprint and would be content with 304.");
}

static void ifModifiedSince(const Facts &facts, Annotation &row)
{
    row.meaning = facts.response.status == 304
        ? RuleText::tr("Nothing changed since then, so the server sends 304 and no body.")
        : RuleText::tr("The client has a copy of that time and would be content with 304.");
}

static void expires(const Facts &facts, Annotation &row)
{
    row.meaning
        = facts.response.headers.get("Cache-Control").value_or(QByteArray()).contains("max-age")
        ? RuleText::tr("Cache-Control: max-age counts instead of this date.")
        : RuleText::tr("Until then a cache may reuse the answer without asking.");
}

static void age(const Facts &, Annotation &row)
{
    if (const auto seconds = wholeNumber(row.value))
        row.meaning = RuleText::tr("A cache answered; it has held this copy for %1.")
                          .arg(duration(*seconds));
}

const HeaderRules &cachingRequestRules()
{
    static const HeaderRules rules {
        {"Cache-Control", "caching.request", "RFC 9111 §5.2.1",
         "https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1", requestCacheControl},
        {"Pragma", "caching.pragma", "RFC 9111 §5.4",
         "https://www.rfc-editor.org/rfc/rfc9111#section-5.4", pragma},
        {"If-None-Match", "caching.ifNoneMatch", "RFC 9110 §13.1.2",
         "https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2", ifNoneMatch},
        {"If-Modified-Since", "caching.ifModifiedSince", "RFC 9110 §13.1.3",
         "https://www.rfc-editor.org/rfc/rfc9110#section-13.1.3", ifModifiedSince},
    };
    return rules;
}

const HeaderRules &cachingResponseRules()
{
    static const HeaderRules rules {
        {"ETag", "caching.etag", "RFC 9110 §8.8.3",
         "https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3", entityTag},
        {"Last-Modified", "caching.lastModified", "RFC 9110 §8.8.2",
         "https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2", lastModified},
        {"Vary", "caching.vary", "RFC 9110 §12.5.5",
         "https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5", vary},
        {"Cache-Control", "caching.control", "RFC 9111 §5.2.2",
         "https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2", responseCacheControl},
        {"Expires", "caching.expires", "RFC 9111 §5.3",
         "https://www.rfc-editor.org/rfc/rfc9111#section-5.3", expires},
        {"Age", "caching.age", "RFC 9111 §5.1",
         "https://www.rfc-editor.org/rfc/rfc9111#section-5.1", age},
    };
    return rules;
}

} // namespace rt
