// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"

#include <QString>

namespace rt {

/// The request as a page's script would write it: only what differs from fetch()'s defaults.
QString fetchCode(const FetchRequest &request);
/// axios 1.x with the same effect; a comment names what it has no word for.
QString axiosCode(const FetchRequest &request);
/// The request as a curl command line for a POSIX shell. `connectTo` is where the server really
/// listens ("api.shop.test:8000:127.0.0.1:8000"); empty leaves it out.
QString curlCode(const FetchRequest &request, const QString &connectTo = {});

} // namespace rt
