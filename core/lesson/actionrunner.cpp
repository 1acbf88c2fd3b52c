// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/actionrunner.h"

#include "lab/labsession.h"
#include "lesson/labpatch.h"

namespace rt {

namespace {

/// Signals of the lab wake the runner; this is for what sends none.
constexpr int pollMs = 10;
constexpr qint64 defaultWaitMs = 10'000;

JsValue withoutVerb(const JsValue &action, const QString &verb)
{
    JsValue rest = action;
    rest.remove(verb);
    return rest;
}

JsValue object(const char16_t *name, const JsValue &value)
{
    JsValue made = JsValue::object();
    made.insert(QString::fromUtf16(name), value);
    return made;
}

} // namespace

QString actionVerb(const JsValue &action)
{
    return action.members().isEmpty() ? QString() : action.members().first().first;
}

std::optional<Command> labCommand(const JsValue &action)
{
    static const QStringList own {QStringLiteral("answer"), QStringLiteral("next"),
                                  QStringLiteral("pick"), QStringLiteral("wait")};
    const QString verb = actionVerb(action);
    if (verb.isEmpty() || own.contains(verb))
        return std::nullopt;
    const JsValue argument = withOrigins(action[verb]);
    Command command;
    command.verb = verb.toUtf8();
    if (verb == u"set") {
        command.arguments = object(u"path", argument);
        command.arguments.insert(QStringLiteral("to"), withOrigins(action[u"to"]));
    } else if (verb == u"order") {
        command.arguments = object(u"names", argument);
    } else if (verb == u"page") {
        command.arguments = object(u"origin", argument);
    } else if (verb == u"advance") {
        const qint64 duration = parseDuration(argument.asText());
        command.arguments = object(u"milliseconds", JsValue(duration));
    } else if (argument.isObject()) {
        command.arguments = argument;
    } else {
        command.arguments = withOrigins(withoutVerb(action, verb));
        command.arguments.insert(QStringLiteral("value"), argument);
    }
    return command;
}

ActionRunner::ActionRunner(LabSession &lab, OwnAction own, Condition condition, QObject *parent)
    : QObject(parent), m_lab(lab), m_own(std::move(own)), m_condition(std::move(condition))
{
    m_timer.setInterval(pollMs);
    connect(&m_timer, &QTimer::timeout, this, &ActionRunner::proceed);
    connect(&lab, &LabSession::callFinished, this, &ActionRunner::proceed, Qt::QueuedConnection);
}

void ActionRunner::run(const QList<JsValue> &actions)
{
    m_actions = actions;
    m_awaited.clear();
    m_running = true;
    m_timer.start();
}

void ActionRunner::stop()
{
    m_running = false;
    m_timer.stop();
    m_actions.clear();
}

void ActionRunner::proceed()
{
    if (!m_running || isWaiting())
        return;
    if (m_actions.isEmpty()) {
        stop();
        emit finished();
        return;
    }
    if (const auto done = perform(m_actions.takeFirst()); !done)
        giveUp(done.error());
}

bool ActionRunner::isWaiting()
{
    if (m_lab.callsInFlight() > 0)
        return true;
    if (m_awaited.isEmpty())
        return false;
    const auto holds = m_condition(m_awaited);
    if (!holds) {
        giveUp(holds.error());
        return true;
    }
    if (*holds) {
        m_awaited.clear();
    } else if (m_lab.elapsed() > m_awaitedUntil) {
        giveUp({QStringLiteral("waited in vain for: %1").arg(m_awaited)});
        return true;
    }
    return !*holds;
}

Result<void> ActionRunner::perform(const JsValue &action)
{
    if (actionVerb(action) == u"wait") {
        const qint64 upTo = parseDuration(action[u"upTo"].toString());
        m_awaited = action[u"wait"].toString();
        m_awaitedUntil = m_lab.elapsed() + static_cast<double>(upTo > 0 ? upTo : defaultWaitMs);
        return {};
    }
    const auto command = labCommand(action);
    return command ? m_lab.run(*command) : m_own(action);
}

void ActionRunner::giveUp(const Error &error)
{
    stop();
    emit failed(error);
}

} // namespace rt
