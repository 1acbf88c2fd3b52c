// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/opaqueresponse.h"

#include <QTest>

using namespace rt;

Q_DECLARE_METATYPE(rt::OpaqueResponseReason)

namespace {

Request picture(const QByteArray &target)
{
    Request request;
    request.client = Document::blank(*parseUrl("http://app.shop.test:3000/"));
    request.url = *parseUrl(target);
    request.destination = Destination::Image;
    request.mode = RequestMode::NoCors;
    return request;
}

const QByteArray api = "http://api.shop.test:8000/x";

} // namespace

/// Rows measured with Chromium 156.
class OpaqueResponseTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void leavesOwnOriginAndCorsAlone();
    void looksAtTheEndOfARedirectChainThroughOthers();
};

void OpaqueResponseTest::judges_data()
{
    using Reason = OpaqueResponseReason;
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("nosniff");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Reason>("reason");
    const auto row
        = [](const char *name, const char *type, bool nosniff, const char *body, Reason reason) {
              QTest::newRow(name) << QByteArray(type) << nosniff << QByteArray(body) << reason;
          };
    row("script", "text/javascript", false, "f()", Reason::Allowed);
    row("no type at all", "", false, "<p>x", Reason::Allowed);
    row("never sniffed", "text/csv", false, "a", Reason::NeverSniffedType);
    row("office file", "application/vnd.openxmlformats-officedocument.x", false, "",
        Reason::NeverSniffedType);
    row("json with nosniff", "application/hal+json", true, "1", Reason::NosniffProtectedType);
    row("text with nosniff", "TEXT/plain", true, "1", Reason::NosniffProtectedType);
    row("octets with nosniff", "application/octet-stream", true, "1", Reason::Allowed);
    row("html that is a script", "text/html", false, "f()", Reason::Allowed);
    row("html", "text/html", false, "  \n<HTML>", Reason::SniffedAsProtected);
    row("html called a script", "text/javascript", false, "<p>x", Reason::SniffedAsProtected);
    row("html called a style sheet", "text/css", false, "<p>x", Reason::Allowed);
    row("comment, rest of its line skipped", "text/html", false, "<!-- c --><p>", Reason::Allowed);
    row("html behind a comment line", "text/html", false, "<!-- c -->\n<p>",
        Reason::SniffedAsProtected);
    row("xml", "text/plain", false, "<?xml version=\"1.0\"?>", Reason::SniffedAsProtected);
    row("json", "text/plain", false, " { \"a\\\"\" : 1}", Reason::SniffedAsProtected);
    row("json, not one yet", "application/json", false, "{\"a\"", Reason::Allowed);
    row("json list", "application/json", false, "[1]", Reason::Allowed);
    row("guarded json", "x/y", false, ")]}'\n1", Reason::SniffedAsProtected);
    row("picture called html", "text/html", false, "GIF89a", Reason::Allowed);
    row("sound", "audio/mpeg", false, "<p>", Reason::Allowed);
}

void OpaqueResponseTest::judges()
{
    QFETCH(QByteArray, type);
    QFETCH(bool, nosniff);
    QFETCH(QByteArray, body);
    ResponseHead head;
    head.status = 200;
    if (!type.isEmpty())
        head.headers.append("Content-Type", type);
    if (nosniff)
        head.headers.append("X-Content-Type-Options", "nosniff");
    QTEST(checkOpaqueResponse(picture(api), head, body), "reason");
}

void OpaqueResponseTest::leavesOwnOriginAndCorsAlone()
{
    const ResponseHead head {200, "OK", {}, {{"Content-Type", "text/csv"}}};
    const Request own = picture("http://app.shop.test:3000/x");
    QCOMPARE(checkOpaqueResponse(own, head, ""), OpaqueResponseReason::NotOpaque);
    Request cors = picture(api);
    cors.mode = RequestMode::Cors;
    QCOMPARE(checkOpaqueResponse(cors, head, ""), OpaqueResponseReason::NotOpaque);
    Request script = picture(api);
    script.destination = Destination::Empty;
    QCOMPARE(checkOpaqueResponse(script, head, ""), OpaqueResponseReason::NotOpaque);
}

void OpaqueResponseTest::looksAtTheEndOfARedirectChainThroughOthers()
{
    Request request = picture("http://app.shop.test:3000/x");
    request.tainted = true;
    const ResponseHead head {200, "OK", {}, {{"Content-Type", "text/csv"}}};
    QCOMPARE(checkOpaqueResponse(request, head, ""), OpaqueResponseReason::NeverSniffedType);
}

QTEST_APPLESS_MAIN(OpaqueResponseTest)
#include "tst_opaqueresponse.moc"
