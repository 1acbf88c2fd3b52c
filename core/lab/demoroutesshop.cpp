// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/demoroutesparts.h"
#include "lab/logo.h"

#include "http/encodeurl.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;

void items(Exchange &exchange, const LabState &state)
{
    const auto total = static_cast<int>(state.items.size());
    const int limit = countOf(lastOf(exchange.query[u"limit"]), total, total);
    JsValue list = JsValue::array();
    for (int i = 0; i < limit; ++i)
        list.append(state.items.items().at(i));
    exchange.setHeader("X-Total-Count", QByteArray::number(total));
    exchange.json(list);
}

/// Trusts that `name` is text: a repeated parameter makes it a list, which has no toUpperCase().
void greet(const ExchangePointer &exchange, const Next &next)
{
    const JsValue name = exchange->query[u"name"];
    if (name.isString()) {
        exchange->json(
            objectOf({{u"greeting"_s, JsValue(u"Hello "_s + name.toString().toUpper() + u'!')}}));
        return;
    }
    ExpressError error;
    error.name = "TypeError";
    error.message = name.isUndefined()
        ? u"Cannot read properties of undefined (reading 'toUpperCase')"_s
        : u"req.query.name.toUpperCase is not a function"_s;
    next(error);
}

void search(Exchange &exchange)
{
    const JsValue tags = exchange.query[u"tags"];
    JsValue list = tags.isArray() ? tags : JsValue::array();
    if (tags.isString())
        list.append(tags);
    exchange.json(
        objectOf({{u"tags"_s, list}, {u"found"_s, JsValue(static_cast<int>(list.size()))}}));
}

JsValue likesBody(const LabState &state)
{
    return objectOf({{u"likes"_s, JsValue(state.likes)}});
}

/// Puts the question into the page as it is: the hole that Content-Security-Policy should plug.
void reflect(Exchange &exchange)
{
    const QByteArray question = lastOf(exchange.query[u"q"]).isUndefined()
        ? QByteArray()
        : lastOf(exchange.query[u"q"]).asText().toUtf8();
    exchange.send("<!DOCTYPE html>\n<title>Search</title>\n<h1>Results for " + question
                  + "</h1>\n");
}

void page(Exchange &exchange, const QByteArray &title)
{
    exchange.send("<!DOCTYPE html>\n<title>" + escapeHtml(QByteArrayView(title)) + "</title>\n<h1>"
                  + escapeHtml(QByteArrayView(title)) + "</h1>\n");
}

void addApi(Router &router, LabState &state)
{
    router.add("GET", "/api/items",
               [&state](const ExchangePointer &exchange) { items(*exchange, state); });
    router.add("GET", "/api/greet", Handler(greet));
    router.add("GET", "/api/search", [](const ExchangePointer &exchange) { search(*exchange); });
    router.add("GET", "/api/likes",
               [&state](const ExchangePointer &exchange) { exchange->json(likesBody(state)); });
    router.add("POST", "/api/likes", [&state](const ExchangePointer &exchange) {
        ++state.likes;
        exchange->json(likesBody(state));
    });
}

void addPages(Router &router)
{
    router.add("GET", "/", [](const ExchangePointer &exchange) { page(*exchange, "Shop API"); });
    router.add("GET", "/search", [](const ExchangePointer &exchange) { reflect(*exchange); });
    router.add("GET", "/admin/home",
               [](const ExchangePointer &exchange) { page(*exchange, "Administration"); });
    router.add("GET", "/page/account",
               [](const ExchangePointer &exchange) { page(*exchange, "Your account"); });
    router.add("GET", "/page/shop",
               [](const ExchangePointer &exchange) { page(*exchange, "Shop"); });
    router.add("GET", "/assets/app.js", [](const ExchangePointer &exchange) {
        exchange->type("js");
        exchange->send("document.documentElement.dataset.app = \"ready\";\n");
    });
    router.add("GET", "/uploads/avatar.txt", [](const ExchangePointer &exchange) {
        exchange->type("txt");
        exchange->send("alert(\"This is a script that says it is text.\");\n");
    });
    router.add("GET", "/images/logo.png", [](const ExchangePointer &exchange) {
        exchange->type("png");
        exchange->sendBuffer(logoPng());
    });
    router.add("POST", "/csp-report", [](const ExchangePointer &exchange) {
        exchange->status(204);
        exchange->end();
    });
}

} // namespace

void addShopRoutes(Router &router, LabState &state)
{
    addApi(router, state);
    addPages(router);
}

} // namespace rt
