// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfig.h"

#include "lab/presets.h"

#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

class LabConfigTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void baseIsTheLessonsPreset();
    void emptyFileIsAPlainPeer();
    void readsSettings_data();
    void readsSettings();
    void changesSettings_data();
    void changesSettings();
    void refusesWrongSettings_data();
    void refusesWrongSettings();
    void removingAnOptionGivesTheDefaultBack();
    void orderParksWhatItLeavesOut();
    void enablingAParkedStageMountsItInItsUsualPlace();
    void olderNamesStayWhereTheyAreUsed();
    void namesTheDifferences();
    void everyPresetSurvivesAFile();
};

namespace {

JsValue json(const QByteArray &text)
{
    return std::get<JsValue>(parseJson(QByteArrayView(text)));
}

LabConfig with(LabConfig config, const QByteArray &path, const JsValue &value)
{
    const auto changed = config.withSetting(path, value);
    return changed ? *changed : LabConfig();
}

} // namespace

void LabConfigTest::baseIsTheLessonsPreset()
{
    const LabConfig base = LabConfig::base();
    const QByteArrayList order {"helmet",     "compression", "cors",    "text",          "json",
                                "urlencoded", "hpp",         "cookies", "cookieSession", "session",
                                "csrf",       "auth",        "routes",  "notFound",      "errors"};
    QCOMPARE(base.order(), order);
    QByteArrayList on;
    for (const StackEntry &entry : base.stack()) {
        if (entry.enabled)
            on.append(entry.name);
    }
    QCOMPARE(on, QByteArrayList({"json", "urlencoded", "cookies", "routes", "notFound", "errors"}));
    QCOMPARE(base.setting("client.page").toString(), u"http://app.shop.test:3000"_s);
}

void LabConfigTest::emptyFileIsAPlainPeer()
{
    const auto config = LabConfig::fromJson("{}");
    QVERIFY(config.has_value());
    QVERIFY(*config == LabConfig::peerDefaults());
    QVERIFY(!config->isEnabled("cors"));
    QVERIFY(config->isEnabled("json"));
    QVERIFY(!config->isEnabled("text"));
    QVERIFY(!config->isEnabled("cookies"));
}

void LabConfigTest::readsSettings_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char *name, const char *file, const char *path, const char *value) {
        QTest::newRow(name) << QByteArray(file) << QByteArray(path) << QByteArray(value);
    };
    row("default of an option", "{}", "server.cors.origin", "\"*\"");
    row("option", R"({"cors":{"options":{"maxAge":600}}})", "server.cors.maxAge", "600");
    row("switch", R"({"cors":{"enabled":true}})", "server.cors.enabled", "true");
    row("mount paths", R"({"cors":{"paths":["/api"]}})", "server.cors.paths", "[\"/api\"]");
    row("older name", R"({"helmet":{"options":{"hsts":{"maxAge":5}}}})",
        "server.helmet.strictTransportSecurity.maxAge", "5");
    row("older name in the path", R"({"helmet":{"options":{"xFrameOptions":{"action":"deny"}}}})",
        "server.helmet.frameguard.action", "\"deny\"");
    row("default of a member", "{}", "server.helmet.contentSecurityPolicy.useDefaults", "true");
    row("member of a free option",
        R"({"helmet":{"options":{"contentSecurityPolicy":{"directives":{"img-src":["*"]}}}}})",
        "server.helmet.contentSecurityPolicy.directives.img-src", "[\"*\"]");
    row("body parser", R"({"bodyParser":{"json":{"limit":"1kb"},"text":{}}})", "server.json.limit",
        "\"1kb\"");
    row("body parser switched on", R"({"bodyParser":{"text":{}}})", "server.text.enabled", "true");
    row("body parser switched off", R"({"bodyParser":{"json":false}})", "server.json.enabled",
        "false");
    row("all body parsers off", R"({"bodyParser":{"enabled":false}})", "server.urlencoded.enabled",
        "false");
    row("cookie parser", R"({"cookieParser":{"enabled":true,"secret":["a","b"]}})",
        "server.cookies.secret", "[\"a\",\"b\"]");
    row("peer's session mode",
        R"({"auth":{"mode":"cookie-session","cookieSession":{"keys":["k"]}}})",
        "server.cookieSession.enabled", "true");
    row("mode in our words", R"({"auth":{"mode":"cookie-session"}})", "server.auth.mode",
        "\"cookieSession\"");
    row("token in a cookie", R"({"auth":{"mode":"jwt-cookie"}})", "server.jwt.delivery",
        "\"cookie\"");
    row("token in a cookie reads cookies", R"({"auth":{"mode":"jwt-cookie"}})",
        "server.cookies.enabled", "true");
    row("trust proxy", R"({"express":{"trustProxy":1}})", "server.trustProxy", "1");
    row("header", R"({"headers":{"X-A":["1","2"]}})", "server.headers.X-A", "[\"1\",\"2\"]");
    row("peer's order", R"({"order":["cors","bodyParser"]})", "server.order",
        R"(["cors","json","urlencoded","text","raw","routes","notFound","errors"])");
    row("our order", R"({"order":["auth","json","routes","cors","notFound","errors"]})",
        "server.order", R"(["auth","json","routes","cors","notFound","errors"])");
    row("clock", R"({"clock":{"now":1700000000000}})", "server.clock.now", "1700000000000");
    row("client", R"({"client":{"poll":{"interval":50}}})", "client.poll.interval", "50");
    row("set", R"({"cors":{"options":{"origin":{"set":["a","a","b"]}}}})", "server.cors.origin",
        "[\"a\",\"b\"]");
}

