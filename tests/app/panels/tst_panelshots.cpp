// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/codeview.h"
#include "lab/labsession.h"
#include "lesson/lessonloader.h"
#include "lesson/lessonrunner.h"
#include "lessonsfolder.h"
#include "models/labdocument.h"
#include "panels/clientpanel.h"
#include "panels/codepanel.h"
#include "panels/lessonpanel.h"
#include "panels/servercard.h"
#include "panels/servercardlist.h"
#include "panels/serverpanel.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QRegularExpression>
#include <QTest>
#include <QVBoxLayout>

using namespace rt;

/// Pictures of the panels for looking at (RT_SHOTS names the folder), in both themes and in sizes
/// that are likely to break something.
class PanelShots : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin).*"))); }
    void server_data();
    void server();
    void client_data();
    void client();
    void lesson_data();
    void lesson();

private:
    void rows();
    void save(QWidget &widget, const QString &name);
};

void PanelShots::rows()
{
    QTest::addColumn<Theme::Choice>("choice");
    QTest::addColumn<double>("scale");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::addRow("light") << Theme::Choice::Light << 1.0 << Qt::LeftToRight;
    QTest::addRow("dark") << Theme::Choice::Dark << 1.0 << Qt::LeftToRight;
    QTest::addRow("twice") << Theme::Choice::Light << 2.0 << Qt::LeftToRight;
    QTest::addRow("rtl") << Theme::Choice::Dark << 1.0 << Qt::RightToLeft;
}

void PanelShots::save(QWidget &widget, const QString &name)
{
    widget.ensurePolished();
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QTest::qWait(100);
    const QPixmap picture = widget.grab();
    QVERIFY(!picture.isNull());
    const QString folder = qEnvironmentVariable("RT_SHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    QVERIFY(picture.save(QStringLiteral("%1/%2-%3.png")
                             .arg(folder, name, QString::fromUtf8(QTest::currentDataTag()))));
}

void PanelShots::server_data()
{
    rows();
}

void PanelShots::server()
{
    QFETCH(Theme::Choice, choice);
    QFETCH(double, scale);
    QFETCH(Qt::LayoutDirection, direction);
    Theme theme(*qApp);
    theme.setChoice(choice);
    theme.setTextScale(scale);
    QApplication::setLayoutDirection(direction);
    LabSession lab {LabSetup()};
    LabDocument document(lab);
    QVERIFY(document.setOption("server.cors.enabled", JsValue(true)));
    QVERIFY(document.setOption("server.cors.origin",
                               JsValue(QStringLiteral("http://app.shop.test:3000"))));
    QVERIFY(document.setOption("server.cors.maxAge", JsValue(600)));
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    column->setContentsMargins(0, 0, 0, 0);
    auto *server = new ServerPanel(document, theme, &window);
    auto *code = new CodePanel(document, theme, &window);
    column->addWidget(server, 3);
    column->addWidget(code, 1);
    window.resize(380 * (scale > 1 ? 2 : 1), 920);
    QVERIFY(server->revealOption("server.cors.maxAge"));
    code->markOption("server.cors.origin");
    window.show();
    QTest::qWait(300);
    save(window, QStringLiteral("server"));
}

void PanelShots::client_data()
{
    rows();
}

void PanelShots::client()
{
    QFETCH(Theme::Choice, choice);
    QFETCH(double, scale);
    QFETCH(Qt::LayoutDirection, direction);
    Theme theme(*qApp);
    theme.setChoice(choice);
    theme.setTextScale(scale);
    QApplication::setLayoutDirection(direction);
    LabSession lab {LabSetup()};
    LabDocument document(lab);
    ClientPanel client(lab, document, theme);
    FetchRequest request;
    request.method = "PUT";
    request.url = "http://api.shop.test:8000/api/user";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = "{ \"name\": \"Grace\" }";
    request.hasBody = true;
    client.setRequest(request);
    const std::pair<ClientPanel::Tab, const char *> tabs[]
        = {{ClientPanel::Tab::Headers, "headers"},
           {ClientPanel::Tab::Body, "body"},
           {ClientPanel::Tab::Code, "code"},
           {ClientPanel::Tab::History, "history"},
           {ClientPanel::Tab::Browser, "browser"}};
    for (const int width : {920, 362}) {
        client.resize(int(width * scale), int(220 * scale));
        for (const auto &[tab, name] : tabs) {
            client.showTab(tab);
            save(client, QStringLiteral("client-%1-%2").arg(QLatin1StringView(name)).arg(width));
        }
    }
}

void PanelShots::lesson_data()
{
    rows();
}

void PanelShots::lesson()
{
    QFETCH(Theme::Choice, choice);
    QFETCH(double, scale);
    QFETCH(Qt::LayoutDirection, direction);
    Theme theme(*qApp);
    theme.setChoice(choice);
    theme.setTextScale(scale);
    QApplication::setLayoutDirection(direction);
    LabSession lab {LabSetup()};
    LessonRunner runner(lab);
    LessonPanel panel(runner, theme);
    std::vector<Lesson> lessons;
    for (const LoadedLesson &loaded : loadLessons(lessonsFolder()))
        lessons.push_back(loaded.lesson);
    if (lessons.empty())
        return;
    panel.setLessons(lessons);
    panel.resize(int(312 * scale), int(900 * scale));
    save(panel, QStringLiteral("lesson-list"));
    QVERIFY(panel.startLesson(QStringLiteral("cors-preflight-cache")));
    save(panel, QStringLiteral("lesson-predict"));
    runner.answer(QStringLiteral("q1"), JsValue::stringArray({QStringLiteral("b")}));
    runner.openHint();
    save(panel, QStringLiteral("lesson-answered"));
}

QTEST_MAIN(PanelShots)
#include "tst_panelshots.moc"
