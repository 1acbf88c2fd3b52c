// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/check.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;

class CheckParserTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void refusesWithASentenceAndAPlace_data();
    void refusesWithASentenceAndAPlace();
    void keepsToItsLimits_data();
    void keepsToItsLimits();
    void expandsDefinitionsAndMacros();
    void readsPickTargetsInBothSpellings();
};

void CheckParserTest::refusesWithASentenceAndAPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const char *text, int position, const char *message) {
        QTest::addRow("%s", name) << QString::fromUtf8(text) << position
                                  << QString::fromUtf8(message);
    };
    row("nothing", "", 0, "a value or a field expected, but there is the end");
    row("missing parenthesis", "exists http(res.status == 200", 29,
        "\")\" expected, but there is the end");
    row("unknown stream", "exists https(res.status == 200)", 7,
        "a stream such as http or call expected, but there is \"https\"");
    row("unknown character", "exists http # call", 12, "\"#\" is not part of the check language");
    row("open quote", "exists http(req.method == \"GET)", 26, "the text has no closing quote");
    row("unknown unit", "exists http(duration > 10min)", 23,
        "\"min\" is no unit; ms, s, m, h, d, kb and mb are");
    row("something behind", "correct(q1) q2", 12, "the end expected, but there is \"q2\"");
    row("unknown field", "exists http(res.code == 200)", 12, "\"res\" has no field \"code\"");
    row("unknown name", "exists call(exchange == 1)", 12, "\"exchange\" is no field of call");
    row("unknown word", "exists call(result == \"fine\")", 22,
        "\"fine\" is none of: ok, blocked, failed, aborted, pending");
    row("mixed units", "exists http(res.bytes > 10s)", 12,
        "a size cannot be compared with a duration (>)");
    row("bare text", "exists http(req.method)", 12,
        "a text is not yes or no; compare it with something");
    row("has on a number", "exists http(res.status has \"2\")", 12,
        "\"has\" needs a list or a header, not a number");
    row("key of a plain field", "exists http(req.method[\"a\"] is present)", 12,
        "\"req.method\" has no keys");
    row("unknown macro", "exists http($preflight)", 12,
        "a known name expected, but there is \"preflight\"");
    row("final none without time", "seq(http, none http)", 15,
        "a final \"none\" needs \"for\" and a time");
    row("bad expression", "exists http(req.path matches /(/)", 29,
        "the expression is wrong: missing closing parenthesis");
    row("unknown alternative", "exists call(api in (\"fetch\", \"ajax\"))", 29,
        "\"ajax\" is none of: fetch, form, navigate, img, script, iframe, raw");
}

void CheckParserTest::refusesWithASentenceAndAPlace()
{
    QFETCH(QString, text);
    QFETCH(int, position);
    QFETCH(QString, message);
    const auto check = Check::compile(text);
    QVERIFY(!check);
    QCOMPARE(check.error().message, message);
    QCOMPARE(check.error().position, position);
}

void CheckParserTest::keepsToItsLimits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const QString name = QStringLiteral("exists http(aborted)");
    QTest::addRow("2000 characters") << QString(name + QString(1981, u' '))
                                     << QStringLiteral("a check has at most 2000 characters");
    const QString yes = QStringLiteral("true or ");
    QTest::addRow("200 parts") << QString(yes.repeated(98) + QStringLiteral("true")) << QString();
    QTest::addRow("more than 200 parts") << QString(yes.repeated(100) + QStringLiteral("true"))
                                         << QStringLiteral("a check has at most 200 parts");
    QTest::addRow("three streams deep")
        << QStringLiteral("exists http(exists call(exists ws(clean)))") << QString();
    QTest::addRow("four streams deep")
        << QStringLiteral("exists http(exists call(exists ws(exists act(name == \"x\"))))")
        << QStringLiteral("streams are nested at most 3 deep");
    QTest::addRow("parentheses") << QString(QString(100, u'(') + name + QString(100, u')'))
                                 << QStringLiteral("the check is nested too deeply");
}

void CheckParserTest::keepsToItsLimits()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    const auto check = Check::compile(text);
    QCOMPARE(check ? QString() : check.error().message, message);
}

void CheckParserTest::expandsDefinitionsAndMacros()
{
    const CheckDefs defs {{QStringLiteral("put"), QStringLiteral("$act and req.method == \"PUT\"")},
                          {QStringLiteral("loop"), QStringLiteral("$loop")},
                          {QStringLiteral("bad"), QStringLiteral("res.nothing")}};
    QVERIFY(Check::compile(QStringLiteral("exists http($put)"), defs));
    QVERIFY(Check::compile(QStringLiteral("exists call(page == $app)"), defs));
    const auto loop = Check::compile(QStringLiteral("exists http($loop)"), defs);
    QCOMPARE(loop.error().message, QStringLiteral("in $loop: $loop is defined by itself"));
    QVERIFY(!Check::compile(QStringLiteral("exists http($bad)"), defs));
}

void CheckParserTest::readsPickTargetsInBothSpellings()
{
    for (const QString &text :
         {QStringLiteral("har: res.h[\"Vary\"]"), QStringLiteral("har: res.h[Vary]")}) {
        const auto target = parsePickTarget(text);
        QVERIFY(target);
        QCOMPARE(target->stream, CheckStream::Har);
        QCOMPARE(pathText(target->path), QStringLiteral("res.h[\"Vary\"]"));
    }
    QVERIFY(!parsePickTarget(QStringLiteral("res.")));
}

QTEST_GUILESS_MAIN(CheckParserTest)
#include "tst_checkparser.moc"
