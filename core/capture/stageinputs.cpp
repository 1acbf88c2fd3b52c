// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/stacksteps.h"

namespace rt {

namespace {

using From = StageInput::From;

struct InputRow
{
    QByteArrayView stage;
    From from;
    const char *name;
};

// What each package reads, in the order it reads it (spec: sources of the pinned versions).
constexpr InputRow inputRows[] = {
    {"cors", From::Request, "Origin"},
    {"cors", From::Request, "Access-Control-Request-Method"},
    {"cors", From::Request, "Access-Control-Request-Headers"},
    {"compression", From::Response, "Content-Type"},
    {"compression", From::Response, "Cache-Control"},
    {"compression", From::Response, "Content-Length"},
    {"compression", From::Response, "Content-Encoding"},
    {"compression", From::Request, "Accept-Encoding"},
    {"json", From::Request, "Content-Type"},
    {"json", From::Request, "Content-Length"},
    {"json", From::Request, "Content-Encoding"},
    {"urlencoded", From::Request, "Content-Type"},
    {"urlencoded", From::Request, "Content-Length"},
    {"urlencoded", From::Request, "Content-Encoding"},
    {"text", From::Request, "Content-Type"},
    {"text", From::Request, "Content-Length"},
    {"text", From::Request, "Content-Encoding"},
    {"raw", From::Request, "Content-Type"},
    {"raw", From::Request, "Content-Length"},
    {"raw", From::Request, "Content-Encoding"},
    {"hpp", From::Member, "query"},
    {"hpp", From::Member, "body"},
    {"hpp", From::Request, "Content-Type"},
    {"cookies", From::Request, "Cookie"},
    {"cookieSession", From::Request, "Cookie"},
    {"session", From::Request, "Cookie"},
    {"csrf", From::Request, "Cookie"},
    {"csrf", From::Request, "X-CSRF-Token"},
    {"auth", From::Request, "Authorization"},
    {"auth", From::Member, "session"},
    {"auth", From::Member, "cookies"},
    {"routes", From::Member, "query"},
    {"routes", From::Member, "body"},
    {"routes", From::Member, "session"},
    {"routes", From::Request, "Authorization"},
};

/// Asked only where it can matter: an ordinary request has no preflight headers, and a route that
/// needs no login reads no Authorization.
bool isWorthSaying(const InputRow &row, bool present, const QByteArray &method)
{
    if (present)
        return true;
    const QByteArrayView name(row.name);
    if (name.startsWith("Access-Control-"))
        return method == "OPTIONS";
    return row.from == From::Request && row.stage != "routes" && name != "Content-Encoding";
}

StageInput inputOf(const InputRow &row, const ExchangeRecord &exchange, const JsValue &request,
                   const std::vector<HeadLine> &head)
{
    StageInput input {row.from, row.name, {}, false};
    if (row.from == From::Member) {
        const JsValue value = request[QLatin1StringView(row.name)];
        input.name = "req." + input.name;
        input.present = !value.isUndefined();
        input.value = toJson(value);
    } else if (row.from == From::Request) {
        const auto value = exchange.server.end.request.headers.get(row.name);
        input.present = value.has_value();
        input.value = value.value_or(QByteArray());
    } else {
        for (const HeadLine &line : head) {
            if (line.mark != HeadLine::Mark::Removed && equalsIgnoringCase(line.name, row.name)) {
                input.present = true;
                input.value = line.value;
            }
        }
    }
    return input;
}

} // namespace

std::vector<StageInput> stageInputs(const QByteArray &stage, const ExchangeRecord &exchange,
                                    const JsValue &request, const std::vector<HeadLine> &head)
{
    std::vector<StageInput> inputs;
    for (const InputRow &row : inputRows) {
        if (row.stage != stage)
            continue;
        StageInput input = inputOf(row, exchange, request, head);
        if (isWorthSaying(row, input.present, exchange.server.end.request.method))
            inputs.push_back(std::move(input));
    }
    return inputs;
}

} // namespace rt
