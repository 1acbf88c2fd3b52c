// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "casereplay.h"

#include "browser/browsersocket.h"
#include "browser/requestinit.h"

#include <QEventLoop>
#include <QTimer>

using namespace rt;

namespace {

std::optional<QString> optionalText(const QJsonObject &object, const QString &key)
{
    return object.contains(key) ? std::optional(object.value(key).toString()) : std::nullopt;
}

FormFields fieldsOf(const QJsonValue &value)
{
    FormFields fields;
    for (const QJsonValue &pair : value.toArray())
        fields.emplace_back(pair.toArray().at(0).toString(), pair.toArray().at(1).toString());
    return fields;
}

RequestInit::Body bodyOf(const QJsonObject &object)
{
    using Kind = RequestInit::Body::Kind;
    static const QMap<QString, Kind> kinds = {
        {QStringLiteral("text"), Kind::Text},
        {QStringLiteral("urlencoded"), Kind::UrlEncoded},
        {QStringLiteral("formdata"), Kind::FormData},
        {QStringLiteral("blob"), Kind::Blob},
        {QStringLiteral("bytes"), Kind::Bytes},
        {QStringLiteral("stream"), Kind::Stream},
    };
    RequestInit::Body body;
    body.kind = kinds.value(object.value(QStringLiteral("type")).toString());
    body.text = object.value(QStringLiteral("value")).toString();
    body.fields = fieldsOf(object.value(QStringLiteral("value")));
    body.blobType = optionalText(object, QStringLiteral("mime"));
    return body;
}

RequestInit initOf(const QJsonObject &argument)
{
    RequestInit init;
    init.url = argument.value(QStringLiteral("url")).toString();
    const QJsonObject given = argument.value(QStringLiteral("init")).toObject();
    init.method = optionalText(given, QStringLiteral("method"));
    init.mode = optionalText(given, QStringLiteral("mode"));
    init.credentials = optionalText(given, QStringLiteral("credentials"));
    init.redirect = optionalText(given, QStringLiteral("redirect"));
    init.cache = optionalText(given, QStringLiteral("cache"));
    init.referrer = optionalText(given, QStringLiteral("referrer"));
    init.referrerPolicy = optionalText(given, QStringLiteral("referrerPolicy"));
    init.integrity = optionalText(given, QStringLiteral("integrity"));
    for (const auto &[name, value] : fieldsOf(given.value(QStringLiteral("headers"))))
        init.headers.emplace_back(name, value);
    if (given.contains(QStringLiteral("body")))
        init.body = bodyOf(given.value(QStringLiteral("body")).toObject());
    return init;
}

/// The events script hears until the socket is closed, or until the page's policy silences it.
QJsonObject watchSocket(BrowserSocket &socket, bool waitForServer)
{
    QJsonObject result;
    QJsonArray events;
    QEventLoop loop;
    const auto note = [&events](const QString &event) { events.append(event); };
    QObject::connect(&socket, &BrowserSocket::opened, &loop, [&] {
        note(QStringLiteral("open"));
        result[QStringLiteral("protocol")] = QString::fromLatin1(socket.protocol());
        result[QStringLiteral("extensions")] = QString::fromLatin1(socket.extensions());
        if (!waitForServer)
            socket.close(1000);
    });
    QObject::connect(&socket, &BrowserSocket::messageReceived, &loop,
                     [&](const QByteArray &data, bool binary) {
                         note(binary ? QStringLiteral("message:[object Blob]")
                                     : QStringLiteral("message:") + QString::fromUtf8(data));
                     });
    QObject::connect(&socket, &BrowserSocket::errorOccurred, &loop, [&] {
        note(QStringLiteral("error"));
        if (socket.state() == BrowserSocket::State::Closed)
            loop.quit();
    });
    QObject::connect(&socket, &BrowserSocket::closed, &loop,
                     [&](quint16 code, const QByteArray &, bool wasClean) {
                         note(QStringLiteral("close"));
                         result[QStringLiteral("code")] = code;
                         result[QStringLiteral("wasClean")] = wasClean;
                         loop.quit();
                     });
    socket.open();
    QTimer::singleShot(20000, &loop, &QEventLoop::quit);
    loop.exec();
    const bool wasOpen = events.first().toString() == QStringLiteral("open");
    result[QStringLiteral("outcome")] = wasOpen ? QStringLiteral("open") : QStringLiteral("failed");
    result[QStringLiteral("events")] = events;
    return result;
}

} // namespace

CaseReplay::StepOutcome CaseReplay::play(const QString &kind, const QJsonValue &argument)
{
    if (kind == QStringLiteral("fetch"))
        return playFetch(argument.toObject());
    if (kind == QStringLiteral("open"))
        return playOpen(argument.toObject());
    if (kind == QStringLiteral("navigate"))
        return playNavigate(argument.toObject());
    if (kind == QStringLiteral("load"))
        return playLoad(argument.toObject());
    if (kind == QStringLiteral("websocket"))
        return playWebSocket(argument.toObject());
    return playDocumentCookie(kind, argument);
}

CaseReplay::StepOutcome CaseReplay::playFetch(const QJsonObject &argument)
{
    StepOutcome outcome;
    const QByteArray page = m_browser->document().url.href();
    const auto request = readRequestInit(initOf(argument), page, m_random);
    if (const auto *error = std::get_if<QString>(&request)) {
        outcome.fetch.outcome = FetchResult::Outcome::Failed;
        outcome.fetch.threw = true;
        outcome.fetch.exception = *error;
    } else {
        outcome.fetch = await([&](Browser::Finished finished) {
            m_browser->fetch(std::get<FetchRequest>(request), std::move(finished));
        });
    }
    outcome.result = caseresult::fetchResult(outcome.fetch);
    return outcome;
}

