// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

// Start-up time, memory and frame times of the window while a load generator fills the traffic
// list. usage: bench_window [seconds] [connections]    QT_QPA_PLATFORM=offscreen when there is no
// display.

#include "capture/capturestore.h"
#include "mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <unistd.h>
#include <vector>

namespace {

/// Milliseconds since the kernel started this process, in steps of its clock tick.
double sinceProcessStart()
{
    QFile stat(QStringLiteral("/proc/self/stat"));
    if (!stat.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = stat.readAll();
    const QByteArrayList fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    timespec now {};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double uptime
        = static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    return uptime - fields.at(19).toDouble() * 1e3 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').at(1).toDouble() * static_cast<double>(sysconf(_SC_PAGESIZE))
        / 1e6;
}

class FrameClock : public QObject
{
public:
    explicit FrameClock(QWidget &window) : m_window(window)
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] { tick(); });
    }

    void start()
    {
        m_intervals.clear();
        m_clock.start();
        m_timer.start(16);
    }

    double percentile(double share)
    {
        std::sort(m_intervals.begin(), m_intervals.end());
        const auto at = static_cast<size_t>(share * static_cast<double>(m_intervals.size() - 1));
        return m_intervals.empty() ? 0 : m_intervals[at];
    }

    void stop() { m_timer.stop(); }

private:
    void tick()
    {
        m_window.repaint();
        m_intervals.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
        m_clock.restart();
    }

    QWidget &m_window;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_intervals;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QStringList arguments = QApplication::arguments();
    const int seconds = arguments.value(1, QStringLiteral("5")).toInt();
    QTemporaryDir sessions;
    rt::Theme theme(application);
    rt::LabSetup setup;
    setup.apiPort = 0;
    setup.sitePort = 0;
    rt::MainWindow window(theme, setup, sessions.path());
    window.resize(1280, 800);
    window.show();
    static_cast<void>(window.startLab());
    window.repaint();
    QTextStream out(stdout);
    out << "start to usable window: " << sinceProcessStart() << " ms\n";

    FrameClock frames(window);
    QProcess load;
    qsizetype before = 0;
    QTimer::singleShot(2000, &window, [&] {
        out << "idle memory: " << residentMegabytes() << " MB\n";
        frames.start();
    });
    QTimer::singleShot(4000, &window, [&] {
        out << "frame interval, idle: p50 " << frames.percentile(0.5) << " p99 "
            << frames.percentile(0.99) << " ms\n";
        before = static_cast<qsizetype>(window.store()->exchanges().size());
        frames.start();
        const quint16 port = window.lab().servers().listeners.front().port;
        load.start(QStringLiteral("wrk"),
                   {QStringLiteral("-t1"),
                    QStringLiteral("-c") + arguments.value(2, QStringLiteral("1")),
                    QStringLiteral("-d%1").arg(seconds),
                    QStringLiteral("http://127.0.0.1:%1/ping").arg(port)});
    });
    QObject::connect(&load, &QProcess::finished, &window, [&] {
        const auto arrived = static_cast<qsizetype>(window.store()->exchanges().size()) - before;
        out << "exchanges shown: " << arrived / seconds << " /s\n";
        out << "frame interval, loaded: p50 " << frames.percentile(0.5) << " p95 "
            << frames.percentile(0.95) << " p99 " << frames.percentile(0.99) << " max "
            << frames.percentile(1) << " ms\n";
        out << "memory after " << window.store()->exchanges().size()
            << " exchanges: " << residentMegabytes() << " MB\n";
        frames.stop();
        QApplication::quit();
    });
    return QApplication::exec();
}
