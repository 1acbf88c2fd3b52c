// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/demoroutes.h"

#include "lab/demoroutesparts.h"
#include "server/serverresponse.h"

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

JsValue objectOf(std::initializer_list<std::pair<QString, JsValue>> members)
{
    JsValue value = JsValue::object();
    for (const auto &[name, member] : members)
        value.insert(name, member);
    return value;
}

JsValue errorBody(const QString &text)
{
    return objectOf({{u"error"_s, JsValue(text)}});
}

void answerOk(Exchange &exchange)
{
    exchange.json(objectOf({{u"ok"_s, JsValue(true)}}));
}

JsValue lastOf(const JsValue &value)
{
    if (!value.isArray())
        return value;
    return value.items().isEmpty() ? JsValue() : value.items().last();
}

int countOf(const JsValue &value, int otherwise, int most)
{
    const QString text = value.asText().trimmed();
    qsizetype at = text.startsWith(u'+') ? 1 : 0;
    const qsizetype first = at;
    double number = 0;
    for (; at < text.size() && text.at(at) >= u'0' && text.at(at) <= u'9'; ++at)
        number = number * 10 + (text.at(at).unicode() - u'0');
    if (at == first)
        return text.startsWith(u"-0") ? 0 : otherwise;
    return static_cast<int>(std::min(number, static_cast<double>(most)));
}

void setHeader(Exchange &exchange, const QByteArray &name, const JsValue &value)
{
    const QString text = value.asText();
    const bool fits
        = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() <= 0xff; });
    exchange.setHeader(name, fits ? text.toLatin1() : QByteArray(1, '\0'));
}

std::shared_ptr<Router> makeDemoRoutes(const ExpressSettings &settings, LabState &state,
                                       AuthHandlers auth, const DemoOptions &options)
{
    auto router = std::make_shared<Router>(settings);
    router->add("GET", "/ping", [](const std::shared_ptr<Exchange> &exchange) {
        exchange->type("txt");
        exchange->send("pong");
    });
    addUserRoutes(*router, state);
    addDataRoutes(*router, options.profile);
    addFeedRoutes(*router, state);
    auth = withDefaults(std::move(auth));
    addLoginRoutes(*router, auth);
    addToolRoutes(*router);
    addTokenRoutes(*router);
    if (options.profile == DemoProfile::Suite)
        return router;
    addAccountRoutes(*router, state);
    addCookieRoutes(*router);
    addShopRoutes(*router, state);
    addMemberRoutes(*router, state, auth, options.transferByGet);
    return router;
}

} // namespace rt
