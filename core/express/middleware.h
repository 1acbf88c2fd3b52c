// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace rt {

class Exchange;

/// What an error passed to next(err) carries in Express.
struct ExpressError
{
    QByteArray name = "Error";
    QString message;
    /// err.status as the thrower set it, fractions and NaN included; used from 400 to below 600.
    std::optional<double> status;
    /// err.type of body-parser ("entity.too.large"); empty when none.
    QByteArray type;
    /// err.headers, copied to the error page's answer.
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    /// err.code of an error that Node itself throws; its stack begins "Name [code]".
    QByteArray code;
};

/// Express's next: call it once, now or later; with an error to leave for the error handlers.
/// A second call is ignored in release and asserted in debug builds.
class Next
{
public:
    using Function = std::function<void(std::optional<ExpressError>)>;
    Next() = default;
    explicit Next(Function function) : m_function(std::move(function)) { }
    void operator()() const { m_function(std::nullopt); }
    void operator()(ExpressError error) const { m_function(std::move(error)); }

private:
    Function m_function;
};

/// One npm middleware, configured. Immutable: many exchanges go through one object. It answers or
/// calls next; it names its decisions on the exchange and writes no tracing code.
class Middleware
{
public:
    virtual ~Middleware() = default;
    virtual void handle(const std::shared_ptr<Exchange> &exchange, Next next) const = 0;
    /// Error-handling middleware (four arguments in Express). The default passes the error on.
    virtual void handleError(const std::shared_ptr<Exchange> &exchange, const ExpressError &error,
                             Next next) const;
    /// True for a four-argument handler, which only sees errors.
    virtual bool handlesErrors() const { return false; }
};

} // namespace rt
