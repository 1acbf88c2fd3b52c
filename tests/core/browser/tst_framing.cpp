// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/framecontent.h"
#include "browser/framing.h"
#include "browser/imageheader.h"

#include <QTest>

using namespace rt;

Q_DECLARE_METATYPE(rt::FramingReason)

namespace {

const Url own = *parseUrl("http://app.shop.test:3000/e");
const Url other = *parseUrl("http://api.shop.test:8000/e");

Document page()
{
    return Document::blank(*parseUrl("http://app.shop.test:3000/page"));
}

} // namespace

/// What frames and pictures show. Rows measured with Chromium 156.
class FramingTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void saysWhatItIgnores();
    void decidesWhatAFrameShows_data();
    void decidesWhatAFrameShows();
    void runsInlineScriptsByThePolicyOfTheFrame();
    void readsWidths_data();
    void readsWidths();
};

void FramingTest::judges_data()
{
    using Reason = FramingReason;
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<Reason>("athome");
    QTest::addColumn<Reason>("elsewhere");
    const auto row = [](const char *name, const HeaderList &headers, Reason home, Reason away) {
        QTest::newRow(name) << headers << home << away;
    };
    row("nothing said", {}, Reason::Allowed, Reason::Allowed);
    row("deny", {{"X-Frame-Options", "deny"}}, Reason::XFrameOptionsDeny,
        Reason::XFrameOptionsDeny);
    row("same origin", {{"X-Frame-Options", " SAMEORIGIN "}}, Reason::Allowed,
        Reason::XFrameOptionsSameOrigin);
    row("twice the same", {{"X-Frame-Options", "SAMEORIGIN, sameorigin"}}, Reason::Allowed,
        Reason::XFrameOptionsSameOrigin);
    row("conflict", {{"X-Frame-Options", "SAMEORIGIN"}, {"X-Frame-Options", "DENY"}},
        Reason::XFrameOptionsConflict, Reason::XFrameOptionsConflict);
    row("unknown word", {{"X-Frame-Options", "ALLOW-FROM x"}}, Reason::Allowed, Reason::Allowed);
    row("ancestors win",
        {{"Content-Security-Policy", "frame-ancestors http://app.shop.test:3000"},
         {"X-Frame-Options", "DENY"}},
        Reason::Allowed, Reason::Allowed);
    row("report-only does not",
        {{"Content-Security-Policy-Report-Only", "frame-ancestors *"}, {"X-Frame-Options", "DENY"}},
        Reason::XFrameOptionsDeny, Reason::XFrameOptionsDeny);
    row("self", {{"Content-Security-Policy", "frame-ancestors 'self'"}}, Reason::Allowed,
        Reason::FrameAncestors);
    row("host without port", {{"Content-Security-Policy", "frame-ancestors app.shop.test"}},
        Reason::FrameAncestors, Reason::FrameAncestors);
}

void FramingTest::judges()
{
    QFETCH(HeaderList, headers);
    QTEST(checkFraming(own, headers, page()).reason, "athome");
    QTEST(checkFraming(other, headers, page()).reason, "elsewhere");
}

void FramingTest::saysWhatItIgnores()
{
    const auto decision = checkFraming(other, {{"X-Frame-Options", "bogus"}}, page());
    QCOMPARE(decision.console,
             QStringList {QStringLiteral(
                 "Invalid 'X-Frame-Options' header encountered when loading "
                 "'http://api.shop.test:8000/': 'bogus' is not a recognized directive. The header "
                 "will be ignored.")});
}

void FramingTest::decidesWhatAFrameShows_data()
{
    using Kind = FrameContent::Kind;
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const HeaderList &headers, Kind kind) {
        QTest::newRow(name) << headers << static_cast<int>(kind);
    };
    row("html", {{"Content-Type", "TEXT/html; charset=x"}}, Kind::Html);
    row("no type, sniffed", {}, Kind::Html);
    row("no type, nosniff", {{"X-Content-Type-Options", "nosniff"}}, Kind::Other);
    row("text", {{"Content-Type", "text/plain"}}, Kind::Other);
    row("table is saved", {{"Content-Type", "text/csv"}}, Kind::Nothing);
    row("octets are saved", {{"Content-Type", "application/octet-stream"}}, Kind::Nothing);
    row("attachment", {{"Content-Type", "text/html"}, {"Content-Disposition", "attachment; x"}},
        Kind::Nothing);
}

void FramingTest::decidesWhatAFrameShows()
{
    QFETCH(HeaderList, headers);
    const ResponseHead head {200, "OK", {}, headers};
    const auto content = readFrameContent(Document::fromResponse(own, head), head,
                                          "<!DOCTYPE html>", page().origin);
    QTEST(static_cast<int>(content.kind), "kind");
}

void FramingTest::runsInlineScriptsByThePolicyOfTheFrame()
{
    const QByteArray body = "<script nonce=a>one</script><SCRIPT>two</SCRIPT>"
                            "<script src=x></script>";
    ResponseHead head {200, "OK", {}, {{"Content-Type", "text/html"}}};
    QCOMPARE(readFrameContent(Document::fromResponse(own, head), head, body, page().origin).scripts,
             QByteArrayList({"one", "two"}));
    head.headers.append("Content-Security-Policy", "script-src 'nonce-a'");
    const auto content
        = readFrameContent(Document::fromResponse(own, head), head, body, page().origin);
    QCOMPARE(content.scripts, QByteArrayList({"one"}));
    QCOMPARE(content.console.size(), 1);
    head.headers.set("Content-Security-Policy", "sandbox");
    QVERIFY(readFrameContent(Document::fromResponse(own, head), head, body, page().origin)
                .scripts.isEmpty());
}

void FramingTest::readsWidths_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("width");
    const QByteArray gif
        = QByteArray::fromBase64("R0lGODlhAgABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEA");
    const QByteArray svg = "image/svg+xml";
    const QByteArray name = " xmlns=\"http://www.w3.org/2000/svg\"";
    QTest::newRow("gif, called text") << gif << QByteArray("text/plain") << 2;
    QTest::newRow("gif, called svg") << gif << svg << -1;
    QTest::newRow("text") << QByteArray("nope") << QByteArray("image/gif") << -1;
    QTest::newRow("svg") << "<svg" + name + " width='3' height='2'/>" << svg << 3;
    QTest::newRow("svg with a ratio") << "<svg" + name + " viewBox='0 0 4 4'/>" << svg << 150;
    QTest::newRow("svg without size") << "<svg" + name + "/>" << svg << 300;
    QTest::newRow("svg of no namespace") << QByteArray("<svg/>") << svg << -1;
    QTest::newRow("png") << QByteArray::fromHex("89504e470d0a1a0a0000000d49484452"
                                                "0000000500000001")
                         << QByteArray() << 5;
}

void FramingTest::readsWidths()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, type);
    QTEST(naturalImageWidth(bytes, type).value_or(-1), "width");
}

QTEST_APPLESS_MAIN(FramingTest)
#include "tst_framing.moc"