void LabConfigTest::readsSettings()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, value);
    const auto config = LabConfig::fromJson(file);
    QVERIFY2(config.has_value(), qPrintable(config ? QString() : config.error().message));
    QVERIFY(LabConfig::isKnownPath(path));
    QCOMPARE(toJson(config->setting(path)), value);
    const auto again = LabConfig::fromJson(config->toJson());
    QVERIFY2(again.has_value(), qPrintable(again ? QString() : again.error().message));
    QVERIFY(*again == *config);
}

void LabConfigTest::changesSettings_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("value");
    for (const auto &[path, value] : std::vector<std::pair<const char *, const char *>> {
             {"server.cors.maxAge", "600"},
             {"server.cors.origin", "[\"http://a\"]"},
             {"server.helmet.enabled", "true"},
             {"server.helmet.originAgentCluster", "false"},
             {"server.helmet.contentSecurityPolicy.directives.script-src", "[\"'self'\"]"},
             {"server.auth.paths", "[\"/api/items\"]"},
             {"server.auth.mode", "\"session\""},
             {"server.jwt.expiresIn", "\"120\""},
             {"server.trustProxy", "1"},
             {"server.redirectSlash", "true"},
             {"server.headers.X-A", "\"b\""},
             {"server.order", R"(["json","cors","routes","notFound","errors"])"},
             {"client.page", "\"http://evil.test:6660\""},
             {"client.disablePreflightCache", "true"},
         })
        QTest::newRow(path) << QByteArray(path) << QByteArray(value);
}

void LabConfigTest::changesSettings()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, value);
    const LabConfig base = LabConfig::base();
    const auto changed = base.withSetting(path, json(value));
    QVERIFY2(changed.has_value(), qPrintable(changed ? QString() : changed.error().message));
    QCOMPARE(toJson(changed->setting(path)), value);
    QVERIFY(!(*changed == base));
    QVERIFY(!LabConfig::differences(base, *changed).isEmpty());
    const auto again = LabConfig::fromJson(changed->toJson());
    QVERIFY(again.has_value() && *again == *changed);
}

void LabConfigTest::refusesWrongSettings_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *path, const char *value, const QString &message) {
        QTest::newRow(path) << QByteArray(path) << QByteArray(value) << message;
    };
    row("server.cors.maxage", "1", u"server.cors.maxage is not a setting of the lab"_s);
    row("server.cors.origin", "{}",
        u"server.cors.origin: expected an origin, a list of origins, a pattern or true, found {}"_s);
    row("server.cors.enabled", "1", u"server.cors.enabled must be true or false, not 1"_s);
    row("server.routes.enabled", "false", u"routes can be moved but not switched off"_s);
    row("server.order", "[\"kors\"]",
        u"server.order: kors is not a stage; the stages are headers, helmet, compression, cors, "
        u"text, "
        "json, urlencoded, raw, hpp, cookies, cookieSession, session, csrf, auth, routes, "
        "notFound, "
        "errors"_s);
    row("client.pages", "1", u"client.pages is not a setting of the lab"_s);
}

