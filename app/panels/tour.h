// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

#include <memory>

class QWidget;

namespace rt {

class LabSession;
class Theme;

/// The first minute: a few short cards inside the window that point at real controls and go on
/// when real traffic shows that the learner has done it. No dialog, no mock-up.
class Tour final : public QObject
{
    Q_OBJECT

public:
    enum class Stop { Send, Asked, Why, Allow, SendAgain, Done };
    static constexpr int stopCount = static_cast<int>(Stop::Done) + 1;

    /// `window` holds the controls by their names: client.send, traffic, inspector,
    /// server.cors.enabled.
    Tour(QWidget &window, LabSession &lab, const Theme &theme, QObject *parent = nullptr);
    ~Tour() override;

    /// True until it has been finished or left once.
    static bool isWanted();
    void start();
    void stop();
    bool isRunning() const;
    Stop current() const;

signals:
    void finished();
    /// The learner wants to go on with lessons.
    void lessonsRequested();

private:
    void connectLab();
    void go(Stop stop);
    void next();
    void prepare();
    void proposeRequest();
    void follow(bool blocked, const QString &reason);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rt
