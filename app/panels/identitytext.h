// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/credential.h"

#include <QString>

namespace rt {

/// "session · cookie session in the jar", "token in Authorization".
QString credentialTitle(const Credential &credential);

} // namespace rt
