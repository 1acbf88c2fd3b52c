// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/authmodes.h"
#include "lab/buildpipeline.h"
#include "lab/expressparts.h"
#include "lab/expressvalues.h"
#include "lab/jwtsettings.h"
#include "lab/labconfig.h"
#include "lab/labconfigsettings.h"
#include "options/jsliteral.h"

#include <QHash>
#include <QStringList>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

constexpr int widestLine = 76;

class CodeWriter
{
public:
    explicit CodeWriter(const LabConfig &config) : m_config(config), m_parts(config) { }

    std::vector<CodeLine> write()
    {
        m_lines = m_parts.imports();
        line({});
        line(u"const app = express();"_s);
        settings();
        clock();
        login();
        line({});
        clockHeader();
        redirectSlash();
        for (const StackEntry &entry : m_config.stack()) {
            if (m_parts.isWritten(entry) && !isInRoutes(entry))
                stage(entry);
        }
        line({});
        listen();
        return m_lines;
    }

private:
    void line(const QString &text, const QByteArray &stage = {}, const QByteArray &option = {})
    {
        m_lines.push_back({text, stage, option});
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

    void clock()
    {
        if (m_parts.isFrozen())
            line(u"freeze(%1);"_s.arg(jsLiteral(m_config.setting("server.clock.now"))), {},
                 "clock.now");
    }

    void clockHeader()
    {
        if (!m_parts.clockHeader().isEmpty())
            line(u"app.use(clockHeader(%1));"_s.arg(jsLiteral(JsValue(m_parts.clockHeader()))), {},
                 "clock.header");
    }

    void redirectSlash()
    {
        if (!m_config.setting("server.redirectSlash").isTruthy())
            return;
        const auto add = [this](const QString &text) { line(text, {}, "redirectSlash"); };
        add(u"app.use((req, res, next) => {"_s);
        add(u"  if (req.path.endsWith('/')) return next();"_s);
        add(u"  const search = req.url.slice(req.path.length);"_s);
        add(u"  res.redirect(301, `${req.path.replace(/^\\/+/, '/')}/${search}`);"_s);
        add(u"});"_s);
    }

    void login()
    {
        const QString function = m_parts.loginFunction();
        const QString head = u"const login = %1("_s.arg(function);
        const bool tokens = function == u"jwtLogin";
        const JsValue said = tokens       ? jwtSettings()
            : function == u"sessionLogin" ? sessionNames()
                                          : JsValue::object();
        // As the lessons have it: /me answers {userId, email}.
        const bool lessons = demoProfile(m_config) == DemoProfile::Demo && function != u"noLogin";
        if (said.size() == 0 && !lessons)
            return line(head + u");"_s, {}, "auth.mode");
        if (said.size() == 0)
            return line(head + u"{ lessons: true });"_s, {}, "auth.mode");
        line(head + u'{', {}, "auth.mode");
        for (const auto &[name, value] : said.members()) {
            const QByteArray option = name.toUtf8();
            line(u"  %1: %2,"_s.arg(name, jsLiteral(value)), tokens ? QByteArray() : "session",
                 tokens ? "jwt." + option : option);
        }
        if (lessons)
            line(u"  lessons: true,"_s, {}, "profile");
        line(u"});"_s, {}, "auth.mode");
    }

    JsValue jwtSettings() const
    {
        JsValue said = JsValue::object();
        for (const OptionSpec &spec : serverSettings()) {
            const JsValue value = m_config.setting("server." + spec.name);
            if (spec.name.startsWith("jwt.") && value != spec.defaultValue)
                said.insert(QString::fromUtf8(spec.name.mid(4)), value);
        }
        return demoProfile(m_config) == DemoProfile::Demo ? withLabDefaults(said) : said;
    }

    /// The lessons' server has keys and a cookie of its own where the configuration names none.
    JsValue withLabDefaults(JsValue said) const
    {
        const JwtSettings settings = JwtSettings::fromConfig(m_config);
        const bool pair = settings.signKey != settings.verifyKey;
        for (const QString &name : {u"secret"_s, u"privateKey"_s, u"publicKey"_s})
            said.remove(name);
        said.insert(pair ? u"privateKey"_s : u"secret"_s, settings.signKey);
        if (pair)
            said.insert(u"publicKey"_s, settings.verifyKey);
        if (settings.jti)
            said.insert(u"jti"_s, JsValue(true));
        if (settings.inCookie) {
            JsValue cookie = JsValue::object();
            cookie.insert(u"name"_s, JsValue(settings.cookieName));
            cookie.insert(u"options"_s, settings.cookieOptions);
            said.insert(u"cookie"_s, cookie);
        }
        return said;
    }

    /// What logging out has to know of the session's cookie.
    JsValue sessionNames() const
    {
        JsValue said = JsValue::object();
        const StackEntry *entry = m_config.entry("session");
        for (const QString &name : {u"name"_s, u"cookie"_s, u"regenerateOnLogin"_s}) {
            const OptionSpec *row = middlewareInfo("session")->options.find(name.toUtf8());
            if (entry && entry->options.contains(name) && entry->options[name] != row->defaultValue)
                said.insert(name, entry->options[name]);
        }
        return said;
    }

    void stage(const StackEntry &entry)
    {
        if (entry.name == "headers")
            return headers(entry);
        const StageCode &code = *stageCode(entry.name);
        const QString open = u"app.use("_s + mounted(entry);
        if (entry.name == "routes")
            return routes(open);
        if (entry.name == "errors" || entry.name == "notFound")
            return line(open + code.call + u");"_s, entry.name);
        if (entry.name == "auth")
            return line(open + code.call + u"(login));"_s, entry.name);
        if (entry.name == "cors")
            return cors(entry, open);
        if (ExpressParts::readsPieces(entry))
            return call(entry, open + u"textInPieces"_s, optionsOf(entry));
        call(entry, open + code.call, optionsOf(entry));
        for (const JsValue &further : entry.options[u"more"].items())
            call(entry, open + code.call, further);
    }

    void routes(const QString &open)
    {
        QString options = u"login"_s;
        for (const StackEntry &entry : m_config.stack()) {
            if (!m_parts.isWritten(entry) || !isInRoutes(entry))
                continue;
            // In front of every handler: Express answers OPTIONS without asking it.
            const QString name = unique(u"corsOfRoutes"_s);
            m_closed.clear();
            cors(entry, u"const %1 = "_s.arg(name));
            m_closed = u')';
            options += u", first: "_s + name;
        }
        if (demoProfile(m_config) == DemoProfile::Demo) {
            options += u", lessons: true"_s;
            if (m_config.setting("server.transfer.allowGet").isTruthy())
                options += u", transferByGet: true"_s;
        }
        line(open + u"routes(app, { %1 }));"_s.arg(options), "routes");
    }

    void cors(const StackEntry &entry, const QString &open)
    {
        if (entry.options[u"delegate"].isTruthy())
            return corsDelegate(entry, open);
        call(entry, open + u"cors"_s, optionsOf(entry));
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
        // Where the lab's default is not the package's, it has to be said.
        QStringList always;
        if (entry.name == "urlencoded")
            always = {u"extended"_s};
        if (entry.name == "session")
            always = {u"resave"_s, u"saveUninitialized"_s};
        for (const QString &name : always)
            said.insert(name,
                        entry.options.contains(name) ? entry.options[name]
                                                     : table.find(name.toUtf8())->defaultValue);
        for (const auto &[name, value] : entry.options.members()) {
            const OptionSpec *row = table.find(name.toUtf8());
            if (!row || (!row->own && value != row->defaultValue))
                said.insert(name, value);
        }
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
            return line(head + u"()"_s + m_closed + u';', entry.name);
        if (entry.name == "cors")
            originNames(options);
        line(head + u"({"_s, entry.name);
        members({entry.name, {}}, options, u"  "_s);
        if (entry.name == "session")
            line(u"  genid: labSessionId,"_s, entry.name);
        line(u"})"_s + m_closed + u';', entry.name);
    }

    void members(const OptionPlace &above, const JsValue &object, const QString &indent)
    {
        for (const auto &[name, value] : object.members()) {
            const QByteArray option
                = above.option.isEmpty() ? name.toUtf8() : above.option + '.' + name.toUtf8();
            const OptionPlace place {above.stage, option};
            const QString head = indent + expressKey(above, name) + u": "_s;
            if (place.stage == "cors" && option == "origin" && standsForCode(place, value))
                originFunction(value[u"callback"]);
            else
                member(place, head, value);
        }
    }

    /// One member on one line, or with its own members on lines of their own.
    void member(const OptionPlace &place, const QString &head, const JsValue &value)
    {
        const QString indent(head.size() - head.trimmed().size() - 1, u' ');
        const QString whole = head + expressLiteral(place, value) + u',';
        const bool asCode = standsForCode(place, value);
        if (value.isObject() && value.size() > 0 && !asCode) {
            line(head + u'{', place.stage, place.option);
            members(place, value, indent + u"  "_s);
            line(indent + u"},"_s, place.stage, place.option);
        } else if (value.isArray() && whole.size() > widestLine) {
            line(head + u'[', place.stage, place.option);
            for (const JsValue &item : value.items())
                line(indent + u"  "_s + expressLiteral(place, item) + u',', place.stage,
                     place.option);
            line(indent + u"],"_s, place.stage, place.option);
        } else {
            line(whole, place.stage, place.option);
        }
    }

    /// A pattern remembers where it stopped, so the list is made once and not for every request.
    void originNames(const JsValue &options)
    {
        if (!standsForCode({"cors", "origin"}, options[u"origin"]))
            return;
        m_origins = unique(u"allowedOrigins"_s);
        line(u"const %1 = %2;"_s.arg(m_origins, originList(options[u"origin"][u"callback"])),
             "cors", "origin");
    }

    void originFunction(const JsValue &callback)
    {
        const auto add = [this](const QString &text) { line(text, "cors", "origin"); };
        add(u"  origin: (origin, done) => {"_s);
        add(u"    const listed = %1;"_s.arg(originListed(callback, m_origins)));
        add(u"    if (listed) return %1;"_s.arg(originGranted(callback)));
        add(u"    %1;"_s.arg(originDenied(callback)));
        add(u"  },"_s);
    }

    void corsDelegate(const StackEntry &entry, const QString &open)
    {
        const JsValue delegate = entry.options[u"delegate"];
        const auto add = [this](const QString &text) { line(text, "cors", "delegate"); };
        const auto options = [](const JsValue &value) {
            return expressLiteral({"cors", "delegate"}, value);
        };
        add(open + u"cors((req, done) => {"_s);
        add(u"  const listed = %1.includes(req.headers.origin);"_s.arg(originList(delegate)));
        add(u"  if (listed) return done(null, %1);"_s.arg(options(delegate[u"whenAllowed"])));
        add(u"  done(null, %1);"_s.arg(options(delegate[u"otherwise"])));
        add(u"})"_s + m_closed + u';');
    }

    void headers(const StackEntry &entry)
    {
        // One object for all answers: what is put into a list there stays in it, as everywhere in
        // JavaScript.
        const QString name = unique(u"headers"_s);
        line(u"const %1 = {"_s.arg(name), entry.name);
        for (const auto &[header, value] : entry.options.members())
            line(u"  %1: %2,"_s.arg(jsKey(header), jsLiteral(value)), entry.name, header.toUtf8());
        line(u"};"_s, entry.name);
        line(u"app.use("_s + mounted(entry) + u"(req, res, next) => {"_s, entry.name);
        line(u"  for (const [name, value] of Object.entries(%1)) res.setHeader(name, value);"_s.arg(
                 name),
             entry.name);
        line(u"  next();"_s, entry.name);
        line(u"});"_s, entry.name);
    }

    /// A stage may be mounted twice, a name be declared once.
    QString unique(const QString &name)
    {
        const int uses = ++m_uses[name];
        return uses == 1 ? name : name + QString::number(uses);
    }

    void listen()
    {
        const QString address = m_parts.hasTls() ? u"https"_s : u"http"_s;
        if (m_parts.hasTls()) {
            line(u"const key = fs.readFileSync(new URL('key.pem', import.meta.url));"_s, {}, "tls");
            line(u"const cert = fs.readFileSync(new URL('cert.pem', import.meta.url));"_s, {},
                 "tls");
            line(u"const server = https.createServer({ key, cert }, app);"_s, {}, "tls");
        } else {
            line(u"const server = http.createServer(app);"_s);
        }
        line(u"server.listen(process.env.PORT ?? 8000, '127.0.0.1', () => {"_s);
        line(u"  console.log(`listening %1://127.0.0.1:${server.address().port}`);"_s.arg(address));
        line(u"});"_s);
    }

    const LabConfig &m_config;
    ExpressParts m_parts;
    std::vector<CodeLine> m_lines;
    QHash<QString, int> m_uses;
    QString m_origins;
    /// What closes app.use( around a call.
    QString m_closed = u")"_s;
};

} // namespace

std::vector<CodeLine> expressCode(const LabConfig &config)
{
    return CodeWriter(config).write();
}

} // namespace rt
