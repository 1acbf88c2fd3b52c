// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "casecompare.h"
#include "casereplay.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

#include <cstdio>

namespace {

/// Exit codes of the program: 1 a case failed, 2 usage, 3 could not run.
enum ExitCode { Passed = 0, Failed = 1, Usage = 2, CouldNotRun = 3 };

struct Options
{
    CaseStrictness strictness = CaseStrictness::Everything;
    QRegularExpression only;
    bool quiet = false;
};

struct Tally
{
    int passed = 0;
    int failed = 0;
};

void print(FILE *stream, const QString &text)
{
    std::fputs(qPrintable(text + QLatin1Char('\n')), stream);
}

std::optional<QJsonArray> readCases(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly)) {
        print(stderr, QStringLiteral("%1: %2").arg(fileName, file.errorString()));
        return std::nullopt;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (error.error != QJsonParseError::NoError) {
        print(stderr, QStringLiteral("%1: %2").arg(fileName, error.errorString()));
        return std::nullopt;
    }
    return document.object().value(QStringLiteral("cases")).toArray();
}

Tally replayFile(CaseReplay &replay, const QJsonArray &cases, const Options &options)
{
    Tally tally;
    for (const QJsonValue &value : cases) {
        const QJsonObject caseObject = value.toObject();
        const QString id = caseObject.value(QStringLiteral("id")).toString();
        if (!options.only.match(id).hasMatch())
            continue;
        const QStringList differences
            = compareCase(caseObject.value(QStringLiteral("expect")).toArray(),
                          replay.run(caseObject), options.strictness);
        ++(differences.isEmpty() ? tally.passed : tally.failed);
        if (differences.isEmpty() || options.quiet)
            continue;
        print(stdout,
              QStringLiteral("FAIL %1: %2")
                  .arg(id, caseObject.value(QStringLiteral("about")).toString()));
        for (const QString &difference : differences)
            print(stdout, QStringLiteral("  ") + difference);
    }
    return tally;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Replays recorded browser cases through the built-in browser."));
    parser.addHelpOption();
    parser.addOption({QStringLiteral("only"), QStringLiteral("Only cases whose id matches."),
                      QStringLiteral("regexp")});
    parser.addOption({QStringLiteral("rules"),
                      QStringLiteral("Leave out net errors and lines about failed loads.")});
    parser.addOption(
        {QStringLiteral("wire"), QStringLiteral("Compare every header in wire order.")});
    parser.addOption({QStringLiteral("quiet"), QStringLiteral("Figures only.")});
    parser.addPositionalArgument(QStringLiteral("files"), QStringLiteral("Case files."),
                                 QStringLiteral("FILE..."));
    parser.process(application);
    if (parser.positionalArguments().isEmpty()) {
        print(stderr, parser.helpText());
        return Usage;
    }
    Options options;
    options.only.setPattern(parser.value(QStringLiteral("only")));
    options.quiet = parser.isSet(QStringLiteral("quiet"));
    if (parser.isSet(QStringLiteral("rules")))
        options.strictness = CaseStrictness::Rules;
    else if (parser.isSet(QStringLiteral("wire")))
        options.strictness = CaseStrictness::Wire;
    CaseReplay replay;
    const QString problem = replay.prepare();
    if (!problem.isEmpty()) {
        print(stderr, problem);
        return CouldNotRun;
    }
    Tally total;
    for (const QString &file : parser.positionalArguments()) {
        const auto cases = readCases(file);
        if (!cases)
            return CouldNotRun;
        const Tally tally = replayFile(replay, *cases, options);
        print(stdout,
              QStringLiteral("%1: %2 passed, %3 failed")
                  .arg(file, QString::number(tally.passed), QString::number(tally.failed)));
        total.passed += tally.passed;
        total.failed += tally.failed;
    }
    print(stdout,
          QStringLiteral("%1 passed, %2 failed")
              .arg(QString::number(total.passed), QString::number(total.failed)));
    return total.failed ? Failed : Passed;
}
