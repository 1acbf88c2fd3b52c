// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfig.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// The lab as code: what a person would have written, and which option each line belongs to. That
/// the code does the same in Node is tested in tests/parity/express.
class ExpressCodeTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void writesThePlainServer();
    void writesSettingsAsCode_data();
    void writesSettingsAsCode();
    void saysToWhichOptionALineBelongs_data();
    void saysToWhichOptionALineBelongs();
    void leavesOutWhatIsOff();
    void keepsTheOrderOfTheStack();
};

namespace {

LabConfig configOf(const QByteArray &json)
{
    const auto config = LabConfig::fromJson(json, {}, OptionReading::AsPackages);
    if (!config)
        qWarning("%s", qPrintable(config.error().message));
    return config ? *config : LabConfig();
}

QString codeOf(const LabConfig &config)
{
    QString code;
    for (const CodeLine &line : expressCode(config))
        code += line.text + u'\n';
    return code;
}

} // namespace

void ExpressCodeTest::writesThePlainServer()
{
    QCOMPARE(codeOf(LabConfig::peerDefaults()), uR"(import http from 'node:http';
import express from 'express';
import { noLogin } from './login.mjs';
import { routes } from './routes.mjs';

const app = express();
app.set('env', 'production');
const login = noLogin();

app.use(express.json());
app.use(express.urlencoded({
  extended: true,
}));
app.use(routes(app, { login }));

const server = http.createServer(app);
server.listen(process.env.PORT ?? 8000, '127.0.0.1', () => {
  console.log(`listening http://127.0.0.1:${server.address().port}`);
});
)"_s);
}