CaseReplay::StepOutcome CaseReplay::playOpen(const QJsonObject &page)
{
    Navigation navigation;
    navigation.typed = true;
    navigation.url
        = m_server.names().originUrl(page.value(QStringLiteral("origin")).toString()).toUtf8()
        + page.value(QStringLiteral("path")).toString(QStringLiteral("/")).toUtf8();
    StepOutcome outcome;
    outcome.fetch = await(
        [&](Browser::Finished finished) { m_browser->navigate(navigation, std::move(finished)); });
    const bool opened = outcome.fetch.outcome == FetchResult::Outcome::Ok;
    m_styled = m_styled && !opened;
    outcome.result[QStringLiteral("outcome")]
        = opened ? QStringLiteral("opened") : QStringLiteral("failed");
    if (!opened)
        outcome.result[QStringLiteral("error")] = QString::fromLatin1(outcome.fetch.netError);
    return outcome;
}

CaseReplay::StepOutcome CaseReplay::playNavigate(const QJsonObject &argument)
{
    Navigation navigation;
    navigation.url = argument.value(QStringLiteral("url")).toString().toUtf8();
    navigation.isForm = argument.contains(QStringLiteral("form"));
    navigation.method
        = argument.value(QStringLiteral("form")).toString(QStringLiteral("GET")).toLatin1();
    navigation.fields = fieldsOf(argument.value(QStringLiteral("fields")));
    navigation.enctype = argument.value(QStringLiteral("enctype")).toString().toLatin1();
    navigation.noReferrer
        = argument.value(QStringLiteral("rel")).toString().contains(QStringLiteral("noreferrer"));
    navigation.referrerPolicy
        = argument.value(QStringLiteral("referrerPolicy")).toString().toLatin1();
    StepOutcome outcome;
    outcome.fetch = await(
        [&](Browser::Finished finished) { m_browser->navigate(navigation, std::move(finished)); });
    const bool moved = outcome.fetch.element.applied;
    m_styled = m_styled && !moved;
    // Where nothing came, Chromium shows a page of its own.
    const bool errorPage = !moved && !outcome.fetch.netError.isEmpty();
    outcome.result[QStringLiteral("outcome")]
        = moved || errorPage ? QStringLiteral("navigated") : QStringLiteral("stayed");
    outcome.result[QStringLiteral("url")] = errorPage
        ? QStringLiteral("chrome-error://chromewebdata/")
        : QString::fromLatin1(m_browser->document().url.href());
    return outcome;
}

CaseReplay::StepOutcome CaseReplay::playLoad(const QJsonObject &argument)
{
    static const QMap<QString, ElementKind> kinds = {
        {QStringLiteral("script"), ElementKind::Script},
        {QStringLiteral("style"), ElementKind::Style},
        {QStringLiteral("image"), ElementKind::Image},
        {QStringLiteral("iframe"), ElementKind::Iframe},
    };
    ElementLoad load;
    load.kind = kinds.value(argument.value(QStringLiteral("as")).toString());
    load.url = argument.value(QStringLiteral("url")).toString().toUtf8();
    load.type = argument.value(QStringLiteral("type")).toString().toUtf8();
    if (const auto crossOrigin = optionalText(argument, QStringLiteral("crossorigin")))
        load.crossOrigin = crossOrigin->toUtf8();
    StepOutcome outcome;
    outcome.fetch
        = await([&](Browser::Finished finished) { m_browser->load(load, std::move(finished)); });
    outcome.result = caseresult::loadResult(load.kind, outcome.fetch.element);
    // A style sheet that counts once counts until the page goes.
    const QString applied = QStringLiteral("applied");
    m_styled = m_styled || outcome.result.value(applied).toBool();
    if (load.kind == ElementKind::Style)
        outcome.result[applied] = m_styled;
    return outcome;
}

CaseReplay::StepOutcome CaseReplay::playWebSocket(const QJsonObject &argument)
{
    const QJsonValue given = argument.value(QStringLiteral("protocols"));
    QByteArrayList protocols;
    if (given.isString())
        protocols.append(given.toString().toUtf8());
    for (const QJsonValue &protocol : given.toArray())
        protocols.append(protocol.toString().toUtf8());
    const auto created = m_browser->createSocket(
        argument.value(QStringLiteral("url")).toString().toUtf8(), protocols);
    StepOutcome outcome;
    if (const auto *refusal = std::get_if<SocketRefusal>(&created)) {
        outcome.result[QStringLiteral("outcome")] = QStringLiteral("exception");
        outcome.result[QStringLiteral("error")] = refusal->exception;
        outcome.fetch.console = refusal->console;
        return outcome;
    }
    BrowserSocket &socket = *std::get<std::unique_ptr<BrowserSocket>>(created);
    outcome.result = watchSocket(socket, argument.value(QStringLiteral("waitForServer")).toBool());
    outcome.fetch.console = socket.result().console; // DevTools lists no cookies of handshakes
    return outcome;
}

CaseReplay::StepOutcome CaseReplay::playDocumentCookie(const QString &kind,
                                                       const QJsonValue &argument)
{
    StepOutcome outcome;
    const bool sets = kind == QStringLiteral("setDocumentCookie");
    if (sets)
        m_browser->setDocumentCookie(argument.toString().toUtf8());
    outcome.result[QStringLiteral("outcome")]
        = sets ? QStringLiteral("set") : QStringLiteral("read");
    outcome.result[QStringLiteral("documentCookie")]
        = QString::fromUtf8(m_browser->documentCookie());
    return outcome;
}
