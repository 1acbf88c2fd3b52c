// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfig.h"

#include "lab/labconfigsettings.h"
#include "options/jsliteral.h"

#include <QStringList>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

constexpr int widestLine = 76;

/// How a stage is written: where its function comes from and what calls it.
struct StageCode
{
    QByteArray stage;
    QString import;
    QString call;
};

const std::vector<StageCode> &stageCodes()
{
    static const std::vector<StageCode> codes {
        {"helmet", u"import helmet from 'helmet';"_s, u"helmet"_s},
        {"compression", u"import compression from 'compression';"_s, u"compression"_s},
        {"cors", u"import cors from 'cors';"_s, u"cors"_s},
        {"text", {}, u"express.text"_s},
        {"json", {}, u"express.json"_s},
        {"urlencoded", {}, u"express.urlencoded"_s},
        {"raw", {}, u"express.raw"_s},
        {"hpp", u"import hpp from 'hpp';"_s, u"hpp"_s},
        {"cookies", u"import cookieParser from 'cookie-parser';"_s, u"cookieParser"_s},
        {"cookieSession", u"import cookieSession from 'cookie-session';"_s, u"cookieSession"_s},
        {"session", u"import session from 'express-session';"_s, u"session"_s},
        {"csrf", u"import { csrf } from './csrf.mjs';"_s, u"csrf"_s},
        {"auth", u"import { requireLogin } from './auth.mjs';"_s, u"requireLogin"_s},
        {"routes", u"import { routes } from './routes.mjs';"_s, u"routes"_s},
        {"errors", u"import { errors } from './errors.mjs';"_s, u"errors"_s},
    };
    return codes;
}

const StageCode *stageCode(const QByteArray &stage)
{
    for (const StageCode &code : stageCodes()) {
        if (code.stage == stage)
            return &code;
    }
    return nullptr;
}

class CodeWriter
{
public:
    explicit CodeWriter(const LabConfig &config) : m_config(config) { }

    std::vector<CodeLine> write()
    {
        imports();
        line({});
        line(u"const app = express();"_s);
        settings();
        line({});
        for (const StackEntry &entry : m_config.stack()) {
            if (entry.enabled && hasEffect(entry))
                stage(entry);
        }
        line({});
        line(u"http.createServer(app).listen(8000);"_s);
        return m_lines;
    }

private:
    void line(const QString &text, const QByteArray &stage = {}, const QByteArray &option = {})
    {
        m_lines.push_back({text, stage, option});
    }

    /// Express itself answers 404 and 500 unless errors are wanted as JSON.
    bool hasEffect(const StackEntry &entry) const
    {
        if (entry.name == "errors")
            return m_config.setting("server.express.errors") == JsValue(u"json"_s);
        return entry.name != "notFound";
    }

    void imports()
    {
        line(u"import http from 'node:http';"_s);
        line(u"import express from 'express';"_s);
        QStringList seen;
        for (const StackEntry &entry : m_config.stack()) {
            const StageCode *code = stageCode(entry.name);
            if (!code || !entry.enabled || !hasEffect(entry) || code->import.isEmpty()
                || seen.contains(code->import))
                continue;
            seen.append(code->import);
            line(code->import, entry.name);
        }
    }

    void settings()
    {
        static const std::vector<std::pair<QByteArray, QString>> names {
            {"express.env", u"env"_s},
            {"express.xPoweredBy", u"x-powered-by"_s},
            {"express.etag", u"etag"_s},
            {"express.queryParser", u"query parser"_s},
            {"trustProxy", u"trust proxy"_s},
            {"express.caseSensitiveRouting", u"case sensitive routing"_s},
            {"express.strictRouting", u"strict routing"_s},
            {"express.jsonSpaces", u"json spaces"_s},
            {"express.jsonEscape", u"json escape"_s},
            {"express.subdomainOffset", u"subdomain offset"_s},
        };
        for (const auto &[row, name] : names) {
            const JsValue value = m_config.setting("server." + row);
            if (row != "express.env" && value == expressSettings().find(row)->defaultValue)
                continue;
            line(u"app.set(%1, %2);"_s.arg(jsLiteral(JsValue(name)), jsLiteral(value)), {}, row);
        }
    }

    void stage(const StackEntry &entry)
    {
        if (entry.name == "headers")
            return headers(entry);
        const StageCode &code = *stageCode(entry.name);
        const QString open = u"app.use("_s + mounted(entry);
        if (entry.name == "routes" || entry.name == "errors" || entry.name == "auth")
            return line(open + code.call + u");"_s, entry.name);
        if (entry.name == "cors" && entry.options.contains(u"delegate"))
            return corsDelegate(entry, open);
        call(entry, open + code.call, optionsOf(entry));
        for (const JsValue &further : entry.options[u"more"].items())
            call(entry, open + code.call, further);
    }

    static QString mounted(const StackEntry &entry)
    {
        QStringList paths;
        for (const QByteArray &path : entry.mountPaths)
            paths.append(QString::fromUtf8(path));
        if (paths.isEmpty())
            return {};
        const JsValue value
            = paths.size() == 1 ? JsValue(paths.first()) : JsValue::stringArray(paths);
        return jsLiteral(value) + u", "_s;
    }

    /// Explicit options that say something else than the default, without the lab's own.
    static JsValue optionsOf(const StackEntry &entry)
    {
        const OptionTable &table = middlewareInfo(entry.name)->options;
        JsValue said = JsValue::object();
        for (const auto &[name, value] : entry.options.members()) {
            const OptionSpec *row = table.find(name.toUtf8());
            if (!row || (!row->own && value != row->defaultValue))
                said.insert(name, value);
        }
        // The package warns without `extended`, and its default is the lab's.
        if (entry.name == "urlencoded" && !said.contains(u"extended"))
            said.insert(u"extended"_s, JsValue(true));
        return said;
    }

