// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace rt {

/// Where this program keeps what outlives a session: the system's folder for its data.
QString dataFolder();
/// Keys and certificates for HTTPS.
QString tlsFolder();
/// The certificate of the authority that vouches for the lab's servers, whether it is there or not.
QString authorityFile();

} // namespace rt
