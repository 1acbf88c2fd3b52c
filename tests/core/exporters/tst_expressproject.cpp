// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "exporters/expressproject.h"

#include "testfolder.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// What is written, and that nothing is missing. That it runs is tested in tests/parity/express.
class ExpressProjectTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void holdsEveryModuleItAsksFor();
    void installsWhatItUsesAndNoMore();
    void pinsTheVersionsTheLabImitates();
    void refusesWhatThePackagesRefuse_data();
    void refusesWhatThePackagesRefuse();
    void writesIntoAFolder();
};

namespace {

LabConfig configOf(const QByteArray &json)
{
    const auto config = LabConfig::fromJson(json, {}, OptionReading::AsPackages);
    return config ? *config : LabConfig();
}

QByteArray fileOf(const std::vector<ProjectFile> &files, const QString &name)
{
    for (const ProjectFile &file : files) {
        if (file.name == name)
            return file.bytes;
    }
    return {};
}

JsValue jsonOf(const QByteArray &text)
{
    return std::get<JsValue>(parseJson(QByteArrayView(text)));
}

QByteArray read(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QByteArray everything = R"js({
    "clock": {"now": 1, "header": "x-now"}, "express": {"errors": "json"},
    "order": ["headers", "compression", "helmet", "cors", "bodyParser", "cookieParser", "hpp", "auth"],
    "compression": {"enabled": true}, "helmet": {"enabled": true}, "cors": {"enabled": true},
    "text": {"enabled": true, "decode": "per-chunk"}, "hpp": {"enabled": true},
    "cookieParser": {"enabled": true},
    "auth": {"mode": "session", "session": {"secret": "s"}, "cookieSession": {"keys": ["k"]}},
    "cookieSession": {"enabled": true}})js";

} // namespace

void ExpressProjectTest::holdsEveryModuleItAsksFor()
{
    static const QRegularExpression import(u"from '\\./([^']+)'"_s);
    for (const LabConfig &config : {configOf("{}"), LabConfig::base(), configOf(everything)}) {
        const auto files = expressProject(config);
        QVERIFY(files);
        for (const ProjectFile &file : *files) {
            auto matches = import.globalMatch(QString::fromUtf8(file.bytes));
            while (matches.hasNext()) {
                const QString name = matches.next().captured(1);
                QVERIFY2(!fileOf(*files, name).isEmpty(), qPrintable(name));
            }
        }
    }
}

void ExpressProjectTest::installsWhatItUsesAndNoMore()
{
    const auto plain = expressProject(configOf("{}"));
    QCOMPARE(jsonOf(fileOf(*plain, u"package.json"_s))[u"dependencies"].keys(),
             QStringList({u"express"_s, u"jsonwebtoken"_s}));
    const JsValue lock = jsonOf(fileOf(*plain, u"package-lock.json"_s))[u"packages"];
    QVERIFY(lock.contains(u"node_modules/body-parser"_s)); // of Express
    QVERIFY(!lock.contains(u"node_modules/helmet"_s));
    const auto all = expressProject(configOf(everything));
    QCOMPARE(jsonOf(fileOf(*all, u"package.json"_s))[u"dependencies"].size(), 8);
    const JsValue complete = jsonOf(read(testFolder() + u"/parity/express/package-lock.json"_s));
    const JsValue &packages = complete[u"packages"];
    QCOMPARE(prunedLock(complete, packages[QString()][u"dependencies"].keys())[u"packages"].keys(),
             packages.keys());
}

void ExpressProjectTest::pinsTheVersionsTheLabImitates()
{
    const auto all = expressProject(configOf(everything));
    const JsValue written = jsonOf(fileOf(*all, u"package.json"_s))[u"dependencies"];
    const JsValue lock = jsonOf(fileOf(*all, u"package-lock.json"_s))[u"packages"];
    const JsValue reference
        = jsonOf(read(testFolder() + u"/parity/express/package.json"_s))[u"dependencies"];
    for (const QString &name : written.keys()) {
        QCOMPARE(written[name], reference[name]);
        QCOMPARE(lock[QString(u"node_modules/"_s + name)][u"version"], reference[name]);
    }
    QCOMPARE(lock[QString()][u"dependencies"], written);
}

void ExpressProjectTest::refusesWhatThePackagesRefuse_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("message");
    QTest::addRow("helmet") << QByteArray(
        R"js({"helmet": {"enabled": true, "options": {"xFrameOptions": {"action": "x"}}}})js")
                            << u"X-Frame-Options received an invalid action \"x\""_s;
    QTest::addRow("Express") << QByteArray(R"js({"express": {"trustProxy": "nowhere"}})js")
                             << u"invalid IP address: nowhere"_s;
}

void ExpressProjectTest::refusesWhatThePackagesRefuse()
{
    QFETCH(QByteArray, config);
    const auto files = expressProject(configOf(config));
    QVERIFY(!files);
    QTEST(files.error().message, "message");
}

void ExpressProjectTest::writesIntoAFolder()
{
    const QTemporaryDir folder;
    const QString target = folder.filePath(u"a/b"_s);
    const auto files = expressProject(LabConfig::base());
    QVERIFY(writeProject(*files, target));
    for (const ProjectFile &file : *files)
        QCOMPARE(read(target + u'/' + file.name), file.bytes);
    const auto refused = writeProject(*files, target + u"/server.mjs"_s);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(u"cannot be made"_s));
}

QTEST_GUILESS_MAIN(ExpressProjectTest)
#include "tst_expressproject.moc"
