// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"

#include <QByteArrayList>

namespace rt {

/// The words of RequestInit (https://fetch.spec.whatwg.org/#requestinit) in the order of our
/// enumerations: an enumerator's number is its word's index.
QByteArrayList modeWords();
QByteArrayList credentialsWords();
QByteArrayList redirectWords();
QByteArrayList cacheWords();
/// Empty first: none is named.
QByteArrayList referrerPolicyWords();

} // namespace rt
