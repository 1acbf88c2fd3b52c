// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/check.h"
#include "lesson/checknames.h"
#include "testfolder.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace rt;

namespace {

/// The event log of a case, which is what the reference evaluator works on.
Evidence evidenceOf(const JsValue &log)
{
    Evidence evidence;
    for (int i = 0; i < checkStreamCount; ++i) {
        const auto stream = static_cast<CheckStream>(i);
        const JsValue items = log[checkStreamName(stream)];
        for (const JsValue &item : items.items())
            evidence.put(stream,
                         {static_cast<quint64>(item[QStringLiteral("id")].toNumber()),
                          item[QStringLiteral("t")].toNumber(), item});
    }
    evidence.state = log[QStringLiteral("state")];
    evidence.now = log[QStringLiteral("now")].toNumber();
    evidence.stepStart = log[QStringLiteral("stepStart")].toNumber();
    for (const QString &id : log[QStringLiteral("answers")].keys())
        evidence.answered.insert(id);
    for (const QString &id : log[QStringLiteral("correct")].keys())
        evidence.correct.insert(id);
    if (const JsValue pick = log[QStringLiteral("pick")]; pick.isObject())
        evidence.picked = PickedField {pick[QStringLiteral("t")].toNumber(),
                                       *checkStream(pick[QStringLiteral("stream")].toString()),
                                       pick[QStringLiteral("field")].toString(),
                                       {0, 0, pick[QStringLiteral("item")]}};
    return evidence;
}

QString verdict(const JsValue &testCase)
{
    CheckDefs defs;
    const JsValue written = testCase[QStringLiteral("defs")];
    for (const auto &[name, condition] : written.members())
        defs.insert(name, condition.toString());
    const auto check = Check::compile(testCase[QStringLiteral("text")].toString(), defs);
    if (!check)
        return QStringLiteral("error");
    return check->holds(evidenceOf(testCase[QStringLiteral("log")])) ? QStringLiteral("true")
                                                                     : QStringLiteral("false");
}

} // namespace

/// The same check over the same event log gives the same verdict, or the same refusal, as the
/// reference implementation (reference/rcl.js, run by node).
class CheckDifferentialTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void agreesWithTheReference_data();
    void agreesWithTheReference();
};

void CheckDifferentialTest::agreesWithTheReference_data()
{
    QTest::addColumn<QString>("seed");
    QTest::addRow("seed 1") << QStringLiteral("1");
    if (const QByteArray more = qgetenv("RT_SEED"); !more.isEmpty())
        QTest::addRow("seed from RT_SEED") << QString::fromLatin1(more);
}

void CheckDifferentialTest::agreesWithTheReference()
{
    QFETCH(QString, seed);
    const QString folder = testFolder();
    QProcess node;
    node.start(QStringLiteral("node"),
               {folder + QStringLiteral("/lessons/reference/cases.js"), seed,
                QStringLiteral("1500"), folder + QStringLiteral("/data/lessons/checks.json")});
    QVERIFY2(node.waitForFinished(60'000) && node.exitCode() == 0,
             node.readAllStandardError().constData());
    const auto cases = parseJson(QByteArrayView(node.readAllStandardOutput()));
    QVERIFY(std::holds_alternative<JsValue>(cases));
    int differences = 0;
    for (const JsValue &testCase : std::get<JsValue>(cases).items()) {
        const QString expected = testCase[QStringLiteral("expected")].asText();
        const QString actual = verdict(testCase);
        if (actual == expected)
            continue;
        if (++differences <= 20)
            qInfo().noquote() << "expected" << expected << "got" << actual << "for"
                              << testCase[QStringLiteral("text")].toString();
    }
    QVERIFY(std::get<JsValue>(cases).items().size() > 3500);
    QCOMPARE(differences, 0);
}

QTEST_GUILESS_MAIN(CheckDifferentialTest)
#include "tst_checkdifferential.moc"
