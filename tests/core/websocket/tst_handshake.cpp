// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "websocket/handshake.h"

#include <QTest>

using namespace rt;

namespace {

/// The handshake of RFC 6455 §1.3 with fields changed, or removed where the value is "-".
RequestHead request(const HeaderList &changes = {}, const QByteArray &method = "GET")
{
    RequestHead head {method, "/chat", {1, 1}, {}};
    head.headers = {{"Host", "server.example.com"},
                    {"Upgrade", "websocket"},
                    {"Connection", "Upgrade"},
                    {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                    {"Sec-WebSocket-Version", "13"}};
    for (const HeaderField &field : changes) {
        if (field.value == "-")
            head.headers.remove(field.name);
        else
            head.headers.set(field.name, field.value);
    }
    return head;
}

ResponseHead response(const HeaderList &changes = {}, int status = 101)
{
    ResponseHead head;
    head.status = status;
    head.headers = {{"Upgrade", "websocket"},
                    {"Connection", "Upgrade"},
                    {"Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="}};
    for (const HeaderField &field : changes) {
        if (field.value == "-")
            head.headers.remove(field.name);
        else
            head.headers.set(field.name, field.value);
    }
    return head;
}

} // namespace

class HandshakeTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void answersTheExampleOfTheRfc();
    void refusesAsWs_data();
    void refusesAsWs();
    void writesRefusals();
    void checksTheOrigin();
    void choosesTheFirstProtocol();
    void negotiatesDeflate_data();
    void negotiatesDeflate();
    void ignoresExtensionsWhenSwitchedOff();
    void readsExtensions_data();
    void readsExtensions();
    void judgesAnswers_data();
    void judgesAnswers();
    void takesDeflateFromTheAnswer();
};

