// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/capturestore.h"
#include "mainwindow.h"
#include "sampletraffic.h"
#include "workspace.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTextStream>

#include <array>

using namespace rt;

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

void settle(int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

bool take(const Shot &shot, Theme &theme, const QDir &folder)
{
    const QTemporaryDir sessions;
    MainWindow window(theme, LabSetup(), sessions.path());
    WindowState state;
    state.theme = shot.theme;
    window.restore(state);
    window.resize(shot.size);
    window.show();
    theme.setTextScale(shot.arrangement == Workspace::Arrangement::Present ? 2.0 : 1.0);
    window.workspace().arrange(shot.arrangement);
    window.store()->append(sampleTraffic());
    settle(100);
    window.selection().selectExchange(4, 3);
    settle(100);
    return window.grab().save(
        folder.filePath(QLatin1StringView(shot.name) + QStringLiteral(".png")));
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
    Theme theme(application);
    for (const Shot &shot : shots) {
        const QString name = QLatin1StringView(shot.name);
        if (arguments.size() > 2 && !arguments.contains(name))
            continue;
        if (!folder.mkpath(QStringLiteral(".")) || !take(shot, theme, folder))
            return 3;
    }
    return 0;
}
