// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/rules/facts.h"

#include <vector>

namespace rt {

/// What one header field means. `explain` sets the meaning and the tone for the value at hand.
struct HeaderRule
{
    const char *name;
    const char *id;
    /// Document and section, and its address.
    const char *reference;
    const char *url;
    void (*explain)(const Facts &facts, Annotation &row);
};
using HeaderRules = std::vector<HeaderRule>;

/// One table per topic.
const HeaderRules &corsRequestRules();
const HeaderRules &corsResponseRules();
const HeaderRules &contentRequestRules();
const HeaderRules &contentResponseRules();
const HeaderRules &cachingRequestRules();
const HeaderRules &cachingResponseRules();
const HeaderRules &connectionRequestRules();
const HeaderRules &connectionResponseRules();
const HeaderRules &clientRules();
const HeaderRules &fetchMetadataRules();
const HeaderRules &helmetRules();
const HeaderRules &cookieRequestRules();
const HeaderRules &cookieResponseRules();
const HeaderRules &serverRules();

/// The request line and the status line.
Annotation explainRequestLine(const Facts &facts);
Annotation explainStatusLine(const Facts &facts);
/// Headers whose absence decided something.
void explainAbsentHeaders(const Facts &facts, std::vector<Annotation> &rows);
/// Rows for headers that a stage took away again.
void explainRemovedHeaders(const Facts &facts, std::vector<Annotation> &rows);
/// Fills in who set the header: stage, option or call, whether the option is at its default, and
/// every hand it went through.
void nameSource(const Facts &facts, Annotation &row);
/// The same for a header of the request.
void nameRequestSource(const Facts &facts, Annotation &row);
/// Who decided the status, and by which option.
void nameStatusSource(const Facts &facts, Annotation &row);

} // namespace rt