void HandshakeTest::answersTheExampleOfTheRfc()
{
    QCOMPARE(answerUpgrade(request()).bytes(),
             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
}

void HandshakeTest::refusesAsWs_data()
{
    QTest::addColumn<RequestHead>("head");
    QTest::addColumn<QByteArray>("refusal");
    const auto row = [](const char *name, const RequestHead &head, const char *refusal = "") {
        QTest::newRow(name) << head << QByteArray(refusal);
    };
    row("as it should be", request());
    row("upgrade in capitals", request({{"Upgrade", "WebSocket"}}));
    row("version 8", request({{"Sec-WebSocket-Version", "8"}}));
    row("version 13.0", request({{"Sec-WebSocket-Version", "13.0"}}));
    row("Connection is not looked at", request({{"Connection", "keep-alive"}}));
    row("POST", request({}, "POST"), "ws.MethodNotGet");
    row("HEAD", request({}, "HEAD"), "ws.MethodNotGet");
    row("no Upgrade", request({{"Upgrade", "-"}}), "ws.UpgradeNotWebSocket");
    row("Upgrade: h2c", request({{"Upgrade", "h2c"}}), "ws.UpgradeNotWebSocket");
    row("two protocols to upgrade to", request({{"Upgrade", "websocket, foo"}}),
        "ws.UpgradeNotWebSocket");
    row("no key", request({{"Sec-WebSocket-Key", "-"}}), "ws.KeyMissingOrInvalid");
    row("short key", request({{"Sec-WebSocket-Key", "c2hvcnQ="}}), "ws.KeyMissingOrInvalid");
    row("key of 17 bytes", request({{"Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAAA="}}),
        "ws.KeyMissingOrInvalid");
    row("key with a blank", request({{"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j Q=="}}),
        "ws.KeyMissingOrInvalid");
    row("base64url key", request({{"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZ-=="}}),
        "ws.KeyMissingOrInvalid");
    row("no version", request({{"Sec-WebSocket-Version", "-"}}), "ws.VersionNotSupported");
    row("version 12", request({{"Sec-WebSocket-Version", "12"}}), "ws.VersionNotSupported");
    row("two versions", request({{"Sec-WebSocket-Version", "13, 13"}}), "ws.VersionNotSupported");
    row("empty protocol", request({{"Sec-WebSocket-Protocol", ""}}), "ws.ProtocolInvalid");
    row("repeated protocol", request({{"Sec-WebSocket-Protocol", "a, a"}}), "ws.ProtocolInvalid");
    row("protocol that is no token", request({{"Sec-WebSocket-Protocol", "a b"}}),
        "ws.ProtocolInvalid");
    row("protocol list with a hole", request({{"Sec-WebSocket-Protocol", "a,,b"}}),
        "ws.ProtocolInvalid");
}

void HandshakeTest::refusesAsWs()
{
    QFETCH(RequestHead, head);
    QFETCH(QByteArray, refusal);
    const UpgradeAnswer answer = answerUpgrade(head);
    QCOMPARE(answer.refusal ? refusalId(*answer.refusal) : QByteArray(), refusal);
    QCOMPARE(answer.head.status == 101, refusal.isEmpty());
    if (answer.refusal)
        QVERIFY(!refusalSentence(*answer.refusal).isEmpty());
}

void HandshakeTest::writesRefusals()
{
    QCOMPARE(answerUpgrade(request({}, "PUT")).bytes(),
             "HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Type: text/html\r\n"
             "Content-Length: 19\r\n\r\nInvalid HTTP method");
    QCOMPARE(answerUpgrade(request({{"Sec-WebSocket-Version", "7"}})).bytes(),
             "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/html\r\n"
             "Content-Length: 47\r\nSec-WebSocket-Version: 13, 8\r\n\r\n"
             "Missing or invalid Sec-WebSocket-Version header");
}

void HandshakeTest::checksTheOrigin()
{
    UpgradeOptions options;
    options.originAllowed
        = [](const auto &origin) { return origin == "http://app.shop.test:3000"; };
    const auto status = [&](const QByteArray &origin) {
        return answerUpgrade(request({{"Origin", origin}}), options).head.status;
    };
    QCOMPARE(status("http://app.shop.test:3000"), 101);
    QCOMPARE(status("http://evil.test"), 401);
    QCOMPARE(status("-"), 401);
    const UpgradeAnswer refused = answerUpgrade(request({{"Origin", "http://evil.test"}}), options);
    QCOMPARE(refused.body, "Unauthorized");
    QCOMPARE(refusalId(*refused.refusal), "ws.OriginNotAllowed");
}

void HandshakeTest::choosesTheFirstProtocol()
{
    const UpgradeAnswer answer
        = answerUpgrade(request({{"Sec-WebSocket-Protocol", "chat.v2 , chat.v1"}}));
    QCOMPARE(answer.protocol, "chat.v2");
    QVERIFY(answer.bytes().endsWith("\r\nSec-WebSocket-Protocol: chat.v2\r\n\r\n"));
}

void HandshakeTest::negotiatesDeflate_data()
{
    QTest::addColumn<QByteArray>("offer");
    QTest::addColumn<QByteArray>("answer"); // "400" refuses, "-" goes on without
    const auto row = [](const char *offer, const char *answer) {
        QTest::newRow(offer) << QByteArray(offer) << QByteArray(answer);
    };
    row("permessage-deflate", "permessage-deflate");
    row("permessage-deflate; client_max_window_bits", "permessage-deflate");
    row("permessage-deflate; client_max_window_bits=10",
        "permessage-deflate; client_max_window_bits=10");
    row("permessage-deflate; server_max_window_bits=9; server_no_context_takeover",
        "permessage-deflate; server_max_window_bits=9; server_no_context_takeover");
    row("permessage-deflate;client_no_context_takeover;client_max_window_bits",
        "permessage-deflate; client_no_context_takeover");
    row("permessage-deflate; server_max_window_bits=\"10\"",
        "permessage-deflate; server_max_window_bits=10");
    row("x-other, permessage-deflate", "permessage-deflate");
    row("x-other", "-");
    row("permessage-deflate; server_max_window_bits", "400");
    row("permessage-deflate; server_max_window_bits=7", "400");
    row("permessage-deflate; server_max_window_bits=16", "400");
    row("permessage-deflate; client_no_context_takeover=1", "400");
    row("permessage-deflate; unknown", "400");
    row("permessage-deflate; client_max_window_bits; client_max_window_bits=8", "400");
    row("permessage-deflate, permessage-deflate; foo=1", "400");
    row("permessage-deflate; ", "400");
    row("permessage-deflate; =1", "400");
    row("", "400");
}

void HandshakeTest::negotiatesDeflate()
{
    QFETCH(QByteArray, offer);
    QFETCH(QByteArray, answer);
    UpgradeOptions options;
    options.perMessageDeflate = DeflateOptions {};
    const UpgradeAnswer given
        = answerUpgrade(request({{"Sec-WebSocket-Extensions", offer}}), options);
    if (answer == "400") {
        QCOMPARE(given.head.status, 400);
        QCOMPARE(given.body, "Invalid or unacceptable Sec-WebSocket-Extensions header");
        return;
    }
    QCOMPARE(given.head.status, 101);
    QCOMPARE(given.head.headers.get("Sec-WebSocket-Extensions").value_or("-"), answer);
    QCOMPARE(given.deflate.has_value(), answer != "-");
}

void HandshakeTest::ignoresExtensionsWhenSwitchedOff()
{
    const UpgradeAnswer answer
        = answerUpgrade(request({{"Sec-WebSocket-Extensions", "permessage-deflate; nonsense=;"}}));
    QCOMPARE(answer.head.status, 101);
    QVERIFY(!answer.head.headers.contains("Sec-WebSocket-Extensions"));
}

void HandshakeTest::readsExtensions_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("read"); // "!" when refused
    const auto row = [](const char *field, const char *read) {
        QTest::newRow(field) << QByteArray(field) << QByteArray(read);
    };
    row("a", "a");
    row("a, b;c ,d; e=f", "a|b; c|d; e=f");
    row("a;b=\"c\\d\"", "a; b=cd");
    row("a;b;b=2", "a; b; b=2");
    row("a,", "!");
    row(",a", "!");
    row("a;;b", "!");
    row("a b", "!");
    row("a;b=\"\"", "!");
    row("a;b=\"c", "!");
    row("a;b=\"c d\"", "!");
    row("a;b=c=d", "!");
    row("a;b= c", "!");
    row("a;b =c", "!");
}

