// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "windowcommand.h"

#include "mainwindow.h"
#include "panels/tour.h"

#include <QApplication>
#include <QStandardPaths>

namespace rt {

int windowCommand(QApplication &application, const QStringList &files)
{
    Theme theme(application);
    const QString data = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    MainWindow window(theme, LabSetup(), data + QStringLiteral("/sessions"));
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