    void call(const StackEntry &entry, const QString &head, const JsValue &options)
    {
        if (entry.name == "cookies") {
            const JsValue secret = options[u"secret"];
            const QString argument = secret.isUndefined() ? QString() : jsLiteral(secret);
            return line(head + u'(' + argument + u"));"_s, entry.name,
                        argument.isEmpty() ? QByteArray() : QByteArray("secret"));
        }
        if (options.size() == 0)
            return line(head + u"());"_s, entry.name);
        line(head + u"({"_s, entry.name);
        members(entry.name, options, {}, u"  "_s);
        line(u"}));"_s, entry.name);
    }

    void members(const QByteArray &stage, const JsValue &object, const QByteArray &above,
                 const QString &indent)
    {
        for (const auto &[name, value] : object.members()) {
            const QByteArray option = above.isEmpty() ? name.toUtf8() : above + '.' + name.toUtf8();
            const QString head = indent + jsKey(name) + u": "_s;
            const QString whole = head + jsLiteral(value) + u',';
            if (value.isObject() && value.size() > 0 && !standsForFunction(value)) {
                line(head + u'{', stage, option);
                members(stage, value, option, indent + u"  "_s);
                line(indent + u"},"_s, stage, option);
            } else if (value.isArray() && whole.size() > widestLine) {
                line(head + u'[', stage, option);
                for (const JsValue &item : value.items())
                    line(indent + u"  "_s + jsLiteral(item) + u',', stage, option);
                line(indent + u"],"_s, stage, option);
            } else {
                line(standsForFunction(value) ? head + functionText(value) + u',' : whole, stage,
                     option);
            }
        }
    }

    /// Values by which a lab file stands for a function of the learner's.
    static bool standsForFunction(const JsValue &value)
    {
        for (const QStringView key :
             {u"callback"_s, u"rejectIfContains"_s, u"skipIfHeader"_s, u"onlyTypes"_s, u"all"_s}) {
            if (value.isObject() && value.contains(key))
                return true;
        }
        return false;
    }

    static QString functionText(const JsValue &value)
    {
        if (value.contains(u"callback"))
            return originCallback(value[u"callback"]);
        if (value.contains(u"rejectIfContains"))
            return u"(req, res, buf) => { if (buf.includes(%1)) throw new Error('body rejected'); }"_s
                .arg(jsLiteral(value[u"rejectIfContains"]));
        if (value.contains(u"skipIfHeader"))
            return u"(req, res) => !req.headers[%1] && compression.filter(req, res)"_s.arg(
                jsLiteral(value[u"skipIfHeader"]));
        if (value.contains(u"onlyTypes"))
            return u"(req, res) => %1.includes(String(res.getHeader('Content-Type')).split(';')[0].trim())"_s
                .arg(jsLiteral(value[u"onlyTypes"]));
        return u"() => "_s + jsLiteral(JsValue(value[u"all"].isTruthy()));
    }

    static QString originCallback(const JsValue &callback)
    {
        const JsValue grant = callback[u"grant"].isNullish() ? JsValue(true) : callback[u"grant"];
        const QString missing
            = callback[u"allowMissing"].isTruthy() ? u"origin === undefined || "_s : QString();
        const JsValue list = callback[u"allow"].isArray() ? callback[u"allow"]
                                                          : JsValue::array({callback[u"allow"]});
        const QString deny = callback[u"deny"] == JsValue(u"error"_s)
            ? u"done(new Error(%1))"_s.arg(jsLiteral(callback[u"message"].isNullish()
                                                         ? JsValue(u"Not allowed by CORS"_s)
                                                         : callback[u"message"]))
            : u"done(null, false)"_s;
        return u"(origin, done) => %1%2.some((a) => a instanceof RegExp ? a.test(origin) : a === "
               u"origin)"
               " ? done(null, %3) : %4"_s.arg(missing, jsLiteral(list), jsLiteral(grant), deny);
    }

    void corsDelegate(const StackEntry &entry, const QString &open)
    {
        const JsValue delegate = entry.options[u"delegate"];
        const JsValue list = delegate[u"allow"].isArray() ? delegate[u"allow"]
                                                          : JsValue::array({delegate[u"allow"]});
        const QByteArray option = "delegate";
        line(open + u"cors((req, done) => done(null,"_s, "cors", option);
        line(u"  %1.includes(req.headers.origin)"_s.arg(jsLiteral(list)), "cors", option);
        line(u"    ? "_s + jsLiteral(delegate[u"whenAllowed"]), "cors", option);
        line(u"    : "_s + jsLiteral(delegate[u"otherwise"]), "cors", option);
        line(u")));"_s, "cors", option);
    }

    void headers(const StackEntry &entry)
    {
        line(u"app.use((req, res, next) => {"_s, entry.name);
        for (const auto &[name, value] : entry.options.members())
            line(u"  res.setHeader(%1, %2);"_s.arg(jsLiteral(JsValue(name)), jsLiteral(value)),
                 entry.name, name.toUtf8());
        line(u"  next();"_s, entry.name);
        line(u"});"_s, entry.name);
    }

    const LabConfig &m_config;
    std::vector<CodeLine> m_lines;
};

} // namespace

std::vector<CodeLine> expressCode(const LabConfig &config)
{
    return CodeWriter(config).write();
}

} // namespace rt
