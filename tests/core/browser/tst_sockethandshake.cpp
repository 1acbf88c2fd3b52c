// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/sockethandshake.h"
#include "browser/socketopening.h"
#include "browser/socketreader.h"

#include <QTest>

using namespace rt;

Q_DECLARE_METATYPE(rt::SocketHandshakeReason)

namespace {

const QByteArray key = "dGhlIHNhbXBsZSBub25jZQ==";
const QByteArray accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="; // RFC 6455 §1.3

Document page(const QByteArray &url = "http://app.shop.test:3000/page")
{
    return Document::blank(*parseUrl(url));
}

QByteArray closeFrame(quint16 code, const QByteArray &reason = {})
{
    QByteArray payload;
    payload.append(char(code >> 8)).append(char(code & 0xff)).append(reason);
    return writeFrame(Opcode::Close, payload);
}

} // namespace

/// Rows measured with Chromium 156.
class SocketHandshakeTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesAnswers_data();
    void judgesAnswers();
    void agreesOnDeflate();
    void refusesToConstruct_data();
    void refusesToConstruct();
    void turnsHttpIntoSockets();
    void writesTheHandshakeInOrder();
    void readsFrames_data();
    void readsFrames();
    void joinsFragments();
};

void SocketHandshakeTest::judgesAnswers_data()
{
    using Reason = SocketHandshakeReason;
    QTest::addColumn<HeaderList>("change");
    QTest::addColumn<QByteArrayList>("protocols");
    QTest::addColumn<Reason>("reason");
    const auto row = [](const char *name, const HeaderList &change, const QByteArrayList &protocols,
                        Reason reason) { QTest::newRow(name) << change << protocols << reason; };
    row("right", {}, {}, Reason::Passed);
    row("upgrade missing", {{"Upgrade", {}}}, {}, Reason::UpgradeMissing);
    row("upgrade in a list", {{"Upgrade", "websocket, x"}}, {}, Reason::UpgradeTwice);
    row("upgrade to something else", {{"Upgrade", "h2c"}}, {}, Reason::UpgradeIsOther);
    row("accept wrong", {{"Sec-WebSocket-Accept", "AAAA"}}, {}, Reason::AcceptWrong);
    row("connection in a list", {{"Connection", "keep-alive, upgrade"}}, {}, Reason::Passed);
    row("connection without", {{"Connection", "keep-alive"}}, {}, Reason::ConnectionWithoutUpgrade);
    row("protocol taken", {{"Sec-WebSocket-Protocol", " b "}}, {"a", "b"}, Reason::Passed);
    row("protocol of another case", {{"Sec-WebSocket-Protocol", "A"}}, {"a"},
        Reason::ProtocolUnknown);
    row("two protocols", {{"Sec-WebSocket-Protocol", "a, b"}}, {"a", "b"}, Reason::ProtocolTwice);
    row("protocol nobody asked for", {{"Sec-WebSocket-Protocol", "a"}}, {},
        Reason::ProtocolNotAskedFor);
    row("no protocol", {}, {"a"}, Reason::ProtocolMissing);
    row("unknown extension", {{"Sec-WebSocket-Extensions", "x-foo"}}, {}, Reason::ExtensionUnknown);
    row("deflate twice", {{"Sec-WebSocket-Extensions", "permessage-deflate, permessage-deflate"}},
        {}, Reason::DeflateTwice);
    row("deflate with a bad number",
        {{"Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=7"}}, {},
        Reason::DeflateParameter);
}

void SocketHandshakeTest::judgesAnswers()
{
    QFETCH(HeaderList, change);
    QFETCH(QByteArrayList, protocols);
    ResponseHead head {
        101,
        "",
        {},
        {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Accept", accept}}};
    for (const HeaderField &field : change) {
        if (field.value.isNull())
            head.headers.remove(field.name);
        else
            head.headers.set(field.name, field.value);
    }
    QTEST(checkSocketHandshake(head, key, protocols).reason, "reason");
}

void SocketHandshakeTest::agreesOnDeflate()
{
    const ResponseHead head {
        101,
        "",
        {},
        {{"Upgrade", "websocket"},
         {"Connection", "Upgrade"},
         {"Sec-WebSocket-Accept", accept},
         {"Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits=10"}}};
    const auto handshake = checkSocketHandshake(head, key, {});
    QCOMPARE(handshake.deflate->clientMaxWindowBits, 10);
    QCOMPARE(handshake.extensions, "permessage-deflate; client_max_window_bits=10");
}

void SocketHandshakeTest::refusesToConstruct_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArrayList>("protocols");
    QTest::addColumn<QByteArray>("fault");
    const QByteArray http = "http://app.shop.test:3000/";
    const QByteArray https = "https://app.shop.test/";
    QTest::newRow("no url") << http << QByteArray("ws://") << QByteArrayList()
                            << QByteArray("ws.InvalidUrl");
    QTest::newRow("ftp") << http << QByteArray("ftp://a.test/") << QByteArrayList()
                         << QByteArray("ws.SchemeNotAllowed");
    QTest::newRow("fragment") << http << QByteArray("ws://a.test/#f") << QByteArrayList()
                              << QByteArray("ws.FragmentInUrl");
    QTest::newRow("separator") << http << QByteArray("ws://a.test/") << QByteArrayList {"x/y"}
                               << QByteArray("ws.InvalidProtocol");
    QTest::newRow("twice") << http << QByteArray("ws://a.test/") << QByteArrayList {"a", "a"}
                           << QByteArray("ws.DuplicateProtocol");
    QTest::newRow("insecure") << https << QByteArray("ws://a.test/") << QByteArrayList()
                              << QByteArray("mixed.Blocked");
    QTest::newRow("loopback") << https << QByteArray("ws://localhost/") << QByteArrayList()
                              << QByteArray();
}

void SocketHandshakeTest::refusesToConstruct()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, url);
    QFETCH(QByteArrayList, protocols);
    const auto prepared = prepareSocket(url, protocols, page(from));
    const auto *refusal = std::get_if<SocketRefusal>(&prepared);
    QTEST(refusal ? socketFaultId(refusal->fault) : QByteArray(), "fault");
}

