// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "exporters/answercomparison.h"

#include "http/contentcoding.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using Kind = ComparedPart::Kind;
using Verdict = ComparedPart::Verdict;

Q_DECLARE_METATYPE(ComparedPart::Kind)
Q_DECLARE_METATYPE(ReplayedAnswer)

class AnswerComparisonTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void equalAnswersAgree();
    void findsTheDifference_data();
    void findsTheDifference();
    void leavesOutWhatCannotBeTheSameTwice();
    void comparesUnpackedBodies();
    void comparesAnErrorPageUpToItsTrace();
};

namespace {

ReplayedAnswer answer()
{
    ReplayedAnswer made;
    made.head = {200,
                 "OK",
                 {1, 1},
                 {{"X-Powered-By", "Express"},
                  {"Content-Length", "2"},
                  {"Date", "Sat, 28 Nov 2026 18:00:00 GMT"}}};
    made.body = "ok";
    return made;
}

ReplayedAnswer with(const QByteArray &name, const QByteArray &value)
{
    ReplayedAnswer made = answer();
    made.head.headers.set(name, value);
    return made;
}

QByteArray gzip(const QByteArray &text, int level)
{
    EncoderOptions options;
    options.level = level;
    const auto encoder = makeEncoder(ContentCoding::Gzip, options);
    QByteArray packed = encoder->write(text);
    packed += encoder->finish();
    return packed;
}

/// The parts of one kind that differ.
std::vector<ComparedPart> differing(const ComparedAnswer &compared)
{
    std::vector<ComparedPart> parts;
    for (const ComparedPart &part : compared.parts) {
        if (part.verdict == Verdict::Differs)
            parts.push_back(part);
    }
    return parts;
}

} // namespace

void AnswerComparisonTest::equalAnswersAgree()
{
    const ComparedAnswer compared = compareAnswers(answer(), answer());
    QCOMPARE(compared.differences(), 0);
    // status, three headers, their order, body
    QCOMPARE(compared.parts.size(), size_t(6));
}

void AnswerComparisonTest::findsTheDifference_data()
{
    QTest::addColumn<ReplayedAnswer>("node");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QByteArray>("name");
    ReplayedAnswer status = answer();
    status.head.status = 404;
    QTest::addRow("status") << status << Kind::Status << QByteArray();
    QTest::addRow("value") << with("X-Powered-By", "PHP") << Kind::Header
                           << QByteArray("X-Powered-By");
    ReplayedAnswer body = answer();
    body.body = "no";
    QTest::addRow("body") << body << Kind::Body << QByteArray();
    QTest::addRow("spelling") << with("content-length", "2") << Kind::Order << QByteArray();
    ReplayedAnswer closed;
    closed.outcome = ReplayedAnswer::Outcome::Closed;
    QTest::addRow("no answer") << closed << Kind::Outcome << QByteArray();
}

void AnswerComparisonTest::findsTheDifference()
{
    QFETCH(ReplayedAnswer, node);
    const auto parts = differing(compareAnswers(answer(), node));
    QCOMPARE(parts.size(), size_t(1));
    QTEST(parts.front().kind, "kind");
    QTEST(parts.front().name, "name");
}

void AnswerComparisonTest::leavesOutWhatCannotBeTheSameTwice()
{
    const ComparedAnswer compared
        = compareAnswers(answer(), with("Date", "Sat, 28 Nov 2026 18:00:01 GMT"));
    QCOMPARE(compared.differences(), 0);
    const auto date = std::find_if(compared.parts.begin(), compared.parts.end(),
                                   [](const ComparedPart &part) { return part.name == "Date"; });
    QCOMPARE(date->verdict, Verdict::NotCompared);
    QVERIFY(*date->reason);
    // An absent Date is a difference all the same.
    ReplayedAnswer without = answer();
    without.head.headers.remove("Date");
    QCOMPARE(compareAnswers(answer(), without).differences(), 2);
}

void AnswerComparisonTest::comparesUnpackedBodies()
{
    const QByteArray text = QByteArray("round trip ").repeated(200);
    ReplayedAnswer lab = with("Content-Encoding", "gzip");
    ReplayedAnswer node = lab;
    lab.body = gzip(text, 1);
    node.body = gzip(text, 9);
    QVERIFY(lab.body != node.body);
    QCOMPARE(compareAnswers(lab, node).differences(), 0);
    node.body = gzip(text + '!', 9);
    const auto parts = differing(compareAnswers(lab, node));
    QCOMPARE(parts.size(), size_t(1));
    QCOMPARE(parts.front().kind, Kind::Body);
}

void AnswerComparisonTest::comparesAnErrorPageUpToItsTrace()
{
    const QByteArray page = "<!DOCTYPE html>\n<pre>Error: lab error";
    ReplayedAnswer lab = with("Content-Length", "61");
    ReplayedAnswer node = with("Content-Length", "63");
    lab.body = page + "<br> &nbsp; &nbsp;at a.cpp:1</pre>\n";
    node.body = page + "<br> &nbsp; &nbsp;at abc.mjs:1</pre>\n";
    QCOMPARE(compareAnswers(lab, node).differences(), 0);
    node.body.replace("lab error", "another");
    QCOMPARE(differing(compareAnswers(lab, node)).front().kind, Kind::Body);
}

QTEST_GUILESS_MAIN(AnswerComparisonTest)
#include "tst_answercomparison.moc"
