// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "testfolder.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

const QString root = testFolder() + QStringLiteral("/..");

/// Which folder of core may include which others, besides itself and base. README.md, Architecture.
const QHash<QString, QStringList> &allowedIncludes()
{
    static const QHash<QString, QStringList> table {
        {QStringLiteral("base"), {}},
        {QStringLiteral("http"), {}},
        {QStringLiteral("options"), {}},
        {QStringLiteral("websocket"), {QStringLiteral("http")}},
        {QStringLiteral("capture"),
         {QStringLiteral("http"), QStringLiteral("websocket"), QStringLiteral("socketio")}},
        {QStringLiteral("socketio"), {QStringLiteral("http"), QStringLiteral("websocket")}},
        {QStringLiteral("server"), {QStringLiteral("http")}},
        {QStringLiteral("browser"),
         {QStringLiteral("http"), QStringLiteral("websocket"), QStringLiteral("socketio")}},
        {QStringLiteral("express"), {QStringLiteral("http"), QStringLiteral("server")}},
        {QStringLiteral("middleware"),
         {QStringLiteral("http"), QStringLiteral("server"), QStringLiteral("express"),
          QStringLiteral("options")}},
        {QStringLiteral("realtime"),
         {QStringLiteral("http"), QStringLiteral("websocket"), QStringLiteral("socketio"),
          QStringLiteral("server"), QStringLiteral("middleware")}},
        {QStringLiteral("lab"),
         {QStringLiteral("http"), QStringLiteral("options"), QStringLiteral("websocket"),
          QStringLiteral("capture"), QStringLiteral("socketio"), QStringLiteral("server"),
          QStringLiteral("browser"), QStringLiteral("express"), QStringLiteral("middleware"),
          QStringLiteral("realtime")}},
        {QStringLiteral("exporters"),
         {QStringLiteral("http"), QStringLiteral("capture"), QStringLiteral("options"),
          QStringLiteral("lab")}},
        {QStringLiteral("lesson"),
         {QStringLiteral("http"), QStringLiteral("capture"), QStringLiteral("options"),
          QStringLiteral("lab")}},
    };
    return table;
}

QStringList sourceFiles(const QString &folder)
{
    QStringList files;
    QDirIterator entries(root + u'/' + folder, {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
                         QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext())
        files.append(entries.next());
    files.sort();
    return files;
}

QString contents(const QString &file)
{
    QFile source(file);
    return source.open(QIODevice::ReadOnly) ? QString::fromUtf8(source.readAll()) : QString();
}

QStringList includes(const QString &text, const QString &pattern)
{
    QStringList names;
    auto matches
        = QRegularExpression(pattern, QRegularExpression::MultilineOption).globalMatch(text);
    while (matches.hasNext())
        names.append(matches.next().captured(1));
    return names;
}

QString relative(const QString &file)
{
    return QDir(root).relativeFilePath(file);
}

struct FunctionSize
{
    int line = 0;
    int lines = 0;
    QString name;
};

/// Function bodies by the layout clang-format gives: a '{' alone in column 0 after a line that is
/// no type, namespace or table, up to the '}' in column 0.
std::vector<FunctionSize> functionsOf(const QString &text)
{
    static const QRegularExpression notFunction(QStringLiteral(
        "^(class|struct|enum|union|namespace|template|const|static const|constexpr|\\s)"));
    std::vector<FunctionSize> found;
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 1; i < lines.size(); ++i) {
        if (lines.at(i) != u"{" || notFunction.match(lines.at(i - 1)).hasMatch())
            continue;
        const qsizetype end = lines.indexOf(QStringLiteral("}"), i);
        if (end > 0)
            found.push_back({static_cast<int>(i), static_cast<int>(end - i - 1), lines.at(i - 1)});
    }
    return found;
}

} // namespace

/// The rules of the house that a reader of one file can't see being broken.
class ArchitectureTest : public QObject
{
    Q_OBJECT

private slots:
    void includesOnlyWhatTheTableAllows();
    void keepsWidgetsOutOfCore();
    void nothingIncludesApp();
    void topLevelHoldsOnlyTheAgreedEntries();
    void filesStayBelowTheLimit();
    void functionsStayBelowTheLimit();
    void everySourceFileNamesItsLicence();
    void namesNoMachine();
};

void ArchitectureTest::includesOnlyWhatTheTableAllows()
{
    QStringList broken;
    for (const QString &file : sourceFiles(QStringLiteral("core"))) {
        const QString from = relative(file).section(u'/', 1, 1);
        QVERIFY2(allowedIncludes().contains(from),
                 qPrintable(QStringLiteral("unknown folder core/") + from));
        for (const QString &name :
             includes(contents(file), QStringLiteral("^#include \"([^\"]+)\""))) {
            const QString to = name.section(u'/', 0, 0);
            const bool fine = !name.contains(u'/') || to == from || to == u"base"
                || name.endsWith(QLatin1String(".moc"))
                || allowedIncludes().value(from).contains(to);
            if (!fine)
                broken.append(relative(file) + QStringLiteral(" includes ") + name);
        }
    }
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));
}

