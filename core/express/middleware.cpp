// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/middleware.h"

namespace rt {

void Middleware::handleError(const std::shared_ptr<Exchange> &exchange, const ExpressError &error,
                             Next next) const
{
    Q_UNUSED(exchange)
    next(error);
}

} // namespace rt
