// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/url.h"

#include <QTest>

using namespace rt;

/// Expected values follow the URL Standard; an empty `href` means that the text is refused.
class UrlTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void parses_data();
    void parses();
    void splitsIntoParts();
    void namesItsOrigin_data();
    void namesItsOrigin();
    void knowsDefaultPorts();
};

void UrlTest::parses_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("href");
    const auto row = [](const char *name, QByteArray input, QByteArray base, QByteArray href) {
        QTest::newRow(name) << input << base << href;
    };
    const QByteArray base = "http://a.test:8000/b/c/d?q#f";
    row("absolute", "http://a.test/x", "", "http://a.test/x");
    row("scheme and host in capitals", "HTTP://A.Test", "", "http://a.test/");
    row("default port dropped", "https://a.test:443/", "", "https://a.test/");
    row("port with leading zeros", "http://a.test:0080/", "", "http://a.test/");
    row("empty port", "http://a.test:/x", "", "http://a.test/x");
    row("port too large", "http://a.test:65536/", "", "");
    row("port with letters", "http://a.test:8a/", "", "");
    row("blanks around", " \t http://a.test/ \n", "", "http://a.test/");
    row("line ends inside", "ht\ntp://a.t\test/", "", "http://a.test/");
    row("backslashes", "http:\\\\a.test\\b", "", "http://a.test/b");
    row("missing slashes", "http:a.test", "", "http://a.test/");
    row("user info", "http://u:p@a.test/", "", "http://u:p@a.test/");
    row("user info with at", "http://u@v:p@a.test/", "", "http://u%40v:p@a.test/");
    row("no host", "http://", "", "");
    row("open bracket", "http://[", "", "");
    row("blank in host", "http://a b/", "", "");
    row("percent in host", "http://a%41.test/", "", "http://aa.test/");
    row("forbidden percent in host", "http://a%00b/", "", "");
    row("ipv6", "http://[2001:DB8:0:0:0:0:0:1]:80/", "", "http://[2001:db8::1]/");
    row("ipv4 short form", "http://127.1/", "", "http://127.0.0.1/");
    row("ipv4 hexadecimal", "http://0x7f.0.0.1/", "", "http://127.0.0.1/");
    row("ipv4 part too large", "http://256.0.0.1/", "", "");
    row("ipv4 with five parts", "http://1.2.3.4.5/", "", "");
    row("name ending in a number", "http://a.1/", "", "");
    row("dot segments", "http://a.test/a/./b/../c", "", "http://a.test/a/c");
    row("encoded dot segments", "http://a.test/a/%2e/b/%2E./c", "", "http://a.test/a/c");
    row("dot segment at the end", "http://a.test/a/..", "", "http://a.test/");
    row("single dot at the end", "http://a.test/a/.", "", "http://a.test/a/");
    row("above the root", "http://a.test/../../x", "", "http://a.test/x");
    row("broken percent kept", "http://a.test/%zz", "", "http://a.test/%zz");
    row("path bytes encoded", "http://a.test/\xC3\xA9 <>`{}", "",
        "http://a.test/%C3%A9%20%3C%3E%60%7B%7D");
    row("query bytes encoded", "http://a.test/?a b\"<>`'", "", "http://a.test/?a%20b%22%3C%3E`%27");
    row("fragment bytes encoded", "http://a.test/#a b`'", "", "http://a.test/#a%20b%60'");
    row("relative path", "e", base, "http://a.test:8000/b/c/e");
    row("relative up", "../e", base, "http://a.test:8000/b/e");
    row("absolute path", "/e", base, "http://a.test:8000/e");
    row("other host", "//x.test/y", base, "http://x.test/y");
    row("query only", "?z", base, "http://a.test:8000/b/c/d?z");
    row("fragment only", "#z", base, "http://a.test:8000/b/c/d?q#z");
    row("empty", "", base, "http://a.test:8000/b/c/d?q");
    row("same scheme without slashes", "http:e", base, "http://a.test:8000/b/c/e");
    row("other scheme without slashes", "https:e", base, "https://e/");
    row("backslash path", "\\e", base, "http://a.test:8000/e");
    row("three slashes", "///x.test/y", base, "http://x.test/y");
    row("relative without base", "e", "", "");
    row("opaque path", "data:text/plain,a b", "", "data:text/plain,a b");
    row("opaque base", "e", "data:x", "");
    row("fragment on opaque base", "#e", "data:x", "data:x#e");
    row("other scheme with host", "foo://H/../x", "", "foo://H/x");
    row("other scheme with path", "foo:/a/../b", "", "foo:/b");
    row("path that looks like a host", "foo:/a/..//b", "", "foo:/.//b");
    row("file", "file:///etc/hostname", "", "file:///etc/hostname");
    row("file on localhost", "file://localhost/a", "", "file:///a");
}

void UrlTest::parses()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, href);
    const auto baseUrl = parseUrl(base);
    const auto url = parseUrl(input, baseUrl ? &*baseUrl : nullptr);
    QCOMPARE(url ? url->href() : QByteArray(), href);
    if (url)
        QCOMPARE(parseUrl(href)->href(), href);
}

void UrlTest::splitsIntoParts()
{
    const auto url = parseUrl("http://u:p@a.test:8000/b?q#f");
    QVERIFY(url);
    QCOMPARE(url->scheme, "http");
    QCOMPARE(url->username, "u");
    QCOMPARE(url->password, "p");
    QCOMPARE(url->authority(), "a.test:8000");
    QCOMPARE(url->target(), "/b?q");
    QCOMPARE(url->href(false), "http://u:p@a.test:8000/b?q");
    QCOMPARE(url->fragment.value_or(""), "f");
}

void UrlTest::namesItsOrigin_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("origin");
    QTest::newRow("with port") << QByteArray("http://a.test:8000/x")
                               << QByteArray("http://a.test:8000");
    QTest::newRow("default port") << QByteArray("https://a.test:443/")
                                  << QByteArray("https://a.test");
    QTest::newRow("file is opaque") << QByteArray("file:///x") << QByteArray("null");
    QTest::newRow("data is opaque") << QByteArray("data:,x") << QByteArray("null");
}

void UrlTest::namesItsOrigin()
{
    QFETCH(QByteArray, url);
    QTEST(parseUrl(url)->origin(), "origin");
}

void UrlTest::knowsDefaultPorts()
{
    QCOMPARE(defaultPort("http"), 80);
    QCOMPARE(defaultPort("wss"), 443);
    QCOMPARE(defaultPort("foo"), -1);
    QCOMPARE(parseUrl("https://a.test/")->effectivePort(), 443);
}

QTEST_APPLESS_MAIN(UrlTest)
#include "tst_url.moc"