void SocketHandshakeTest::turnsHttpIntoSockets()
{
    const auto prepared = prepareSocket("/chat?x", {}, page());
    QCOMPARE(std::get<SocketOpening>(prepared).url.href(), "ws://app.shop.test:3000/chat?x");
}

void SocketHandshakeTest::writesTheHandshakeInOrder()
{
    const auto prepared = prepareSocket("ws://api.shop.test:8000/", {"a", "b"}, page());
    QByteArrayList names;
    for (const HeaderField &field : socketHeaders(std::get<SocketOpening>(prepared), key, "sid=1"))
        names.append(field.name);
    QCOMPARE(names,
             QByteArrayList({"Host", "Connection", "Pragma", "Cache-Control", "User-Agent",
                             "Upgrade", "Origin", "Sec-WebSocket-Version", "Accept-Encoding",
                             "Accept-Language", "Cookie", "Sec-WebSocket-Key",
                             "Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol"}));
}

void SocketHandshakeTest::readsFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("heard");
    const auto row = [](const char *name, const QByteArray &bytes, const char *heard) {
        QTest::newRow(name) << bytes << QString::fromUtf8(heard);
    };
    row("text", writeFrame(Opcode::Text, "hi"), "text hi");
    row("text that is none", writeFrame(Opcode::Text, "\xff"),
        "Could not decode a text frame as UTF-8.");
    row("masked", writeFrame(Opcode::Text, "hi", MaskingKey {1, 2, 3, 4}),
        "A server must not mask any frames that it sends to the client.");
    row("unknown opcode", QByteArray("\x83\x00", 2), "Unrecognized frame opcode: 3");
    row("reserved bit", QByteArray("\xc1\x00", 2),
        "One or more reserved bits are on: reserved1 = 1, reserved2 = 0, reserved3 = 0");
    row("fragmented ping", QByteArray("\x09\x00", 2),
        "Received fragmented control frame: opcode = 9");
    row("nothing to continue", QByteArray("\x80\x00", 2),
        "Received unexpected continuation frame.");
    row("close without code", writeFrame(Opcode::Close, ""), "close 1005");
    row("close below all ranges", closeFrame(999), "close 999");
    row("close above all ranges", closeFrame(5000, "x"), "close 5000 x");
    row("reserved code", closeFrame(1006),
        "Received a broken close frame containing a reserved status code.");
    row("close of one byte", writeFrame(Opcode::Close, "x"),
        "Received a broken close frame with an invalid size of 1 byte.");
}

void SocketHandshakeTest::readsFrames()
{
    QFETCH(QByteArray, bytes);
    SocketReader reader({});
    reader.feed(bytes.chopped(1));
    reader.feed(bytes.last(1));
    const auto event = reader.next();
    QVERIFY(event);
    QString heard = event->message;
    if (event->kind == SocketEvent::Kind::Text)
        heard = QStringLiteral("text ") + QString::fromUtf8(event->data);
    else if (event->kind == SocketEvent::Kind::Close)
        heard = (QStringLiteral("close %1 ").arg(event->code) + QString::fromUtf8(event->data))
                    .trimmed();
    QTEST(heard, "heard");
}

void SocketHandshakeTest::joinsFragments()
{
    SocketReader reader({});
    reader.feed(QByteArray("\x01\x02\xc3\xa9", 4)); // text, not final
    reader.feed(writeFrame(Opcode::Ping, "p"));
    reader.feed(QByteArray("\x80\x01!", 3));
    QCOMPARE(reader.next()->kind, SocketEvent::Kind::Ping);
    QCOMPARE(reader.next()->data, "\xc3\xa9!");
    QVERIFY(!reader.next());
}

QTEST_APPLESS_MAIN(SocketHandshakeTest)
#include "tst_sockethandshake.moc"
