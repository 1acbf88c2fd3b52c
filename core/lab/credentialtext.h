// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>

namespace rt {

/// Translation context of what is said about credentials.
class CredentialText
{
    Q_DECLARE_TR_FUNCTIONS(CredentialText)
};

} // namespace rt
