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
    /// `window` holds the controls by their names: client.send, traffic, inspector, server.cors.origin.
    Tour(QWidget &window, LabSession &lab, const Theme &theme, QObject *parent = nullptr);
    ~Tour() override;

    /// True until it has been finished or closed once.
    static bool isWanted();
    void start();
    void stop();
    bool isRunning() const;
    int card() const;

signals:
    /// The tour wants this request in the client panel.
    void requestProposed();
    void finished();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rt
