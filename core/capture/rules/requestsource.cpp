// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

namespace rt {

namespace {

/// Why the browser writes a header that nobody asked it for.
struct BrowserHeader
{
    const char *name;
    const char *how;
};

constexpr BrowserHeader browserHeaders[] = {
    {"Host", QT_TRANSLATE_NOOP("RuleText", "taken from the address")},
    {"Connection", QT_TRANSLATE_NOOP("RuleText", "on every request")},
    {"User-Agent", QT_TRANSLATE_NOOP("RuleText", "on every request")},
    {"Accept", QT_TRANSLATE_NOOP("RuleText", "by what the answer is for")},
    {"Accept-Encoding", QT_TRANSLATE_NOOP("RuleText", "script may not set it")},
    {"Accept-Language", QT_TRANSLATE_NOOP("RuleText", "from its settings")},
    {"Origin", QT_TRANSLATE_NOOP("RuleText", "script may not set it")},
    {"Referer", QT_TRANSLATE_NOOP("RuleText", "by the referrer policy")},
    {"Content-Length", QT_TRANSLATE_NOOP("RuleText", "measured from the body")},
    {"Content-Type", QT_TRANSLATE_NOOP("RuleText", "from the kind of body")},
    {"Transfer-Encoding", QT_TRANSLATE_NOOP("RuleText", "the length is not known yet")},
    {"Cache-Control", QT_TRANSLATE_NOOP("RuleText", "by fetch's cache mode")},
    {"Pragma", QT_TRANSLATE_NOOP("RuleText", "by fetch's cache mode")},
    {"If-None-Match", QT_TRANSLATE_NOOP("RuleText", "its cache holds a copy")},
    {"If-Modified-Since", QT_TRANSLATE_NOOP("RuleText", "its cache holds a copy")},
    {"Upgrade-Insecure-Requests", QT_TRANSLATE_NOOP("RuleText", "when it opens a page")},
    {"Access-Control-Request-Method", QT_TRANSLATE_NOOP("RuleText", "the method script wants")},
    {"Access-Control-Request-Headers", QT_TRANSLATE_NOOP("RuleText", "the headers script set")},
    {"Upgrade", QT_TRANSLATE_NOOP("RuleText", "script opens a WebSocket")},
};

QString browserHow(const QByteArray &header)
{
    const QByteArray name = header.toLower();
    for (const BrowserHeader &known : browserHeaders) {
        if (equalsIgnoringCase(known.name, header))
            return RuleText::tr(known.how);
    }
    if (name.startsWith("sec-websocket-"))
        return RuleText::tr("the WebSocket handshake");
    if (name.startsWith("sec-"))
        return RuleText::tr("script may not set it");
    return {};
}

bool isProxys(const QByteArray &header)
{
    return header.toLower().startsWith("x-forwarded-") || equalsIgnoringCase(header, "Via")
        || equalsIgnoringCase(header, "X-Real-IP") || equalsIgnoringCase(header, "Forwarded");
}

/// What the learner typed into the raw tool, and what the tool had to add.
void nameClient(const CallRecord &call, Annotation &row)
{
    row.setBy = "client";
    if (!call.headers.contains(row.header))
        row.how = equalsIgnoringCase(row.header, "Host") ? RuleText::tr("taken from the address")
                                                         : RuleText::tr("measured from the body");
}

} // namespace

void nameRequestSource(const Facts &facts, Annotation &row)
{
    if (facts.exchange.via == ExchangeRecord::Via::Upstream && isProxys(row.header)) {
        row.setBy = "proxy";
        row.how = RuleText::tr("added on the way");
        return;
    }
    if (!facts.byBrowser) {
        if (facts.call)
            nameClient(*facts.call, row);
        return;
    }
    if (equalsIgnoringCase(row.header, "Cookie")) {
        row.setBy = "jar";
        row.how = facts.includesCredentials ? RuleText::tr("credentials: include")
                                            : RuleText::tr("they fit this address");
        return;
    }
    // A preflight never carries what script set; it asks for it.
    if (facts.call && !facts.preflight && facts.call->headers.contains(row.header)) {
        row.setBy = "script";
        return;
    }
    row.setBy = "browser";
    row.how = browserHow(row.header);
}

} // namespace rt
