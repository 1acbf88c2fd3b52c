// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "express/middleware.h"

#include <tl/expected.hpp>

namespace rt {

/// What a JavaScript function returns, or the error it throws.
template<typename T> using OrThrown = tl::expected<T, ExpressError>;

/// `throw new Error(message)`; another class by its name.
inline tl::unexpected<ExpressError> thrown(const QString &message, const QByteArray &name = "Error")
{
    ExpressError error;
    error.name = name;
    error.message = message;
    return tl::unexpected(std::move(error));
}

inline tl::unexpected<ExpressError> typeError(const QString &message)
{
    return thrown(message, "TypeError");
}

} // namespace rt
