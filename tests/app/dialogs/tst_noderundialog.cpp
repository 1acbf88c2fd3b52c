// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "dialogs/noderundialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace rt;
using namespace Qt::StringLiterals;

/// The lab beside Express in a real Node. Without the npm packages, and without a way to get them,
/// the dialog has to say just that.
class NodeRunDialogTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin).*"_s)); }
    void saysWhenNothingWasSent();
    void saysWhenThePackagesRefuse();
    void comparesEveryAnswer();
    void canBeCancelled();

private:
    std::unique_ptr<NodeRunDialog> dialog(const LabConfig &config,
                                          std::vector<ReplayCandidate> requests);
    static QString text(const NodeRunDialog &dialog, const char *name);
    void save(QWidget &widget, const QString &name);

    QTemporaryDir m_cache;
    std::unique_ptr<Theme> m_theme;
};

namespace {

ReplayCandidate candidate(const QByteArray &method, const QByteArray &target,
                          const QByteArray &more = {}, const QByteArray &body = {})
{
    const QByteArray length = body.isEmpty()
        ? QByteArray()
        : "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return {QString::fromUtf8(method + ' ' + target),
            {method,
             method + ' ' + target + " HTTP/1.1\r\nHost: api.shop.test:8000\r\n" + more + length
                 + "\r\n" + body}};
}

LabConfig lab()
{
    const auto config = LabConfig::fromJson(R"js({
        "profile": "demo", "helmet": {"enabled": true}, "compression": {"enabled": true},
        "cors": {"enabled": true, "options": {"origin": ["http://app.shop.test:3000"]}}})js");
    return config ? *config : LabConfig();
}

std::vector<ReplayCandidate> requests()
{
    const QByteArray origin = "Origin: http://app.shop.test:3000\r\n";
    return {candidate("OPTIONS", "/api/user", origin + "Access-Control-Request-Method: PUT\r\n"),
            candidate("PUT", "/api/user", origin + "Content-Type: application/json\r\n",
                      "{\"name\":\"Grace\"}"),
            candidate("GET", "/api/user", origin),
            candidate("GET", "/api/data?bytes=4096", "Accept-Encoding: gzip\r\n"),
            candidate("POST", "/login", "Content-Type: application/json\r\n",
                      "{\"email\":\"test@example.com\",\"password\":\"123456\"}"),
            candidate("GET", "/error"),
            candidate("GET", "/nowhere")};
}

} // namespace

void NodeRunDialogTest::initTestCase()
{
    qputenv("XDG_CACHE_HOME", m_cache.path().toUtf8());
    m_theme = std::make_unique<Theme>(*qApp);
    m_theme->setChoice(Theme::Choice::Light);
}

std::unique_ptr<NodeRunDialog> NodeRunDialogTest::dialog(const LabConfig &config,
                                                         std::vector<ReplayCandidate> sent)
{
    auto made = std::make_unique<NodeRunDialog>(
        *m_theme, [config] { return config; }, [sent](int) { return sent; }, nullptr);
    made->show();
    return made;
}

QString NodeRunDialogTest::text(const NodeRunDialog &dialog, const char *name)
{
    return dialog.findChild<QLabel *>(QLatin1StringView(name))->text();
}

void NodeRunDialogTest::save(QWidget &widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("RT_SHOTS");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    for (const auto &[choice, theme] :
         {std::pair(Theme::Choice::Light, "light"), std::pair(Theme::Choice::Dark, "dark")}) {
        m_theme->setChoice(choice);
        QApplication::processEvents();
        QVERIFY(
            widget.grab().save(u"%1/node-%2-%3.png"_s.arg(folder, name, QLatin1StringView(theme))));
    }
    m_theme->setChoice(Theme::Choice::Light);
}

void NodeRunDialogTest::saysWhenNothingWasSent()
{
    const auto shown = dialog(lab(), {});
    shown->start();
    QVERIFY(text(*shown, "nodeRun.detail").contains(u"Nothing has been sent"_s));
    QVERIFY(!shown->run().isRunning());
}

void NodeRunDialogTest::saysWhenThePackagesRefuse()
{
    const auto config = LabConfig::fromJson(
        R"js({"helmet": {"enabled": true, "options": {"xFrameOptions": {"action": "x"}}}})js");
    const auto shown = dialog(*config, requests());
    shown->start();
    const QString detail = text(*shown, "nodeRun.detail");
    QVERIFY2(detail.contains(u"invalid action"_s) || detail.contains(u"Node is not"_s),
             qPrintable(detail));
}

void NodeRunDialogTest::comparesEveryAnswer()
{
    const auto shown = dialog(lab(), requests());
    shown->start();
    QTRY_VERIFY_WITH_TIMEOUT(!shown->run().isRunning(), 240000);
    if (shown->run().stage() == NodeRun::Stage::Failed) {
        const QString detail = text(*shown, "nodeRun.detail");
        QVERIFY2(detail.contains(u"npm cannot reach"_s) || detail.contains(u"is not on this"_s),
                 qPrintable(detail));
        return;
    }
    save(*shown, u"agrees"_s);
    QCOMPARE(text(*shown, "nodeRun.headline"), u"\u2713 7 answers agree with Express in Node"_s);
    auto *tree = shown->findChild<QTreeWidget *>(u"nodeRun.answers"_s);
    QCOMPARE(tree->topLevelItemCount(), 7);
    QVERIFY(tree->topLevelItem(0)->childCount() > 10); // status, helmet's headers, body
    tree->topLevelItem(1)->setExpanded(true);
    save(*shown, u"expanded"_s);
    shown->findChild<QCheckBox *>(u"nodeRun.onlyDifferences"_s)->setChecked(true);
    QVERIFY(tree->topLevelItem(0)->isHidden());
}

void NodeRunDialogTest::canBeCancelled()
{
    const auto shown = dialog(lab(), requests());
    shown->start();
    if (shown->run().stage() == NodeRun::Stage::Failed)
        return; // there is no Node
    auto *cancel = shown->findChild<QPushButton *>(u"nodeRun.cancel"_s);
    QVERIFY(cancel->isVisible());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(!shown->run().isRunning());
    QCOMPARE(text(*shown, "nodeRun.detail"), u"Cancelled."_s);
    QVERIFY(!cancel->isVisible());
}

QTEST_MAIN(NodeRunDialogTest)
#include "tst_noderundialog.moc"