void LabConfigTest::refusesWrongSettings()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, value);
    QFETCH(QString, message);
    const auto changed = LabConfig::base().withSetting(path, json(value));
    QVERIFY(!changed.has_value());
    QCOMPARE(changed.error().message, message);
}

void LabConfigTest::removingAnOptionGivesTheDefaultBack()
{
    const LabConfig set = with(LabConfig::base(), "server.cors.maxAge", 600);
    const LabConfig removed = with(set, "server.cors.maxAge", nullptr);
    QVERIFY(removed.setting("server.cors.maxAge").isUndefined());
    QVERIFY(removed == LabConfig::base());
    const LabConfig nested = with(LabConfig::base(), "server.helmet.hsts.maxAge", 5);
    QVERIFY(with(nested, "server.helmet.hsts.maxAge", JsValue()) == LabConfig::base());
}

void LabConfigTest::orderParksWhatItLeavesOut()
{
    LabConfig config = with(LabConfig::base(), "server.helmet.enabled", true);
    config = with(config, "server.helmet.frameguard.action", u"deny"_s);
    const LabConfig parked = config.withOrder({"json", "routes"});
    QCOMPARE(parked.order(), QByteArrayList({"json", "routes", "notFound", "errors"}));
    QVERIFY(!parked.isEnabled("helmet"));
    QCOMPARE(parked.setting("server.helmet.enabled"), JsValue(false));
    QCOMPARE(parked.setting("server.helmet.frameguard.action"), JsValue(u"deny"_s));
    const LabConfig back = parked.withOrder(config.order());
    QVERIFY(back == config);
}

void LabConfigTest::enablingAParkedStageMountsItInItsUsualPlace()
{
    const LabConfig parked = LabConfig::base().withOrder({"json", "auth", "routes"});
    const LabConfig mounted = with(parked, "server.cors.enabled", true);
    QCOMPARE(mounted.order(),
             QByteArrayList({"cors", "json", "auth", "routes", "notFound", "errors"}));
    QVERIFY(mounted.isEnabled("cors"));
}

void LabConfigTest::olderNamesStayWhereTheyAreUsed()
{
    const auto config = LabConfig::fromJson(R"({"helmet":{"options":{"hsts":{"maxAge":5}}}})");
    QVERIFY(config.has_value());
    const LabConfig changed = with(*config, "server.helmet.strictTransportSecurity.maxAge", 6);
    QCOMPARE(toJson(changed.entry("helmet")->options), QByteArray(R"({"hsts":{"maxAge":6}})"));
}

void LabConfigTest::namesTheDifferences()
{
    const LabConfig base = LabConfig::base();
    LabConfig other = with(base, "server.cors.maxAge", 600);
    other = with(other, "server.helmet.strictTransportSecurity.maxAge", 5);
    other = with(other, "client.page", u"http://evil.test:6660"_s);
    QCOMPARE(LabConfig::differences(base, other),
             QByteArrayList({"server.helmet.strictTransportSecurity.maxAge", "server.cors.maxAge",
                             "client.page"}));
    QCOMPARE(base.flattened()[u"cors.origin"], JsValue(u"*"_s));
    QVERIFY(!base.flattened().contains(u"cors.maxAge"));
}

void LabConfigTest::everyPresetSurvivesAFile()
{
    for (const Preset &one : presets()) {
        const auto again = LabConfig::fromJson(one.config.toJson());
        QVERIFY2(again.has_value(), one.id);
        QVERIFY2(*again == one.config, one.id);
    }
    QVERIFY(preset("base") != nullptr);
    QVERIFY(preset("none") == nullptr);
}

QTEST_APPLESS_MAIN(LabConfigTest)
#include "tst_labconfig.moc"
