// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfig.h"
#include "testfolder.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// What a lab file may not say, and that every configuration of the open comparison cases is taken.
class LabConfigFileTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void namesFileLineKeyAndExpectation_data();
    void namesFileLineKeyAndExpectation();
    void packagesMayKnowMoreOptions();
    void takesEveryOpenCase_data();
    void takesEveryOpenCase();
};

void LabConfigFileTest::namesFileLineKeyAndExpectation_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const char *file, const QString &message) {
        QTest::newRow(name) << QByteArray(file) << message;
    };
    row("broken JSON", "{\n  \"cors\": ,\n}",
        u"lab.json, line 2: not JSON: unexpected character"_s);
    row("no object", "[]", u"lab.json: expected an object with settings, found []"_s);
    row("misspelt option", "{\n  \"cors\": {\n    \"options\": { \"orgin\": \"*\" }\n  }\n}",
        u"lab.json, line 3: unknown key cors.options.orgin; did you mean origin?"_s);
    row("unknown option", "{\"hpp\": {\"options\": {\"something\": 1}}}",
        u"lab.json, line 1: unknown key hpp.options.something; expected one of checkQuery, "
        u"checkBody, "
        "checkBodyOnlyForContentType, whitelist"_s);
    row("misspelt stage", "{\"kors\": {}}",
        u"lab.json, line 1: unknown key kors; did you mean cors?"_s);
    row("unknown member of an option",
        "{\"helmet\": {\"options\":\n{\"contentSecurityPolicy\": {\"directive\": {}}}}}",
        u"lab.json, line 2: unknown key helmet.options.contentSecurityPolicy.directive; did you "
        u"mean "
        "directives?"_s);
    row("wrong shape", "{\"cors\": {\"options\": {\"maxAge\": [1]}}}",
        u"lab.json, line 1: cors.options.maxAge: expected a number, found [1]"_s);
    row("wrong switch", "{\"cors\": {\"enabled\": \"yes\"}}",
        u"lab.json, line 1: cors.enabled: expected true or false, found \"yes\""_s);
    row("no object for a stage", "{\"cors\": true}",
        u"lab.json, line 1: cors: expected an object, found true"_s);
    row("unknown step", "{\"order\": [\n\"cors\",\n\"kors\"]}",
        u"lab.json, line 3: order: \"kors\" is not a stage; expected headers, compression, helmet, "
        u"cors, "
        "bodyParser, cookieParser, hpp, auth or one of text, json, urlencoded, raw, cookies, "
        "session, "
        "csrf, routes, cookieSession, errors, notFound"_s);
    row("unknown mode", "{\"auth\": {\"mode\": \"basic\"}}",
        u"lab.json, line 1: auth.mode: expected none, cookie-session, session, jwt-header or "
        u"jwt-cookie, "
        "found \"basic\""_s);
    row("unknown setting", "{\"express\": {\"etags\": true}}",
        u"lab.json, line 1: unknown key express.etags; did you mean etag?"_s);
    row("wrong choice", "{\"express\": {\"errors\": \"xml\"}}",
        u"lab.json, line 1: express.errors: expected one of default, json, found \"xml\""_s);
    row("wrong header", "{\"headers\": {\"X-A\": {}}}",
        u"lab.json, line 1: headers.X-A: expected a text or a list of texts, found {}"_s);
    row("wrong paths", "{\"cors\": {\"paths\": [1]}}",
        u"lab.json, line 1: cors.paths: expected a path or a list of paths, found [1]"_s);
    row("wrong client setting", "{\"client\": {\"poll\": {\"mode\": \"never\"}}}",
        u"lab.json, line 1: client.poll.mode: expected one of short, long, found \"never\""_s);
}

void LabConfigFileTest::namesFileLineKeyAndExpectation()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, message);
    const auto config = LabConfig::fromJson(file, u"lab.json"_s);
    QVERIFY(!config.has_value());
    QCOMPARE(config.error().message, message);
}

void LabConfigFileTest::packagesMayKnowMoreOptions()
{
    const QByteArray file = R"({"helmet": {"enabled": true, "options": {"unheardOf": 1}}})";
    QVERIFY(!LabConfig::fromJson(file).has_value());
    QVERIFY(LabConfig::fromJson(file, {}, OptionReading::AsPackages).has_value());
}

void LabConfigFileTest::takesEveryOpenCase_data()
{
    QTest::addColumn<QByteArray>("config");
    const QDir folder(testFolder() + u"/parity/express/cases"_s);
    for (const QString &name : folder.entryList({u"*.json"_s})) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const JsValue suite = std::get<JsValue>(parseJson(file.readAll()));
        for (const JsValue &group : suite[u"groups"].items()) {
            JsValue config = suite[u"config"].isObject() ? suite[u"config"] : JsValue::object();
            for (const auto &[key, value] : group[u"config"].members())
                config.insert(key, value);
            QTest::addRow("%s: %s", qPrintable(name), qPrintable(group[u"name"].toString()))
                << toJson(config);
        }
    }
}

void LabConfigFileTest::takesEveryOpenCase()
{
    QFETCH(QByteArray, config);
    const auto read = LabConfig::fromJson(config, {}, OptionReading::AsPackages);
    QVERIFY2(read.has_value(), qPrintable(read ? QString() : read.error().message));
    const auto again = LabConfig::fromJson(read->toJson(), {}, OptionReading::AsPackages);
    QVERIFY2(again.has_value(), qPrintable(again ? QString() : again.error().message));
    QVERIFY(*again == *read);
}

QTEST_APPLESS_MAIN(LabConfigFileTest)
#include "tst_labconfigfile.moc"
