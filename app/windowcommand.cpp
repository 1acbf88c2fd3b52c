// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "windowcommand.h"

#include "datafolder.h"
#include "mainwindow.h"
#include "panels/tour.h"

#include <QApplication>

namespace rt {

int windowCommand(QApplication &application, const QStringList &files)
{
    Theme theme(application);
    LabSetup setup;
    setup.tlsFolder = tlsFolder();
    MainWindow window(theme, setup, dataFolder() + QStringLiteral("/sessions"));
    window.restore(WindowState::load());
    window.show();
    static_cast<void>(window.startLab());
    for (const QString &file : files)
        window.openFile(file);
    if (files.isEmpty() && Tour::isWanted())
        window.tour().start();
    return application.exec();
}

} // namespace rt
