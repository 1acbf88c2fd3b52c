// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/fetchcommand.h"

#include "base/random.h"
#include "base/result.h"
#include "browser/browser.h"
#include "capture/exchangekind.h"
#include "cli/commandtable.h"
#include "cli/fetchreport.h"
#include "datafolder.h"
#include "http/url.h"
#include "lab/callrecords.h"

#include <QEventLoop>
#include <QSslCertificate>
#include <QTextStream>
#include <QTimer>

namespace rt {

namespace {

struct FetchArguments
{
    FetchRequest request;
    bool json = false;
};

Result<void> takeMode(FetchRequest &request, const QString &name)
{
    if (name == u"raw") {
        request.api = "raw";
        return {};
    }
    for (const auto &[text, mode] :
         {std::pair(u"cors", RequestMode::Cors), std::pair(u"no-cors", RequestMode::NoCors),
          std::pair(u"same-origin", RequestMode::SameOrigin)}) {
        if (name == QStringView(text)) {
            request.mode = mode;
            return {};
        }
    }
    return failure(
        QStringLiteral("--mode is cors, no-cors, same-origin or raw, not \"%1\"").arg(name));
}

Result<void> takeCredentials(FetchRequest &request, const QString &name)
{
    for (const auto &[text, mode] : {std::pair(u"omit", CredentialsMode::Omit),
                                     std::pair(u"same-origin", CredentialsMode::SameOrigin),
                                     std::pair(u"include", CredentialsMode::Include)}) {
        if (name == QStringView(text)) {
            request.credentials = mode;
            return {};
        }
    }
    return failure(
        QStringLiteral("--credentials is omit, same-origin or include, not \"%1\"").arg(name));
}

Result<void> takeOption(FetchRequest &request, const QString &option, const QString &value)
{
    if (option == u"--origin") {
        request.page = value.toUtf8();
    } else if (option == u"-X" || option == u"--method") {
        request.method = value.toUtf8();
    } else if (option == u"--data" || option == u"-d") {
        request.body = value.toUtf8();
        request.hasBody = true;
        request.bodyType = "text/plain;charset=UTF-8";
    } else if (option == u"--mode") {
        return takeMode(request, value);
    } else if (option == u"--credentials") {
        return takeCredentials(request, value);
    } else if (option == u"-H" || option == u"--header") {
        const qsizetype colon = value.indexOf(u':');
        if (colon <= 0)
            return failure(QStringLiteral("-H needs 'Name: value', not \"%1\"").arg(value));
        request.headers.append(value.left(colon).toUtf8(), value.mid(colon + 1).trimmed().toUtf8());
    } else {
        return failure(QStringLiteral("fetch does not know \"%1\"").arg(option));
    }
    return {};
}

Result<FetchArguments> readArguments(const QStringList &words)
{
    FetchArguments arguments;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i);
        if (word == u"--json") {
            arguments.json = true;
        } else if (!word.startsWith(u'-')) {
            if (!arguments.request.url.isEmpty())
                return failure(
                    QStringLiteral("fetch takes one URL; \"%1\" is a second one").arg(word));
            arguments.request.url = word.toUtf8();
        } else if (i + 1 >= words.size()) {
            return failure(QStringLiteral("%1 needs a value").arg(word));
        } else if (const auto taken = takeOption(arguments.request, word, words.at(++i)); !taken) {
            return tl::unexpected(taken.error());
        }
    }
    if (arguments.request.url.isEmpty())
        return failure(QStringLiteral("fetch needs a URL"));
    return arguments;
}

/// Keeps the client's reports of one call.
class ReportKeeper final : public WireObserver
{
public:
    void clientConnected(quint16, quint16) override { }
    void clientStarted(const ExchangeKey &, const RequestHead &) override { }
    void serverStarted(const ExchangeKey &, const RequestHead &) override { }
    void serverFinished(ServerReport) override { }
    void clientFinished(ClientReport report) override
    {
        ExchangeRecord record;
        record.id = exchanges.size() + 1;
        record.kind = exchangeKind(report.kind);
        record.targetOrigin = report.targetOrigin;
        record.hasServer = false;
        record.client = std::move(report);
        exchanges.push_back(std::move(record));
    }

    std::vector<ExchangeRecord> exchanges;
};

/// Names that mean this computer: loopback itself and the lab's virtual names, port by port.
AddressTable loopbackNames()
{
    AddressTable table;
    for (const char *host :
         {"localhost", "127.0.0.1", "app.shop.test", "api.shop.test", "www.shop.test",
          "rogue.shop.test", "shop.test", "evil.test", "cdn.test"})
        table.addHost(host);
    return table;
}

} // namespace

int fetchCommand(const QStringList &arguments)
{
    QTextStream out(stdout);
    QTextStream err(stderr);
    auto read = readArguments(arguments);
    if (!read) {
        err << "roundtrip: " << read.error().message << "\n\n"
            << commandHelp(*findCommand(QStringLiteral("fetch")));
        return UsageError;
    }
    // Without a page the request comes from the server's own origin, as from its own page.
    if (const auto url = parseUrl(read->request.url);
        url && read->request.page.isEmpty() && read->request.api != "raw")
        read->request.page = url->origin();
    const AddressTable addresses = loopbackNames();
    const LabClock clock;
    SystemRandom random;
    ReportKeeper reports;
    Browser browser(addresses, clock, random, &reports);
    browser.setTrust({QSslCertificate::fromPath(authorityFile())});
    CallRecord call;
    QEventLoop loop;
    browser.fetch(read->request, [&](const FetchResult &result) {
        call = finishedCall(read->request, result);
        loop.quit();
    });
    loop.exec();
    if (read->json)
        out << stringifyJson(fetchValue(call, reports.exchanges), QStringLiteral("  ")) << '\n';
    else
        out << fetchText(call, reports.exchanges);
    return call.outcome == CallRecord::Outcome::Ok ? Done : CheckFailed;
}

} // namespace rt
