// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTest>

using namespace rt;

class ThemeTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void everyTextReachesReadableContrast_data();
    void everyTextReachesReadableContrast();
    void choiceSetsThePaletteAndTellsEveryone();
    void highContrastSystemKeepsItsOwnColours();
    void textScaleMakesFontsAndRowsGrow();
    void everyIconPaintsInTheAskedColour();
};

void ThemeTest::everyTextReachesReadableContrast_data()
{
    QTest::addColumn<Theme::Kind>("kind");
    QTest::addRow("light") << Theme::Kind::Light;
    QTest::addRow("dark") << Theme::Kind::Dark;
}

void ThemeTest::everyTextReachesReadableContrast()
{
    QFETCH(Theme::Kind, kind);
    const Theme::Colors &colors = Theme::colors(kind);
    QVERIFY(Theme::textPairs().size() > 30);
    for (const auto &[text, surface] : Theme::textPairs()) {
        const double ratio = Theme::contrast(colors[static_cast<size_t>(text)],
                                             colors[static_cast<size_t>(surface)]);
        QVERIFY2(ratio >= 4.5,
                 qPrintable(QStringLiteral("token %1 on %2: %3")
                                .arg(static_cast<int>(text))
                                .arg(static_cast<int>(surface))
                                .arg(ratio)));
    }
}

void ThemeTest::choiceSetsThePaletteAndTellsEveryone()
{
    Theme theme(*qApp);
    QSignalSpy changes(&theme, &Theme::changed);
    theme.setChoice(Theme::Choice::Dark);
    QCOMPARE(changes.count(), 1);
    QVERIFY(theme.isDark());
    QCOMPARE(qApp->palette().color(QPalette::Base), theme.color(Token::Pane));
    theme.setChoice(Theme::Choice::Light);
    QVERIFY(!theme.isDark());
    theme.setChoice(Theme::Choice::Light);
    QCOMPARE(changes.count(), 2);
}

void ThemeTest::highContrastSystemKeepsItsOwnColours()
{
    QPalette system;
    system.setColor(QPalette::Window, Qt::black);
    system.setColor(QPalette::WindowText, Qt::white);
    system.setColor(QPalette::Base, Qt::black);
    system.setColor(QPalette::Text, Qt::white);
    const Theme::Colors colors = Theme::systemColors(system);
    for (const auto &[text, surface] : Theme::textPairs()) {
        if (surface == Token::Accent || surface == Token::Selection || text == Token::Accent)
            continue;
        QVERIFY(
            Theme::contrast(colors[static_cast<size_t>(text)], colors[static_cast<size_t>(surface)])
            > 20);
    }
}

void ThemeTest::textScaleMakesFontsAndRowsGrow()
{
    Theme theme(*qApp);
    const int row = theme.rowHeight();
    QCOMPARE(theme.font(FontRole::Ui).pointSizeF(), 10.0);
    QCOMPARE(theme.font(FontRole::Heading).pointSizeF(), 13.0);
    theme.setTextScale(2.0);
    QCOMPARE(theme.font(FontRole::Mono).pointSizeF(), 19.0);
    QVERIFY(theme.rowHeight() > row);
}

void ThemeTest::everyIconPaintsInTheAskedColour()
{
    Theme theme(*qApp);
    int seen = 0;
    QDirIterator files(QStringLiteral(":/icons"), {QStringLiteral("*.svg")});
    while (files.hasNext()) {
        const QString name = QFileInfo(files.next()).baseName();
        const QImage image = iconPixmap(name, Qt::red, QSize(32, 32), 1.0).toImage();
        bool painted = false;
        for (int i = 0; i < 32 * 32 && !painted; ++i)
            painted = image.pixelColor(i % 32, i / 32) == QColor(Qt::red);
        QVERIFY2(painted, qPrintable(name));
        ++seen;
    }
    QVERIFY(seen > 40);
}

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
