// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

/// How closely a replay must follow Chromium.
enum class CaseStrictness {
    /// What every client that models the rules must get: everything but net errors, console lines
    /// about failed loads and the order of headers.
    Rules,
    /// Net errors and all console lines too.
    Everything,
    /// Every request header in wire order on top.
    Wire,
};

/// One line per difference, naming step and key; empty when the replay agrees.
QStringList compareCase(const QJsonArray &expected, const QJsonArray &got,
                        CaseStrictness strictness);