void HandshakeTest::readsExtensions()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, read);
    const auto extensions = parseExtensions(field);
    if (!extensions) {
        QCOMPARE("!", read);
        return;
    }
    QByteArrayList written;
    for (const WebSocketExtension &extension : *extensions)
        written += writeExtension(extension);
    QCOMPARE(written.join('|'), read);
}

void HandshakeTest::judgesAnswers_data()
{
    QTest::addColumn<ResponseHead>("head");
    QTest::addColumn<QByteArrayList>("protocols");
    QTest::addColumn<QByteArray>("failure");
    const auto row = [](const char *name, const ResponseHead &head, const char *failure,
                        const QByteArrayList &protocols = {}) {
        QTest::newRow(name) << head << protocols << QByteArray(failure);
    };
    row("good", response(), "");
    row("tokens in any case",
        response({{"Upgrade", "WebSocket"}, {"Connection", "keep-alive, UPGRADE"}}), "");
    row("chosen protocol", response({{"Sec-WebSocket-Protocol", "b"}}), "", {"a", "b"});
    row("200", response({}, 200), "ws.StatusNot101");
    row("no Upgrade", response({{"Upgrade", "-"}}), "ws.UpgradeMissing");
    row("no Connection", response({{"Connection", "-"}}), "ws.ConnectionMissing");
    row("no Accept", response({{"Sec-WebSocket-Accept", "-"}}), "ws.AcceptMissing");
    row("wrong Accept", response({{"Sec-WebSocket-Accept", "AAAA"}}), "ws.AcceptWrong");
    row("protocol nobody asked for", response({{"Sec-WebSocket-Protocol", "a"}}),
        "ws.ProtocolNotOffered");
    row("protocol missing", response(), "ws.ProtocolMissing", {"a"});
    row("extension nobody asked for", response({{"Sec-WebSocket-Extensions", "foo"}}),
        "ws.ExtensionNotOffered");
    row("deflate with wrong bits",
        response({{"Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=99"}}),
        "ws.ExtensionInvalid");
}

void HandshakeTest::judgesAnswers()
{
    QFETCH(ResponseHead, head);
    QFETCH(QByteArrayList, protocols);
    QFETCH(QByteArray, failure);
    const UpgradeOutcome outcome
        = checkUpgrade(head, {"dGhlIHNhbXBsZSBub25jZQ==", protocols, true});
    QCOMPARE(outcome.failure ? failureId(*outcome.failure) : QByteArray(), failure);
    if (outcome.failure)
        QVERIFY(!failureSentence(*outcome.failure).isEmpty());
}

void HandshakeTest::takesDeflateFromTheAnswer()
{
    const ResponseHead head = response({{"Sec-WebSocket-Extensions",
                                         "permessage-deflate; server_max_window_bits=10; "
                                         "client_no_context_takeover"}});
    const UpgradeOutcome outcome = checkUpgrade(head, {"dGhlIHNhbXBsZSBub25jZQ==", {}, true});
    QVERIFY(outcome.deflate);
    QCOMPARE(outcome.deflate->serverMaxWindowBits, 10);
    QVERIFY(outcome.deflate->clientNoContextTakeover);
    QVERIFY(!outcome.deflate->serverNoContextTakeover);
}

QTEST_GUILESS_MAIN(HandshakeTest)
#include "tst_handshake.moc"
