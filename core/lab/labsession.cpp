// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labsession.h"

namespace rt {

class LabSession::Private
{
public:
    LabSetup setup;
    LabConfig config;
    ServerState servers;
    BrowserState browserState;
};

LabSession::LabSession(LabSetup setup, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->config = setup.config;
    d->setup = std::move(setup);
}

LabSession::~LabSession() = default;

Result<void> LabSession::start()
{
    return {};
}

const ServerState &LabSession::servers() const
{
    return d->servers;
}

const BrowserState &LabSession::browserState() const
{
    return d->browserState;
}

const LabConfig &LabSession::config() const
{
    return d->config;
}

qint64 LabSession::now() const
{
    return 0;
}

double LabSession::elapsed() const
{
    return 0;
}

qint64 LabSession::skipped() const
{
    return 0;
}

int LabSession::callsInFlight() const
{
    return 0;
}

void LabSession::setConfig(const LabConfig &config, bool byLesson)
{
    Q_UNUSED(byLesson)
    d->config = config;
    emit configChanged(config);
}

Result<void> LabSession::run(const Command &command)
{
    Q_UNUSED(command)
    return {};
}

quint64 LabSession::fetch(const FetchRequest &request)
{
    Q_UNUSED(request)
    return 0;
}

void LabSession::cancel(quint64 call)
{
    Q_UNUSED(call)
}

void LabSession::resetState() { }

} // namespace rt