void ExpressCodeTest::writesSettingsAsCode_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const char *config, const char *code) {
        QTest::addRow("%s", name) << QByteArray(config) << QString::fromUtf8(code);
    };
    row("a pattern is a literal",
        R"js({"cors": {"enabled": true, "options": {"origin": {"regex": "^https?://a/", "flags": "i"}}}})js",
        "app.use(cors({\n  origin: /^https?:\\/\\/a\\//i,\n}));\n");
    row("a slash that is escaped stays so",
        R"js({"cors": {"enabled": true, "options": {"origin": {"regex": "a\\/b\\\\/c"}}}})js",
        "  origin: /a\\/b\\\\\\/c/,\n");
    row("a pattern over two lines takes the constructor",
        R"js({"cors": {"enabled": true, "options": {"origin": {"regex": "a\nb", "flags": "m"}}}})js",
        "  origin: new RegExp('a\\nb', 'm'),\n");
    row("a date is a Date",
        R"js({"auth": {"mode": "cookie-session", "cookieSession": {"keys": ["k"], "expires": {"date": "2030-01-02T03:04:05Z"}}}})js",
        "  expires: new Date('2030-01-02T03:04:05.000Z'),\n");
    row("undefined is said",
        R"js({"cors": {"enabled": true, "options": {"methods": {"undefined": true}}}})js",
        "  methods: undefined,\n");
    row("an origin function",
        R"js({"cors": {"enabled": true, "options": {"origin": {"callback": {"allow": ["http://a"], "allowMissing": true, "deny": "error"}}}}})js",
        "const allowedOrigins = ['http://a'];\napp.use(cors({\n"
        "  origin: (origin, done) => {\n"
        "    const listed = origin === undefined || allowedOrigins.includes(origin);\n"
        "    if (listed) return done(null, true);\n"
        "    done(new Error('Not allowed by CORS'));\n  },\n}));\n");
    row("an origin function with a pattern",
        R"js({"cors": {"enabled": true, "options": {"origin": {"callback": {"allow": [{"regex": "x", "flags": "g"}], "grant": "*"}}}}})js",
        "const allowedOrigins = [/x/g];\napp.use(cors({\n  origin: (origin, done) => {\n"
        "    const listed = allowedOrigins.some((one) => (one instanceof RegExp ? "
        "one.test(origin) : one === origin));\n"
        "    if (listed) return done(null, '*');\n    done(null, false);\n");
    row("options per request",
        R"js({"cors": {"enabled": true, "paths": ["/api"], "delegate": {"allow": ["http://a"], "whenAllowed": {"origin": true}, "otherwise": {"origin": false}}}})js",
        "app.use('/api', cors((req, done) => {\n"
        "  const listed = ['http://a'].includes(req.headers.origin);\n"
        "  if (listed) return done(null, { origin: true });\n"
        "  done(null, { origin: false });\n}));\n");
    row("a compression filter",
        R"js({"compression": {"enabled": true, "options": {"filter": {"skipIfHeader": "x-raw"}}}})js",
        "  filter: (req, res) => !req.headers['x-raw'] && compression.filter(req, res),\n");
    row("constants of zlib",
        R"js({"compression": {"enabled": true, "options": {"brotli": {"params": {"BROTLI_PARAM_QUALITY": 4}}}}})js",
        "  brotli: {\n    params: {\n      [zlib.constants.BROTLI_PARAM_QUALITY]: 4,\n    },\n  "
        "},\n");
    row("a body that is refused",
        R"js({"bodyParser": {"json": {"verify": {"rejectIfContains": "evil"}}}})js",
        "  verify: (req, res, buf) => { if (buf.includes('evil')) throw new Error('body "
        "rejected'); },\n");
    row("values of a policy",
        R"js({"helmet": {"enabled": true, "options": {"contentSecurityPolicy": {"directives": {"scriptSrc": [{"nonceFrom": "x-nonce"}], "defaultSrc": {"disableDefaultSrc": true}}}}}})js",
        "      scriptSrc: [(req) => `'nonce-${req.headers['x-nonce'] ?? ''}'`],\n"
        "      defaultSrc: helmet.contentSecurityPolicy.dangerouslyDisableDefaultSrc,\n");
    row("a name that is none", R"js({"headers": {"X-A": ["1", "2"], "X-It's": "it's"}})js",
        "const headers = {\n  'X-A': ['1', '2'],\n  \"X-It's\": \"it's\",\n};\n"
        "app.use((req, res, next) => {\n"
        "  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);\n"
        "  next();\n});\n");
    row("settings of Express",
        R"js({"express": {"etag": false, "trustProxy": ["loopback", "10.0.0.0/8"], "strictRouting": true}})js",
        "app.set('etag', false);\napp.set('trust proxy', ['loopback', '10.0.0.0/8']);\n"
        "app.set('strict routing', true);\n");
    row("a server session",
        R"js({"auth": {"mode": "session", "session": {"secret": "s", "name": "sid", "regenerateOnLogin": true}}})js",
        "const login = sessionLogin({\n  name: 'sid',\n  regenerateOnLogin: true,\n});\n");
    row("what express-session would warn about",
        R"js({"auth": {"mode": "session", "session": {"secret": "s", "resave": true}}})js",
        "app.use(session({\n  resave: true,\n  saveUninitialized: false,\n  secret: 's',\n"
        "  genid: labSessionId,\n}));\n");
    row("tokens in a cookie",
        R"js({"auth": {"mode": "jwt-cookie", "jwt": {"secret": "s", "jti": true, "sign": {"expiresIn": "1h"}}}})js",
        "const login = jwtLogin({\n  secret: 's',\n  delivery: 'cookie',\n"
        "  sign: { expiresIn: '1h' },\n  jti: true,\n});\n");
    row("a secret and a cookie of the lab's own",
        R"js({"profile": "demo", "auth": {"mode": "jwt"}, "jwt": {"delivery": "cookie", "denylist": true}})js",
        "  delivery: 'cookie',\n  denylist: true,\n"
        "  secret: 'the secret of this lab, kept by it',\n  jti: true,\n"
        "  cookie: { name: 'auth', options: { httpOnly: true } },\n");
    row("a clock that stands still", R"js({"clock": {"now": 1700000000000, "header": "X-Now"}})js",
        "freeze(1700000000000);\nconst login = noLogin();\n\napp.use(clockHeader('X-Now'));\n");
    row("errors as JSON", R"js({"express": {"errors": "json"}})js",
        "app.use(routes(app, { login }));\napp.use(jsonErrors);\n");
    row("instances of hpp",
        R"js({"hpp": {"enabled": true, "options": {"whitelist": ["a"]}, "more": [{"checkBody": false}]}})js",
        "app.use(hpp({\n  whitelist: ['a'],\n}));\napp.use(hpp({\n  checkBody: false,\n}));\n");
    row("a text that breaks characters",
        R"js({"text": {"enabled": true, "decode": "per-chunk"}})js", "app.use(textInPieces());\n");
    row("404 before the routes", R"js({"order": ["notFound", "routes", "errors"]})js",
        "app.use(notFound);\napp.use(routes(app, { login }));\n");
    row("cors inside the routes",
        R"js({"cors": {"enabled": true, "scope": "route", "options": {"maxAge": 5}}})js",
        "const corsOfRoutes = cors({\n  maxAge: 5,\n});\n"
        "app.use(routes(app, { login, first: corsOfRoutes }));\n");
    row("a slash at the end", R"js({"redirectSlash": true})js",
        "app.use((req, res, next) => {\n  if (req.path.endsWith('/')) return next();\n"
        "  const search = req.url.slice(req.path.length);\n"
        "  res.redirect(301, `${req.path.replace(/^\\/+/, '/')}/${search}`);\n});\n");
    row("HTTPS", R"js({"tls": true})js",
        "const server = https.createServer({ key, cert }, app);\n");
}

