// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/middleware.h"

namespace rt {

/// npm finalhandler 1.3: what Express answers when no stage did. Reads the request to its end
/// first.
void answerNotFound(const std::shared_ptr<Exchange> &exchange);
void answerError(const std::shared_ptr<Exchange> &exchange, const ExpressError &error);

/// {"name", "message"} of an error as the lab's JSON answers show it; the engine's own words are
/// replaced ("invalid JSON", "internal error").
JsValue errorDetails(const ExpressError &error);

/// The stage `notFound`.
class NotFoundHandler final : public Middleware
{
public:
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;
};

/// The stage `errors`: the HTML page, or JSON when the settings say so.
class ErrorHandler final : public Middleware
{
public:
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;
    void handleError(const std::shared_ptr<Exchange> &exchange, const ExpressError &error,
                     Next next) const override;
    bool handlesErrors() const override { return true; }
};

} // namespace rt