void ArchitectureTest::keepsWidgetsOutOfCore()
{
    static const QStringList gui {QStringLiteral("QWidget"),         QStringLiteral("QApplication"),
                                  QStringLiteral("QGuiApplication"), QStringLiteral("QPainter"),
                                  QStringLiteral("QPixmap"),         QStringLiteral("QColor"),
                                  QStringLiteral("QIcon"),           QStringLiteral("QFont"),
                                  QStringLiteral("QtWidgets"),       QStringLiteral("QtGui")};
    QStringList broken;
    for (const QString &file : sourceFiles(QStringLiteral("core"))) {
        for (const QString &name :
             includes(contents(file), QStringLiteral("^#include <(Q[^>/]+)"))) {
            if (gui.contains(name))
                broken.append(relative(file) + QStringLiteral(" includes ") + name);
        }
    }
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));
}

void ArchitectureTest::nothingIncludesApp()
{
    QSet<QString> appFolders;
    for (const QString &name :
         QDir(root + QStringLiteral("/app")).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        appFolders.insert(name);
    QStringList broken;
    for (const QString &file : sourceFiles(QStringLiteral("core"))) {
        for (const QString &name :
             includes(contents(file), QStringLiteral("^#include \"([^\"]+)\""))) {
            if (appFolders.contains(name.section(u'/', 0, 0)))
                broken.append(relative(file) + QStringLiteral(" includes ") + name);
        }
    }
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));
}

void ArchitectureTest::topLevelHoldsOnlyTheAgreedEntries()
{
    static const QSet<QString> agreed {
        QStringLiteral("CMakeLists.txt"),
        QStringLiteral("CMakePresets.json"),
        QStringLiteral("app"),
        QStringLiteral("core"),
        QStringLiteral("lessons"),
        QStringLiteral("resources"),
        QStringLiteral("translations"),
        QStringLiteral("tests"),
        QStringLiteral("packaging"),
        QStringLiteral("README.md"),
        QStringLiteral("LICENSE"),
    };
    QProcess git;
    git.setWorkingDirectory(root);
    git.start(QStringLiteral("git"), {QStringLiteral("ls-files")});
    if (!git.waitForFinished() || git.exitCode() != 0)
        QSKIP("not a git checkout");
    QSet<QString> broken;
    for (const QString &file :
         QString::fromUtf8(git.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts)) {
        const QString top = file.section(u'/', 0, 0);
        if (!top.startsWith(u'.') && !agreed.contains(top))
            broken.insert(top);
    }
    QVERIFY2(broken.isEmpty(), qPrintable(QStringList(broken.values()).join(u'\n')));
}

void ArchitectureTest::filesStayBelowTheLimit()
{
    QStringList broken;
    QStringList big;
    for (const QString &folder :
         {QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("tests")}) {
        for (const QString &file : sourceFiles(folder)) {
            const auto lines = contents(file).count(u'\n');
            const int hard = relative(file) == u"app/mainwindow.cpp" ? 400 : 600;
            if (lines > hard)
                broken.append(QStringLiteral("%1: %2 lines").arg(relative(file)).arg(lines));
            else if (lines > 400)
                big.append(QStringLiteral("%1: %2 lines").arg(relative(file)).arg(lines));
        }
    }
    if (!big.isEmpty())
        qInfo("files above 400 lines:\n%s", qPrintable(big.join(u'\n')));
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));
}

void ArchitectureTest::functionsStayBelowTheLimit()
{
    QStringList broken;
    QStringList big;
    for (const QString &folder : {QStringLiteral("core"), QStringLiteral("app")}) {
        for (const QString &file : sourceFiles(folder)) {
            for (const FunctionSize &function : functionsOf(contents(file))) {
                const QString row = QStringLiteral("%1:%2: %3 lines: %4")
                                        .arg(relative(file))
                                        .arg(function.line)
                                        .arg(function.lines)
                                        .arg(function.name.trimmed());
                // Tables are the exception the style guide makes; their functions say so by name.
                const bool table = function.name.contains(QLatin1String("Table"))
                    || function.name.contains(QLatin1String("Catalog"));
                if (function.lines > 60 && !table)
                    broken.append(row);
                else if (function.lines > 40)
                    big.append(row);
            }
        }
    }
    if (!big.isEmpty())
        qInfo("functions above 40 lines:\n%s", qPrintable(big.join(u'\n')));
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));
}

void ArchitectureTest::everySourceFileNamesItsLicence()
{
    QStringList broken;
    for (const QString &folder :
         {QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("tests")}) {
        for (const QString &file : sourceFiles(folder)) {
            if (!contents(file).startsWith(QLatin1String("// SPDX-FileCopyrightText")))
                broken.append(relative(file));
        }
    }
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));
}

void ArchitectureTest::namesNoMachine()
{
    // Assembled, so that this file does not name them either.
    const QRegularExpression machine(
        QStringLiteral("/%1/|/%2/|registry\\.%3")
            .arg(QStringLiteral("home"), QStringLiteral("work"), QStringLiteral("npmjs")));
    QStringList broken;
    for (const QString &folder :
         {QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("tests")}) {
        for (const QString &file : sourceFiles(folder)) {
            if (machine.match(contents(file)).hasMatch())
                broken.append(relative(file));
        }
    }
    QVERIFY2(broken.isEmpty(), qPrintable(broken.join(u'\n')));
}

QTEST_APPLESS_MAIN(ArchitectureTest)
#include "tst_architecture.moc"
