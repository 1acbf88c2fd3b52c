// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "mainwindow.h"
#include "panels/tour.h"
#include "panels/tourcard.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;

/// The first minute, played as a beginner would: real window, real servers, real clicks.
class TourTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void leadsFromTheFirstRequestToAnAnswer();
    void pointsAtControlsInsideTheWindow();
    void isWantedUntilItWasLeft();
    void canBeStartedAgain();

private:
    void click(const char *name);
    QString cardText() const;
    void save(const QString &name);

    QTemporaryDir m_folder;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

void TourTest::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("roundtrip-test"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    m_theme = std::make_unique<Theme>(*qApp);
}

void TourTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin).*")));
    QSettings().clear();
    LabSetup setup;
    setup.apiPort = 0;
    setup.sitePort = 0;
    m_window
        = std::make_unique<MainWindow>(*m_theme, setup, m_folder.filePath(QStringLiteral("s")));
    m_window->restore(WindowState());
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(m_window->startLab());
}

void TourTest::cleanup()
{
    m_window.reset();
}

void TourTest::click(const char *name)
{
    auto *button = m_window->findChild<QAbstractButton *>(QLatin1StringView(name));
    QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
    QTest::mouseClick(button, Qt::LeftButton, {}, button->rect().center());
}

QString TourTest::cardText() const
{
    return m_window->findChild<TourCard *>()->text();
}

void TourTest::save(const QString &name)
{
    const QString folder = qEnvironmentVariable("RT_SHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    for (const auto &[choice, theme] :
         {std::pair(Theme::Choice::Light, "light"), std::pair(Theme::Choice::Dark, "dark")}) {
        m_theme->setChoice(choice);
        QTest::qWait(100);
        QVERIFY(m_window->grab().save(
            QStringLiteral("%1/tour-%2-%3.png").arg(folder, name, QLatin1StringView(theme))));
    }
    m_theme->setChoice(Theme::Choice::Light);
}

void TourTest::leadsFromTheFirstRequestToAnAnswer()
{
    Tour &tour = m_window->tour();
    tour.start();
    QCOMPARE(tour.current(), Tour::Stop::Send);
    save(QStringLiteral("1"));
    click("client.send");
    QTRY_COMPARE(tour.current(), Tour::Stop::Asked);
    save(QStringLiteral("2"));
    click("tour.next");
    QCOMPARE(tour.current(), Tour::Stop::Why);
    QVERIFY2(cardText().contains(QStringLiteral("Access-Control-Allow-Origin")),
             qPrintable(cardText()));
    save(QStringLiteral("3"));
    click("tour.next");
    QCOMPARE(tour.current(), Tour::Stop::Allow);
    save(QStringLiteral("4"));
    click("server.cors.enabled");
    QTRY_COMPARE(tour.current(), Tour::Stop::SendAgain);
    save(QStringLiteral("5"));
    click("client.send");
    QTRY_COMPARE(tour.current(), Tour::Stop::Done);
    save(QStringLiteral("6"));
    QSignalSpy lessons(&tour, &Tour::lessonsRequested);
    click("tour.next");
    QCOMPARE(lessons.count(), 1);
    QVERIFY(!tour.isRunning());
}

void TourTest::pointsAtControlsInsideTheWindow()
{
    m_window->tour().start();
    const auto *card = m_window->findChild<TourCard *>();
    QVERIFY(m_window->rect().contains(card->geometry()));
    QCOMPARE(card->target()->objectName(), QStringLiteral("client.send"));
    const QRect target(card->target()->mapTo(m_window.get(), QPoint()), card->target()->size());
    const QRect ring = m_window->findChild<TourRing *>()->geometry();
    QVERIFY(ring.contains(target));
    m_window->resize(1024, 700);
    QTRY_VERIFY(m_window->rect().contains(card->geometry()));
}

void TourTest::isWantedUntilItWasLeft()
{
    QVERIFY(Tour::isWanted());
    m_window->tour().start();
    QVERIFY(Tour::isWanted());
    click("tour.close");
    QVERIFY(!Tour::isWanted());
    QVERIFY(!m_window->findChild<TourCard *>()->isVisible());
}

void TourTest::canBeStartedAgain()
{
    m_window->tour().start();
    m_window->tour().stop();
    m_window->tour().start();
    QVERIFY(m_window->tour().isRunning());
    QCOMPARE(m_window->tour().current(), Tour::Stop::Send);
}

QTEST_MAIN(TourTest)
#include "tst_tour.moc"
