// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"
#include "options/optionspec.h"

#include <QByteArray>

#include <vector>

namespace rt {

/// One entry of the stack, in order.
struct StackEntry
{
    /// Stage name as in `order`: headers, compression, helmet, cors, text, json, urlencoded,
    /// raw, cookies, hpp, cookieSession, session, csrf, auth, routes, notFound, errors.
    QByteArray name;
    bool enabled = true;
    /// Express mount paths; empty means every path.
    QByteArrayList mountPaths;
    /// Explicit options only, npm names.
    JsValue options;
    friend bool operator==(const StackEntry &, const StackEntry &) = default;
};

/// How a lab file's package options are read.
enum class OptionReading {
    /// An unknown option is refused: what a person writes is more often misspelt than meant.
    Strict,
    /// An unknown option is kept and does nothing, as the packages themselves do.
    AsPackages,
};

/// Everything the learner can set, server and client, as one immutable value. Reads and writes the
/// JSON of lab files, which takes every key of an Express peer's configuration plus our own:
///   <stage>: {"enabled", "options", "paths"} for json, urlencoded, text, raw, cookies,
///     cookieSession, session, csrf and auth too (beside the peer's bodyParser, cookieParser,
///     auth);
///   "order" may name any stage, `routes`, `notFound` and `errors` included; without `routes` it is
///     the peer's and these three come last;
///   "profile", "redirectSlash", "transfer", "stream", "proxy", "ws", "socketio", "cluster",
///   "pages", "jwt", "client": the settings of labconfigsettings.h, nested at their dots.
class LabConfig
{
public:
    /// The `base` preset of the lessons and of a new lab.
    static LabConfig base();
    /// Refuses unknown keys and wrong values: the sentence names file, line, key and what was
    /// expected.
    static Result<LabConfig> fromJson(QByteArrayView utf8, const QString &fileName = {},
                                      OptionReading reading = OptionReading::Strict);
    static Result<LabConfig> fromValue(const JsValue &root);
    /// What an empty lab file means: everything off but json and urlencoded, in the peer's order.
    static LabConfig peerDefaults();
    JsValue toValue() const;
    QByteArray toJson() const;

    const std::vector<StackEntry> &stack() const { return m_stack; }
    const StackEntry *entry(QByteArrayView name) const;
    /// Stages that `order` leaves out: not mounted, their options kept for when they come back.
    const std::vector<StackEntry> &parked() const { return m_parked; }
    bool isEnabled(QByteArrayView stage) const;
    /// The names of the stack, in order.
    QByteArrayList order() const;

    /// Reads by dotted path with its root: "server.cors.maxAge", "server.order", "client.page". An
    /// option that is not set gives its default; undefined for an unknown path.
    JsValue setting(QByteArrayView path) const;
    /// True when the path exists (whatever its value).
    static bool isKnownPath(QByteArrayView path);
    /// A copy with one setting changed; null or undefined removes an option (back to its default).
    Result<LabConfig> withSetting(QByteArrayView path, const JsValue &value) const;
    /// Stages left out are parked; routes, notFound and errors come last when not named.
    LabConfig withOrder(const QByteArrayList &names) const;
    /// Dotted path -> value for everything, as `cfg.<path>` of the check language sees it
    /// ("cors.origin", "client.page").
    JsValue flattened() const;
    /// Dotted paths (with root) in which two configurations differ.
    static QByteArrayList differences(const LabConfig &a, const LabConfig &b);

    friend bool operator==(const LabConfig &, const LabConfig &) = default;

private:
    friend class LabConfigReader;
    const StackEntry *anyEntry(QByteArrayView name) const;
    StackEntry *anyEntry(QByteArrayView name);
    Result<void> setStage(StackEntry &target, QByteArrayView what, const JsValue &value);
    void mountSession(const QString &mode);
    Result<void> setEnabled(QByteArrayView name, const JsValue &value);
    static void putSetting(JsValue &values, const OptionSpec &row, const JsValue &value);
    /// As it stands, null included.
    static void putRawSetting(JsValue &values, const OptionSpec &row, const JsValue &value);
    JsValue stageSetting(const StackEntry &entry, QByteArrayView what) const;

    std::vector<StackEntry> m_stack;
    std::vector<StackEntry> m_parked;
    /// Settings that belong to no stage and differ from their default: dotted name -> value.
    JsValue m_server = JsValue::object();
    JsValue m_client = JsValue::object();
};

/// What is known about one kind of stage apart from its code: for cards, code view, help and
/// checks.
struct MiddlewareInfo
{
    QByteArray name;
    /// "cors", "express.json" ...: as on npm.
    QByteArray npmName;
    const char *summary = "";
    OptionTable options;
    /// Can be moved, disabled (routes, notFound and errors can be moved but not removed).
    bool optional = true;
};

/// All stages this version knows, in default order.
const std::vector<MiddlewareInfo> &middlewareCatalog();
const MiddlewareInfo *middlewareInfo(QByteArrayView name);

/// One line of the lab as Express code, with what it belongs to.
struct CodeLine
{
    QString text;
    /// Stage the line configures; empty for scaffolding.
    QByteArray stage;
    /// Option on this line; empty when none.
    QByteArray option;
};

/// The same lab as `server.mjs`; line numbers are index + 1.
std::vector<CodeLine> expressCode(const LabConfig &config);

} // namespace rt
