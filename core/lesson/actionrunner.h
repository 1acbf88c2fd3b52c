// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"
#include "lab/command.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace rt {

class LabSession;

/// A lesson action as the lab's command: {"set": p, "to": v} -> set {path, to}. Nothing for the
/// actions that concern the lesson itself (answer, next, pick, wait).
std::optional<Command> labCommand(const JsValue &action);
/// The first key of an action, which says what it does.
QString actionVerb(const JsValue &action);

/// Runs the actions of a solution or a wrong path one after the other through the lab's command
/// layer, waiting before each until no call is in flight.
class ActionRunner : public QObject
{
    Q_OBJECT

public:
    /// Does an action that is the lesson's own business.
    using OwnAction = std::function<Result<void>(const JsValue &action)>;
    /// Whether the condition of a "wait" holds.
    using Condition = std::function<Result<bool>(const QString &check)>;

    ActionRunner(LabSession &lab, OwnAction own, Condition condition, QObject *parent = nullptr);

    void run(const QList<JsValue> &actions);
    void stop();
    bool isRunning() const { return m_running; }

signals:
    /// All are done and no call is in flight any more.
    void finished();
    /// An action could not be run; the rest is dropped.
    void failed(const rt::Error &error);

private:
    void proceed();
    bool isWaiting();
    Result<void> perform(const JsValue &action);
    void giveUp(const Error &error);

    LabSession &m_lab;
    OwnAction m_own;
    Condition m_condition;
    QList<JsValue> m_actions;
    QString m_awaited;
    double m_awaitedUntil = 0;
    QTimer m_timer;
    bool m_running = false;
};

} // namespace rt
