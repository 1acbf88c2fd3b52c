// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/target.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using Part = std::optional<QByteArray>;

Q_DECLARE_METATYPE(Part)

/// What npm parseurl 1.3.3 on Node 20 made of the same targets.
class TargetTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void splitsTargets_data();
    void splitsTargets();
    void saysWhereNodeThrows();
    void measuresSchemeAndAuthority();
};

void TargetTest::splitsTargets_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<Part>("pathname");
    QTest::addColumn<Part>("query");
    const Part none;
    const auto row = [](const char *target, const Part &pathname, const Part &query) {
        QTest::addRow("%s", *target ? target : "empty") << QByteArray(target) << pathname << query;
    };
    row("/a", "/a", none);
    row("/a?b", "/a", "b");
    row("/a?", "/a", "");
    row("/a#b", "/a", none);
    row("/a?b#c", "/a", "b");
    row("/a#b?c", "/a", none);
    row("http://h/a?b", "/a", "b");
    row("http://h", "/", none);
    row("http://h?x", "/", "x");
    row("https://h/", "/", none);
    row("*", "*", none);
    row("", none, none);
    row("a/b?c", "a/b", "c");
    row("/a\\b#x", "/a/b", none);
    row("//h/p?q", "//h/p", "q");
    row("//h/p#f", "//h/p", none);
    row("/a b#c", "/a%20b", none);
    row("ws://h", "/", none);
    row("/?a?b", "/", "a?b");
    row("/#", "/", none);
    row("/'x'#", "/%27x%27", none);
    row("http://h:80/a'b#c", "/a%27b", none);
    row("foo://h/a", "/a", none);
    row("foo:h/a", "/a", none);
    row("http:h/a", "h/a", none);
    row("http://u:p.test:80/x#z", "/:p.test/x", none);
    row("http://[::1]", "/", none);
    row("//u@h/a#b", "/a", none);
    row("javascript:a<b", "a<b", none);
    row("http://%zz@h/", none, none);
    row("http://[::1::80/", none, none);
}

void TargetTest::splitsTargets()
{
    QFETCH(QByteArray, target);
    const TargetParts parts = parseTarget(target);
    QTEST(parts.pathname, "pathname");
    QTEST(parts.query, "query");
}

void TargetTest::saysWhereNodeThrows()
{
    QVERIFY(parseTarget("http://[::1::80/").invalid);
    QVERIFY(parseTarget("http://%zz@h/").invalid);
    QVERIFY(parseTarget("http://[::1]x").invalid);
    QVERIFY(!parseTarget("").invalid);
}

void TargetTest::measuresSchemeAndAuthority()
{
    QCOMPARE(protohostLength("/a"), 0);
    QCOMPARE(protohostLength("http://h.test/a"), 13);
    QCOMPARE(protohostLength("http://h.test"), 0);
    QCOMPARE(protohostLength("*"), 0);
    QCOMPARE(protohostLength("/a?u=http://h/"), 0);
}

QTEST_GUILESS_MAIN(TargetTest)
#include "tst_target.moc"
