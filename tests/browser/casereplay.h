// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/random.h"
#include "browser/browser.h"
#include "caseresult.h"
#include "caseserver.h"

#include <memory>

/// Plays cases through the built-in browser against servers of its own and writes down what it did,
/// in the form of `expect`.
class CaseReplay : public QObject
{
    Q_OBJECT

public:
    CaseReplay();

    /// Empty when ready, else why not.
    QString prepare();
    /// One entry per step.
    QJsonArray run(const QJsonObject &caseObject);

private:
    /// What a step came to besides `wire`, still with real ports.
    struct StepOutcome
    {
        QJsonObject result;
        rt::FetchResult fetch;
    };

    void fillJar(const QJsonArray &cookies);
    void openPage(const QJsonObject &page);
    QJsonObject runStep(const QJsonObject &step, bool rawWire);
    StepOutcome play(const QString &kind, const QJsonValue &argument);
    StepOutcome playFetch(const QJsonObject &argument);
    StepOutcome playOpen(const QJsonObject &page);
    StepOutcome playNavigate(const QJsonObject &argument);
    StepOutcome playLoad(const QJsonObject &argument);
    StepOutcome playWebSocket(const QJsonObject &argument);
    StepOutcome playDocumentCookie(const QString &kind, const QJsonValue &argument);
    rt::FetchResult await(const std::function<void(rt::Browser::Finished)> &start);

    rt::LabClock m_clock;
    rt::SeededRandom m_random {7};
    CaseServer m_server;
    rt::AddressTable m_addresses;
    std::unique_ptr<rt::Browser> m_browser;
    QJsonArray m_jar;
    bool m_styled = false;
};
