// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/headermodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace rt;

class HeaderModelTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void listsAnswerThenRequest();
    void marksWhatTheServerDid();
    void showsAbsentHeadersThatDecided();
    void offersTheFixWhereItsOptionStands();
    void namesEveryPartTheLearnerCanPointAt();
    void highlightsWhatALessonWants();
    void speaksARow();

private:
    static Inspected inspected();
    int rowNamed(const HeaderModel &model, const QString &name) const;
};

Inspected HeaderModelTest::inspected()
{
    Inspected inspected;
    ExchangeRecord record;
    record.id = 7;
    EndReport &end = record.client.end;
    end.request = {"GET",
                   "/api/user?role=user&role=admin",
                   {},
                   {{"Host", "api.shop.test:8000"}, {"Cookie", "a=1; b=2"}}};
    end.response = {200, "OK", {}, {{"Vary", "Origin"}, {"Set-Cookie", "session=abc; Path=/"}}};
    StageRecord stage;
    stage.name = "cors";
    stage.headerChanges = {{HeaderChange::Kind::Added, "Vary", {}, "Origin"}};
    record.server.stages.push_back(stage);
    inspected.exchange = record;
    inspected.annotations = {{.id = "start", .meaning = QStringLiteral("It worked.")},
                             {.onRequest = true, .header = "Host", .value = "api.shop.test:8000"},
                             {.onRequest = true, .header = "Cookie", .value = "a=1; b=2"},
                             {.header = "Vary",
                              .value = "Origin",
                              .meaning = QStringLiteral("One copy per origin."),
                              .setBy = "cors",
                              .option = "cors.origin",
                              .reference = QStringLiteral("RFC 9110 \u00a712.5.5")},
                             {.header = "Set-Cookie", .value = "session=abc; Path=/"},
                             {.tone = Annotation::Tone::Bad,
                              .header = "Access-Control-Allow-Credentials",
                              .absent = true,
                              .setBy = "cors",
                              .option = "cors.credentials",
                              .optionIsDefault = true}};
    inspected.diagnosis.fixes
        = {{"server.cors.credentials", JsValue(true), QStringLiteral("Allow credentials")}};
    return inspected;
}

int HeaderModelTest::rowNamed(const HeaderModel &model, const QString &name) const
{
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.row(row).name == name)
            return row;
    }
    return -1;
}

void HeaderModelTest::listsAnswerThenRequest()
{
    HeaderModel model;
    const QAbstractItemModelTester tester(&model);
    model.setInspected(inspected());
    QCOMPARE(model.row(0).kind, HeaderRow::Kind::Section);
    QCOMPARE(model.row(0).name, QStringLiteral("Answer"));
    QCOMPARE(model.row(1).name, QStringLiteral("200"));
    QCOMPARE(model.row(1).meaning, QStringLiteral("It worked."));
    QVERIFY(rowNamed(model, QStringLiteral("Vary")) < rowNamed(model, QStringLiteral("Request")));
    QVERIFY(rowNamed(model, QStringLiteral("Host")) > rowNamed(model, QStringLiteral("Request")));
    model.setInspected({});
    QCOMPARE(model.rowCount(), 0);
}

void HeaderModelTest::marksWhatTheServerDid()
{
    HeaderModel model;
    model.setInspected(inspected());
    const int vary = rowNamed(model, QStringLiteral("Vary"));
    QCOMPARE(model.row(vary).mark, HeaderRow::Mark::Added);
    QCOMPARE(model.index(vary, HeaderModel::Mark).data().toString(), QStringLiteral("+"));
    QCOMPARE(model.row(vary).setBy, QStringLiteral("cors \u00b7 origin"));
    QCOMPARE(model.row(vary).option, QByteArray("server.cors.origin"));
    QCOMPARE(model.row(rowNamed(model, QStringLiteral("Host"))).mark, HeaderRow::Mark::None);
}

void HeaderModelTest::showsAbsentHeadersThatDecided()
{
    HeaderModel model;
    model.setInspected(inspected());
    const HeaderRow &row
        = model.row(rowNamed(model, QStringLiteral("Access-Control-Allow-Credentials")));
    QVERIFY(row.absent);
    QCOMPARE(row.mark, HeaderRow::Mark::Missing);
    QCOMPARE(row.value, QStringLiteral("absent"));
}

void HeaderModelTest::offersTheFixWhereItsOptionStands()
{
    HeaderModel model;
    model.setInspected(inspected());
    QCOMPARE(model.row(rowNamed(model, QStringLiteral("Access-Control-Allow-Credentials"))).fix, 0);
    QCOMPARE(model.row(rowNamed(model, QStringLiteral("Vary"))).fix, -1);
}

void HeaderModelTest::namesEveryPartTheLearnerCanPointAt()
{
    HeaderModel model;
    model.setInspected(inspected());
    QStringList picks;
    for (int row = 0; row < model.rowCount(); ++row)
        picks << model.row(row).pick;
    for (const char *pick : {"res.status", "req.method", "res.h[\"Vary\"]", "req.h[\"Host\"]",
                             "req.q[\"role\"]", "req.cookie[\"b\"]", "res.cookie[\"session\"]"})
        QVERIFY2(picks.contains(QLatin1StringView(pick)), pick);
    QCOMPARE(picks.count(QStringLiteral("req.q[\"role\"]")), 2);
}

void HeaderModelTest::highlightsWhatALessonWants()
{
    HeaderModel model;
    model.setInspected(inspected());
    model.setHighlights({QStringLiteral("res.h[Vary]")});
    QVERIFY(model.isHighlighted(rowNamed(model, QStringLiteral("Vary"))));
    QVERIFY(!model.isHighlighted(rowNamed(model, QStringLiteral("Host"))));
}

void HeaderModelTest::speaksARow()
{
    HeaderModel model;
    model.setInspected(inspected());
    QCOMPARE(model.index(rowNamed(model, QStringLiteral("Vary")), 0)
                 .data(Qt::AccessibleTextRole)
                 .toString(),
             QStringLiteral("Vary: Origin. One copy per origin. Set by cors \u00b7 origin (yours). "
                            "See RFC 9110 \u00a712.5.5."));
}

QTEST_GUILESS_MAIN(HeaderModelTest)
#include "tst_headermodel.moc"
