// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "actions.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QTest>

using namespace rt;

class ActionsTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void everyCommandIsWellFormed();
    void everyKeyIsGivenOnce();
    void keysOfTheDesignAreThere_data();
    void keysOfTheDesignAreThere();
};

void ActionsTest::everyCommandIsWellFormed()
{
    QSet<QString> ids;
    for (const CommandRow &row : commandRows()) {
        const QString id = QLatin1StringView(row.id);
        QVERIFY2(!ids.contains(id), row.id);
        ids.insert(id);
        QVERIFY2(*row.text && *row.menu && row.run, row.id);
        QVERIFY2(
            !*row.icon
                || QFile::exists(QStringLiteral(":/icons/%1.svg").arg(QLatin1StringView(row.icon))),
            row.icon);
    }
}

void ActionsTest::everyKeyIsGivenOnce()
{
    QSet<QString> keys;
    for (const CommandRow &row : commandRows()) {
        const QKeySequence key(QLatin1StringView(row.shortcut));
        if (key.isEmpty())
            continue;
        QVERIFY2(!keys.contains(key.toString()), row.shortcut);
        keys.insert(key.toString());
    }
}

void ActionsTest::keysOfTheDesignAreThere_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("key");
    const auto row = [](const char *id, const char *key) {
        QTest::addRow("%s", key) << QString::fromLatin1(id) << QString::fromLatin1(key);
    };
    row("lab.send", "Ctrl+Return");
    row("lab.again", "Ctrl+R");
    row("traffic.pause", "Ctrl+E");
    row("traffic.clear", "Ctrl+L");
    row("traffic.filter", "Ctrl+F");
    row("edit.search", "Ctrl+K");
    row("edit.undo", "Ctrl+Z");
    row("edit.redo", "Ctrl+Y");
    row("view.lesson", "Alt+1");
    row("view.server", "Alt+6");
    row("view.identity", "Alt+8");
    row("view.next", "F6");
    row("help.focused", "F1");
    row("view.fullScreen", "F11");
}

void ActionsTest::keysOfTheDesignAreThere()
{
    QFETCH(QString, id);
    QFETCH(QString, key);
    QCOMPARE(Actions::defaultShortcut(id), QKeySequence(key));
}

QTEST_MAIN(ActionsTest)
#include "tst_actions.moc"
