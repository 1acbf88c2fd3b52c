// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/searchmodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace rt;

class SearchModelTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void showsEverythingWithoutWords();
    void wantsEveryWord();
    void putsTitlesThatBeginWithTheWordFirst();
    void showsNoMoreThanALookCanTake();
};

namespace {

std::vector<SearchItem> sample()
{
    return {{.title = QStringLiteral("Clear"), .kind = QStringLiteral("Command")},
            {.title = QStringLiteral("cors maxAge"),
             .detail = QStringLiteral("Preflight cache"),
             .kind = QStringLiteral("Option")},
            {.title = QStringLiteral("cookieSession maxAge"), .kind = QStringLiteral("Option")},
            {.title = QStringLiteral("The preflight cache"), .kind = QStringLiteral("Lesson")}};
}

QStringList titles(const SearchModel &model)
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list << model.index(row).data().toString();
    return list;
}

} // namespace

void SearchModelTest::showsEverythingWithoutWords()
{
    SearchModel model;
    const QAbstractItemModelTester tester(&model);
    model.setItems(sample());
    QCOMPARE(model.rowCount(), 4);
}

void SearchModelTest::wantsEveryWord()
{
    SearchModel model;
    model.setItems(sample());
    model.setQuery(QStringLiteral("cors maxage"));
    QCOMPARE(titles(model), QStringList {QStringLiteral("cors maxAge")});
    model.setQuery(QStringLiteral("option age"));
    QCOMPARE(model.rowCount(), 2);
    model.setQuery(QStringLiteral("nothing like it"));
    QCOMPARE(model.rowCount(), 0);
}

void SearchModelTest::putsTitlesThatBeginWithTheWordFirst()
{
    SearchModel model;
    model.setItems(sample());
    model.setQuery(QStringLiteral("preflight"));
    QCOMPARE(titles(model),
             (QStringList {QStringLiteral("The preflight cache"), QStringLiteral("cors maxAge")}));
}

void SearchModelTest::showsNoMoreThanALookCanTake()
{
    SearchModel model;
    model.setItems(
        std::vector<SearchItem>(1000, SearchItem {.title = QStringLiteral("GET /ping")}));
    QCOMPARE(model.rowCount(), SearchModel::mostShown);
}

QTEST_GUILESS_MAIN(SearchModelTest)
#include "tst_searchmodel.moc"
