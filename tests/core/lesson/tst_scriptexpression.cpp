// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/scriptexpression.h"

#include <QTest>

using namespace rt;

/// Expected results are those of JavaScript (Node 20).
class ScriptExpressionTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void matchesAsJavaScript_data();
    void matchesAsJavaScript();
    void refusesWhatJavaScriptRefuses_data();
    void refusesWhatJavaScriptRefuses();
};

void ScriptExpressionTest::matchesAsJavaScript_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    const auto row
        = [](const char *name, const char16_t *expression, const char16_t *text, bool matches) {
              QTest::addRow("%s", name)
                  << QString::fromUtf16(expression) << QString::fromUtf16(text) << matches;
          };
    row("anywhere", u"/b+/", u"abbc", true);
    row("case matters", u"/ABC/", u"abc", false);
    row("case ignored", u"/ABC/i", u"abc", true);
    row("end is the very end", u"/a$/", u"a\n", false);
    row("dot and line separator", u"/^.$/", u"\u2028", false);
    row("blank knows the no-break space", u"/^\\s$/", u"\u00a0", true);
    row("blank in a class", u"/^[\\s]$/", u"\u3000", true);
    row("not blank", u"/^\\S$/", u"\u00a0", false);
    row("vertical tab", u"/^\\v$/", u"\n", false);
    row("empty class", u"/[]/", u"a", false);
    row("anything class", u"/^[^]$/", u"\n", true);
    row("posix names are letters", u"/^[[:alpha:]]$/", u"h]", true);
    row("unicode escape", u"/^\\u20ac$/", u"\u20ac", true);
    row("escaped slash", u"/a\\/b/", u"a/b", true);
    row("letters without meaning", u"/^\\A\\z$/", u"Az", true);
    row("brace that counts nothing", u"/^a{,2}$/", u"a{,2}", true);
    row("counted", u"/^a{2,3}$/", u"aaa", true);
    row("lazy", u"/^a+?b/", u"aab", true);
    row("looks behind", u"/(?<=a)b/", u"ab", true);
    row("named group", u"/(?<x>a)\\k<x>/", u"aa", true);
    row("digits are ASCII", u"/^\\d$/", u"\u0661", false);
    row("a nonce", u"/'nonce-[A-Za-z0-9+\\/=_-]{16,}'/", u"script-src 'nonce-abcdefghijklmnop'",
        true);
    row("a token", u"/^[\\w-]+\\.[\\w-]+\\.[\\w-]+$/", u"eyJ.a-b.c_d", true);
}

void ScriptExpressionTest::matchesAsJavaScript()
{
    QFETCH(QString, expression);
    QFETCH(QString, text);
    QFETCH(bool, matches);
    const auto compiled = scriptExpression(expression);
    QVERIFY2(compiled, compiled ? "" : qPrintable(compiled.error().message));
    QCOMPARE(compiled->match(text).hasMatch(), matches);
}

void ScriptExpressionTest::refusesWhatJavaScriptRefuses_data()
{
    QTest::addColumn<QString>("expression");
    for (const char *expression : {"/(/", "/[a/", "/*a/", "/a++/", "/a{2}{3}/", "/(?>a)/",
                                   "/(?i)a/", "/(?P<x>a)/", "/(?#c)a/", "/^*/"})
        QTest::addRow("%s", expression) << QString::fromLatin1(expression);
    QTest::addRow("longer than 200") << u'/' + QString(220, u'a') + u'/';
}

void ScriptExpressionTest::refusesWhatJavaScriptRefuses()
{
    QFETCH(QString, expression);
    QVERIFY(!scriptExpression(expression));
}

QTEST_GUILESS_MAIN(ScriptExpressionTest)
#include "tst_scriptexpression.moc"
