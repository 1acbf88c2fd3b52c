// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/capturestore.h"
#include "hands/windowhands.h"
#include "mainwindow.h"
#include "workspace.h"

#include <QApplication>
#include <QDir>
#include <QSettings>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

#include <array>
#include <tuple>

using namespace rt;
using namespace Qt::StringLiterals;

namespace {

struct Shot
{
    const char *name;
    QSize size;
    Theme::Choice theme;
    Workspace::Arrangement arrangement = Workspace::Arrangement::Learn;
};

constexpr std::array shots {
    Shot {"light-1600x1000", {1600, 1000}, Theme::Choice::Light},
    Shot {"dark-1600x1000", {1600, 1000}, Theme::Choice::Dark},
    Shot {"light-1280x800", {1280, 800}, Theme::Choice::Light},
    Shot {"dark-1280x800", {1280, 800}, Theme::Choice::Dark},
    Shot {"light-1920x1080", {1920, 1080}, Theme::Choice::Light},
    Shot {"dark-1920x1080", {1920, 1080}, Theme::Choice::Dark},
    Shot {"light-1024x700", {1024, 700}, Theme::Choice::Light},
    Shot {"light-present-1920x1080",
          {1920, 1080},
          Theme::Choice::Light,
          Workspace::Arrangement::Present},
};

bool idle(MainWindow &window)
{
    return QTest::qWaitFor([&] { return window.lab().callsInFlight() == 0; });
}

/// Somebody else's GET, as any program on this machine could send it.
void askFromOutside(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port);
    if (!socket.waitForConnected(2000))
        return;
    socket.write("GET /nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    std::ignore
        = QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; });
}

void askFromEvilPage(MainWindow &window)
{
    FetchRequest request;
    request.page = virtualOrigin("evil");
    request.url = virtualOrigin("api") + "/api/items";
    window.lab().fetch(request);
    std::ignore = idle(window);
}

/// The lesson on the preflight cache up to its third step, played by hand; a stranger's request and
/// one of a page that may not read the answer.
bool playScene(MainWindow &window)
{
    WindowHands hands(window);
    if (!window.startLab() || !hands.click(u"lesson.row.cors-preflight-cache"_s))
        return false;
    const std::vector<Step> steps = window.runner().lesson().steps;
    for (size_t number = 0; number < 2; ++number) {
        for (const JsValue &action : steps[number].solution) {
            if (!idle(window) || !hands.perform(action))
                return false;
        }
        if (!QTest::qWaitFor([&] { return window.runner().currentStep() > int(number); }))
            return false;
    }
    askFromEvilPage(window);
    askFromOutside(window.lab().servers().listeners.front().port);
    hands.openTab(u"client.tabs"_s, u"Body"_s);
    window.revealOption("server.cors.maxAge");
    return QTest::qWaitFor([&] { return window.store()->exchanges().size() >= 8; });
}

/// The PUT of the second step, whose preflight was allowed for ten minutes.
void selectPut(MainWindow &window)
{
    for (const CallRecord &call : window.store()->calls()) {
        const auto exchanges = window.store()->exchangesOf(call.id);
        if (call.method == "PUT" && exchanges.size() == 2)
            window.selection().selectExchange(exchanges.back().id, call.id);
    }
}

bool take(const Shot &shot, MainWindow &window, const QDir &folder)
{
    const bool present = shot.arrangement == Workspace::Arrangement::Present;
    window.theme().setChoice(shot.theme);
    window.theme().setTextScale(present ? 2.0 : 1.0);
    window.resize(shot.size);
    window.workspace().arrange(shot.arrangement);
    QTest::qWait(150);
    selectPut(window);
    QTest::qWait(150);
    return window.grab().save(folder.filePath(QLatin1StringView(shot.name) + u".png"_s));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        QTextStream(stderr) << "usage: rt_shots FOLDER [name...]\n";
        return 2;
    }
    const QDir folder(arguments.at(1));
    const QTemporaryDir scratch;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, scratch.path());
    Theme theme(application);
    MainWindow window(theme, LabSetup(), scratch.filePath(u"sessions"_s));
    window.restore(WindowState());
    window.show();
    if (!folder.mkpath(u"."_s) || !playScene(window))
        return 3;
    for (const Shot &shot : shots) {
        const QString name = QLatin1StringView(shot.name);
        if ((arguments.size() <= 2 || arguments.contains(name)) && !take(shot, window, folder))
            return 3;
    }
    return 0;
}
