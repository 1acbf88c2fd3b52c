// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace rt {

/// A failure of the environment (port, file, TLS, configuration): one sentence that tells the user
/// what happened and what to do. Never used for a peer's fault, which is a reason enum.
struct Error
{
    QString message;
};

template<typename T> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(QString message)
{
    return tl::unexpected<Error>(Error {std::move(message)});
}

} // namespace rt