void ExpressCodeTest::writesSettingsAsCode()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, code);
    const QString written = codeOf(configOf(config));
    QVERIFY2(written.contains(code), qPrintable(written));
}

void ExpressCodeTest::saysToWhichOptionALineBelongs_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("stage");
    QTest::addColumn<QByteArray>("option");
    const auto row = [](const char *line, const char *stage, const char *option) {
        QTest::addRow("%s", line) << QString::fromUtf8(line) << QByteArray(stage)
                                  << QByteArray(option);
    };
    row("const app = express();", "", "");
    row("app.set('etag', 'strong');", "", "express.etag");
    row("app.use(cors({", "cors", "");
    row("  maxAge: 600,", "cors", "maxAge");
    row("    maxAge: 1,", "helmet", "strictTransportSecurity.maxAge");
    row("const login = jwtLogin({", "", "auth.mode");
    row("  secret: 's',", "", "jwt.secret");
    row("app.use(routes(app, { login }));", "routes", "");
}

void ExpressCodeTest::saysToWhichOptionALineBelongs()
{
    QFETCH(QString, line);
    QFETCH(QByteArray, stage);
    QFETCH(QByteArray, option);
    const LabConfig config = configOf(R"js({
        "express": {"etag": "strong"},
        "cors": {"enabled": true, "options": {"maxAge": 600}},
        "helmet": {"enabled": true, "options": {"strictTransportSecurity": {"maxAge": 1}}},
        "auth": {"mode": "jwt-header", "jwt": {"secret": "s"}}})js");
    for (const CodeLine &written : expressCode(config)) {
        if (written.text != line)
            continue;
        QCOMPARE(written.stage, stage);
        QCOMPARE(written.option, option);
        return;
    }
    QFAIL(qPrintable(codeOf(config)));
}

void ExpressCodeTest::leavesOutWhatIsOff()
{
    const QString code = codeOf(configOf(R"js({"cors": {"enabled": false, "options": {"maxAge": 1}},
        "bodyParser": {"enabled": false}})js"));
    QVERIFY(!code.contains(u"cors"_s));
    QVERIFY(!code.contains(u"express.json"_s));
}

void ExpressCodeTest::keepsTheOrderOfTheStack()
{
    const QString code = codeOf(configOf(
        R"js({"order": ["cors", "helmet"], "cors": {"enabled": true}, "helmet": {"enabled": true}})js"));
    QVERIFY(code.indexOf(u"app.use(cors"_s) < code.indexOf(u"app.use(helmet"_s));
    QVERIFY(code.indexOf(u"import cors"_s) < code.indexOf(u"import helmet"_s));
}

QTEST_GUILESS_MAIN(ExpressCodeTest)
#include "tst_expresscode.moc"
