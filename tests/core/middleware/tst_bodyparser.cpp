// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "core/express/pipelineharness.h"
#include "express/finalhandler.h"
#include "middleware/json.h"
#include "middleware/raw.h"
#include "middleware/text.h"
#include "middleware/urlencoded.h"
#include "testfolder.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;
using ExchangePointer = std::shared_ptr<Exchange>;

Q_DECLARE_METATYPE(JsValue)

/// The four parsers, held to recorded answers of body-parser 1.20.
class BodyParserTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void parsesAsThePackage_data();
    void parsesAsThePackage();
    void acceptsTheOptionsThePackageAccepts_data();
    void acceptsTheOptionsThePackageAccepts();
    void readsLimits_data();
    void readsLimits();
    void readsTheRestOfARefusedBody();
    void namesItsDecision_data();
    void namesItsDecision();
    void decodesPieceByPieceOnlyWhenAsked();
};

namespace {

Result<std::shared_ptr<const Middleware>> create(const QString &name, const JsValue &options)
{
    if (name == u"json")
        return JsonParser::create(options);
    if (name == u"urlencoded")
        return UrlencodedParser::create(options);
    if (name == u"text")
        return TextParser::create(options);
    return RawParser::create(options);
}

Stage showing()
{
    return stage("show", [](const ExchangePointer &ex, const Next &) {
        JsValue body = ex->body;
        if (body.isBuffer()) {
            body = JsValue::object();
            body.insert(u"base64"_s, JsValue::latin1(ex->body.toBuffer().toBase64()));
        }
        JsValue answer = JsValue::object();
        answer.insert(u"body"_s, body);
        ex->json(answer);
    });
}

/// {"error": {name, message, type}}
class ErrorView final : public Middleware
{
public:
    void handle(const ExchangePointer &, Next next) const override { next(); }
    bool handlesErrors() const override { return true; }
    void handleError(const ExchangePointer &ex, const ExpressError &error, Next) const override
    {
        JsValue view = errorDetails(error);
        if (!error.type.isEmpty())
            view.insert(u"type"_s, JsValue::latin1(error.type));
        JsValue answer = JsValue::object();
        answer.insert(u"error"_s, view);
        ex->status(error.status.value_or(500));
        ex->json(answer);
    }
};

std::shared_ptr<const Pipeline> pipelineOf(const JsValue &parsers)
{
    std::vector<Stage> stages;
    for (const JsValue &parser : parsers.items()) {
        const QString name = parser.items().at(0).toString();
        const auto made = create(name, parser.items().at(1));
        if (!made)
            return nullptr;
        stages.push_back({name.toLatin1(), {}, *made, true});
    }
    stages.push_back(showing());
    stages.push_back({"errors", {}, std::make_shared<ErrorView>(), true});
    return makePipeline(std::move(stages));
}

QByteArray post(const QByteArray &type, const QByteArray &body, const QByteArray &lines = {})
{
    return "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\n" + lines
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

JsValue recorded()
{
    QFile file(testFolder() + QStringLiteral("/data/bodyparser/answers.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto parsed = parseJson(QByteArrayView(file.readAll()));
    const auto *value = std::get_if<JsValue>(&parsed);
    return value ? *value : JsValue();
}

JsValue parserList(const char *json)
{
    return std::get<JsValue>(parseJson(QByteArrayView(json)));
}

} // namespace

void BodyParserTest::parsesAsThePackage_data()
{
    QTest::addColumn<JsValue>("row");
    const JsValue rows = recorded()[u"bodies"];
    QVERIFY(!rows.items().isEmpty());
    for (const JsValue &row : rows.items())
        QTest::addRow("%s", row[u"name"].toString().toUtf8().constData()) << row;
}

void BodyParserTest::parsesAsThePackage()
{
    QFETCH(JsValue, row);
    const auto pipeline = pipelineOf(row[u"parsers"]);
    QVERIFY(pipeline);
    QByteArray lines;
    const JsValue headers = row[u"headers"];
    for (const auto &[name, value] : headers.members())
        lines += name.toLatin1() + ": " + value.toString().toLatin1() + "\r\n";
    const QByteArray body = QByteArray::fromBase64(row[u"body"].toString().toLatin1());
    const auto answer
        = runPipeline(pipeline, post(row[u"type"].toString().toLatin1(), body, lines));
    QCOMPARE(QString::fromUtf8(answer.body()), row[u"answer"].toString());
    QCOMPARE(answer.status(), static_cast<int>(row[u"status"].toNumber()));
}

void BodyParserTest::acceptsTheOptionsThePackageAccepts_data()
{
    QTest::addColumn<QString>("parser");
    QTest::addColumn<JsValue>("options");
    QTest::addColumn<QString>("expected");
    const JsValue rows = recorded()[u"options"];
    for (const JsValue &row : rows.items())
        QTest::addRow("%s %s", row[u"parser"].toString().toUtf8().constData(),
                      toJson(row[u"options"]).constData())
            << row[u"parser"].toString() << row[u"options"] << row[u"error"].toString();
}

void BodyParserTest::acceptsTheOptionsThePackageAccepts()
{
    QFETCH(QString, parser);
    QFETCH(JsValue, options);
    const auto made = create(parser, options);
    QTEST(made ? QString() : made.error().message, "expected");
}

void BodyParserTest::readsLimits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("expected");
    QTest::addRow("kilobytes") << u"100kb"_s << 102400.0;
    QTest::addRow("blank and capitals") << u"1 MB"_s << 1048576.0;
    QTest::addRow("fraction is floored") << u"0.01mb"_s << 10485.0;
    QTest::addRow("unknown unit") << u"1k"_s << 1.0;
    QTest::addRow("bytes") << u"500b"_s << 500.0;
    QTest::addRow("negative") << u"-1kb"_s << -1024.0;
    QTest::addRow("bare number") << u"20"_s << 20.0;
}

void BodyParserTest::readsLimits()
{
    QFETCH(QString, text);
    QFETCH(double, expected);
    QCOMPARE(parseBytes(JsValue(text)), std::optional(expected));
}

void BodyParserTest::readsTheRestOfARefusedBody()
{
    const auto pipeline = pipelineOf(parserList("[[\"json\", {\"limit\": 2}]]"));
    const QByteArray whole = post("application/json", "{\"a\":1}");
    QCOMPARE(runPipeline(pipeline, whole.chopped(1)).bytes, QByteArray());
    QCOMPARE(runPipeline(pipeline, whole).status(), 413);
}

void BodyParserTest::namesItsDecision_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("decision");
    QTest::addRow("parsed") << post("application/json", "{}") << QByteArray("json.Parsed");
    QTest::addRow("no body") << QByteArray("POST / HTTP/1.1\r\nHost: x\r\n\r\n")
                             << QByteArray("json.NoBody");
    QTest::addRow("other type") << post("text/plain", "{}") << QByteArray("json.TypeDiffers");
    QTest::addRow("broken") << post("application/json", "{") << QByteArray("json.ParseFailed");
    QTest::addRow("charset") << post("application/json; charset=latin1", "{}")
                             << QByteArray("json.CharsetUnsupported");
    QTest::addRow("coding") << post("application/json", "{}", "Content-Encoding: br\r\n")
                            << QByteArray("json.EncodingUnsupported");
    QTest::addRow("too large") << post("application/json", QByteArray(200, ' '))
                               << QByteArray("json.TooLarge");
}

void BodyParserTest::namesItsDecision()
{
    QFETCH(QByteArray, request);
    const auto answer
        = runPipeline(pipelineOf(parserList("[[\"json\", {\"limit\": 100}]]")), request, true);
    QCOMPARE(answer.report.stages.front().decisions.size(), size_t(1));
    QTEST(answer.report.stages.front().decisions.front().id, "decision");
}

void BodyParserTest::decodesPieceByPieceOnlyWhenAsked()
{
    const QByteArray request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n"
                               "2\r\na\xc3\r\n2\r\n\xa9z\r\n0\r\n\r\n";
    const auto together = runPipeline(pipelineOf(parserList("[[\"text\", {}]]")), request);
    QCOMPARE(together.body(), QByteArray("{\"body\":\"a\xc3\xa9z\"}"));
    const auto torn
        = runPipeline(pipelineOf(parserList("[[\"text\", {\"decode\": \"per-chunk\"}]]")), request);
    QCOMPARE(torn.body(), QByteArray("{\"body\":\"a\xef\xbf\xbd\xef\xbf\xbdz\"}"));
}

QTEST_GUILESS_MAIN(BodyParserTest)
#include "tst_bodyparser.moc"
