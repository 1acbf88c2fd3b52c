// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/answers.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;

class AnswersTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void judgesAnswers_data();
    void judgesAnswers();
    void namesTheWrongChoices();
};

void AnswersTest::judgesAnswers_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QStringList>("normalize");
    QTest::addColumn<double>("tolerance");
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("correct");
    QTest::addColumn<bool>("right");
    const QStringList usual {QStringLiteral("trim"), QStringLiteral("case")};
    const auto row = [](const char *name, Question::Type type, const QStringList &normalize,
                        double tolerance, const char *given, const char *correct, bool right) {
        QTest::addRow("%s", name) << static_cast<int>(type) << normalize << tolerance
                                  << QString::fromUtf8(given) << QString::fromUtf8(correct)
                                  << right;
    };
    using Type = Question::Type;
    row("single right", Type::Single, usual, 0, "[\"b\"]", "[\"b\"]", true);
    row("single as text", Type::Single, usual, 0, "\"b\"", "[\"b\"]", true);
    row("single wrong", Type::Single, usual, 0, "[\"a\"]", "[\"b\"]", false);
    row("single twice", Type::Single, usual, 0, "[\"a\", \"b\"]", "[\"b\"]", false);
    row("multi in any order", Type::Multi, usual, 0, "[\"c\", \"a\"]", "[\"a\", \"c\"]", true);
    row("multi too few", Type::Multi, usual, 0, "[\"a\"]", "[\"a\", \"c\"]", false);
    row("multi too many", Type::Multi, usual, 0, "[\"a\", \"b\", \"c\"]", "[\"a\", \"c\"]", false);
    row("number", Type::Number, usual, 0, "\" 18 \"", "18", true);
    row("number near", Type::Number, usual, 2, "20", "18", true);
    row("number too far", Type::Number, usual, 2, "20.5", "18", false);
    row("no number", Type::Number, usual, 0, "\"many\"", "18", false);
    row("text", Type::Text, usual, 0, "\" Role=Admin\"", "\"role=admin\"", true);
    row("one of several texts", Type::Text, usual, 0, "\"two\"", "[\"2\", \"two\"]", true);
    row("case matters", Type::Text, {QStringLiteral("trim")}, 0, "\"A\"", "\"a\"", false);
    row("spaces", Type::Text, {QStringLiteral("spaces")}, 0, "\"a b\"", "\"ab\"", true);
    row("quotes", Type::Text, {QStringLiteral("quotes")}, 0, "\"'x'\"", "\"x\"", true);
    row("list in any order", Type::Text, {QStringLiteral("trim"), QStringLiteral("list-order")}, 0,
        "\"b, a\"", "\"a,b\"", true);
    row("nothing captured yet", Type::Text, usual, 0, "\"\"", "null", false);
}

void AnswersTest::judgesAnswers()
{
    QFETCH(int, type);
    QFETCH(QStringList, normalize);
    QFETCH(double, tolerance);
    QFETCH(QString, given);
    QFETCH(QString, correct);
    QFETCH(bool, right);
    Question question;
    question.type = static_cast<Question::Type>(type);
    question.normalize = normalize;
    question.tolerance = tolerance;
    const auto value
        = [](const QString &json) { return std::get<JsValue>(parseJson(QStringView(json))); };
    QCOMPARE(isRightAnswer(question, value(given), value(correct)), right);
}

void AnswersTest::namesTheWrongChoices()
{
    Question question;
    question.correct = JsValue::stringArray({QStringLiteral("a")});
    const JsValue given = JsValue::stringArray({QStringLiteral("a"), QStringLiteral("b")});
    QCOMPARE(wrongChoices(question, given), QStringList {QStringLiteral("b")});
}

QTEST_GUILESS_MAIN(AnswersTest)
#include "tst_answers.moc"
