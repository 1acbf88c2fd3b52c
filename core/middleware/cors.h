// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "express/middleware.h"
#include "http/headerlist.h"
#include "http/wireobserver.h"
#include "options/jsregexp.h"

#include <optional>
#include <variant>
#include <vector>

namespace rt {

/// What npm cors does to one request: the header fields it sets, in its order, and whether it
/// answers.
struct CorsAnswer
{
    /// Fields named Vary are appended to the response's Vary, all others replace.
    std::vector<HeaderField> headers;
    /// Set: the preflight is answered here with this status and no body.
    std::optional<int> status;
    /// Passed to next(err).
    std::optional<ExpressError> error;
    std::vector<Decision> decisions;
    /// False: nobody reads the decisions, so none are worded.
    bool explained = true;
};

/// One value of the option `origin`, ready to be asked. npm cors: isOriginAllowed.
class OriginRule
{
public:
    static Result<OriginRule> compile(const JsValue &value);
    /// `origin` is nullopt when the request has no Origin.
    bool allows(const std::optional<QByteArray> &origin) const;
    const JsValue &value() const { return m_value; }

private:
    JsValue m_value;
    std::optional<JsRegExpTester> m_pattern;
    std::vector<OriginRule> m_items;
};

/// Options of npm cors 2.8.6, checked and merged over its defaults.
class CorsPolicy
{
public:
    /// An object of explicit options, or undefined.
    static Result<CorsPolicy> compile(const JsValue &options);
    CorsAnswer answer(QByteArrayView method, const HeaderList &request,
                      bool explained = true) const;

private:
    /// The lab's stand-in for `origin: function (origin, callback)`.
    struct OriginCallback
    {
        OriginRule allowed;
        bool allowMissing = false;
        OriginRule grant;
        bool denyWithError = false;
        QString message;
    };

    const OriginRule *originFor(const std::optional<QByteArray> &origin, CorsAnswer &answer) const;
    void addOrigin(CorsAnswer &answer, const OriginRule &rule,
                   const std::optional<QByteArray> &origin) const;
    void addCredentials(CorsAnswer &answer) const;
    bool addMethods(CorsAnswer &answer) const;
    void addAllowedHeaders(CorsAnswer &answer, const HeaderList &request) const;
    void addExposedHeaders(CorsAnswer &answer) const;
    void addMaxAge(CorsAnswer &answer) const;
    void finishPreflight(CorsAnswer &answer) const;

    /// Defaults with the explicit options over them.
    JsValue m_options;
    std::optional<OriginRule> m_origin;
    std::optional<OriginCallback> m_callback;
};

/// npm cors: sets the headers that let pages of other origins read answers, and answers OPTIONS.
class Cors final : public Middleware
{
public:
    /// Package options, plus the lab's `delegate`. The error is the message npm would stop with.
    static Result<std::shared_ptr<const Middleware>> create(const JsValue &options);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    /// cors(function (req, callback)): options chosen by the request's Origin.
    struct Delegate
    {
        JsValue allow;
        CorsPolicy whenAllowed;
        CorsPolicy otherwise;
    };

    const CorsPolicy &policyFor(const HeaderList &request) const;

    std::variant<CorsPolicy, Delegate> m_policy;
};

} // namespace rt
