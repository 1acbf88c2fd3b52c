// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/labconfig.h"

namespace rt {

/// How a stage is written: where its function comes from and what calls it.
struct StageCode
{
    QByteArray stage;
    QString import;
    QString call;
};

/// Null for a stage that no single call makes.
const StageCode *stageCode(QByteArrayView stage);

/// What the generated code of a configuration consists of; expressCode() puts it together.
class ExpressParts
{
public:
    explicit ExpressParts(const LabConfig &config) : m_config(config) { }

    /// Express itself answers 404 at the end, and 500 unless errors are wanted as JSON: those
    /// stages are written only where they change something.
    bool isWritten(const StackEntry &entry) const;
    bool isFrozen() const { return !m_config.setting("server.clock.now").isUndefined(); }
    bool hasTls() const { return m_config.setting("server.tls").isTruthy(); }
    /// Header that moves the clock; empty when none does.
    QString clockHeader() const { return m_config.setting("server.clock.header").toString(); }
    /// How people stay logged in, by `auth.mode`: a function of login.mjs.
    QString loginFunction() const;
    /// npm packages first, modules of the project last.
    std::vector<CodeLine> imports() const;
    /// The text stage that decodes every piece by itself, which no package does.
    static bool readsPieces(const StackEntry &entry);

private:
    bool endsTooEarly() const;
    bool isWritten(QByteArrayView stage) const;
    std::vector<CodeLine> packageImports() const;
    std::vector<CodeLine> projectImports() const;

    const LabConfig &m_config;
};

} // namespace rt
