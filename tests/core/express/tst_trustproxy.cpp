// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/trustproxy.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// Chains and errors of npm proxy-addr 2.0.7 as Express 4.22 calls it.
class TrustProxyTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void walksToTheFirstUntrustedAddress_data();
    void walksToTheFirstUntrustedAddress();
    void refusesWhatProxyAddrRefuses_data();
    void refusesWhatProxyAddrRefuses();
    void acceptsOddAddresses_data();
    void acceptsOddAddresses();
};

namespace {

struct Chain
{
    const char *setting;
    const char *socket;
    const char *forwardedFor;
    const char *chain;
};

constexpr Chain chains[] = {
    // clang-format off
        {"true", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1 10.1.1.1 9.9.9.9"},
        {"true", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2 10.3.3.3 192.168.1.1 8.8.8.8"},
        {"true", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1 1.2.3.4"},
        {"true", "::1", "", "::1"},
        {"true", "fe80::1", "x, 169.254.1.1", "fe80::1 169.254.1.1 x"},
        {"true", "fd00::1", "0x7f.1, 2130706433", "fd00::1 2130706433 0x7f.1"},
        {"false", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1"},
        {"false", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2"},
        {"false", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1"},
        {"false", "::1", "", "::1"},
        {"false", "fe80::1", "x, 169.254.1.1", "fe80::1"},
        {"false", "fd00::1", "0x7f.1, 2130706433", "fd00::1"},
        {"1", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1 10.1.1.1"},
        {"1", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2 10.3.3.3"},
        {"1", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1 1.2.3.4"},
        {"1", "::1", "", "::1"},
        {"1", "fe80::1", "x, 169.254.1.1", "fe80::1 169.254.1.1"},
        {"1", "fd00::1", "0x7f.1, 2130706433", "fd00::1 2130706433"},
        {"2", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1 10.1.1.1 9.9.9.9"},
        {"2", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2 10.3.3.3 192.168.1.1"},
        {"2", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1 1.2.3.4"},
        {"2", "::1", "", "::1"},
        {"2", "fe80::1", "x, 169.254.1.1", "fe80::1 169.254.1.1 x"},
        {"2", "fd00::1", "0x7f.1, 2130706433", "fd00::1 2130706433 0x7f.1"},
        {"\"loopback\"", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1 10.1.1.1"},
        {"\"loopback\"", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2"},
        {"\"loopback\"", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1"},
        {"\"loopback\"", "::1", "", "::1"},
        {"\"loopback\"", "fe80::1", "x, 169.254.1.1", "fe80::1"},
        {"\"loopback\"", "fd00::1", "0x7f.1, 2130706433", "fd00::1"},
        {"\"10.0.0.0/8, 192.168.1.1\"", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1"},
        {"\"10.0.0.0/8, 192.168.1.1\"", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2 10.3.3.3 192.168.1.1 8.8.8.8"},
        {"\"10.0.0.0/8, 192.168.1.1\"", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1 1.2.3.4"},
        {"\"10.0.0.0/8, 192.168.1.1\"", "::1", "", "::1"},
        {"\"10.0.0.0/8, 192.168.1.1\"", "fe80::1", "x, 169.254.1.1", "fe80::1"},
        {"\"10.0.0.0/8, 192.168.1.1\"", "fd00::1", "0x7f.1, 2130706433", "fd00::1"},
        {"[\"127.0.0.1\",\"10.0.0.0/255.0.0.0\"]", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1 10.1.1.1 9.9.9.9"},
        {"[\"127.0.0.1\",\"10.0.0.0/255.0.0.0\"]", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2 10.3.3.3 192.168.1.1"},
        {"[\"127.0.0.1\",\"10.0.0.0/255.0.0.0\"]", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1 1.2.3.4"},
        {"[\"127.0.0.1\",\"10.0.0.0/255.0.0.0\"]", "::1", "", "::1"},
        {"[\"127.0.0.1\",\"10.0.0.0/255.0.0.0\"]", "fe80::1", "x, 169.254.1.1", "fe80::1"},
        {"[\"127.0.0.1\",\"10.0.0.0/255.0.0.0\"]", "fd00::1", "0x7f.1, 2130706433", "fd00::1"},
        {"\"::1\"", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1"},
        {"\"::1\"", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2"},
        {"\"::1\"", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1"},
        {"\"::1\"", "::1", "", "::1"},
        {"\"::1\"", "fe80::1", "x, 169.254.1.1", "fe80::1"},
        {"\"::1\"", "fd00::1", "0x7f.1, 2130706433", "fd00::1"},
        {"\"fc00::/7\"", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1"},
        {"\"fc00::/7\"", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2"},
        {"\"fc00::/7\"", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1"},
        {"\"fc00::/7\"", "::1", "", "::1"},
        {"\"fc00::/7\"", "fe80::1", "x, 169.254.1.1", "fe80::1"},
        {"\"fc00::/7\"", "fd00::1", "0x7f.1, 2130706433", "fd00::1 2130706433"},
        {"\"::ffff:10.0.0.0/104\"", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1"},
        {"\"::ffff:10.0.0.0/104\"", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2 10.3.3.3 192.168.1.1"},
        {"\"::ffff:10.0.0.0/104\"", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1 1.2.3.4"},
        {"\"::ffff:10.0.0.0/104\"", "::1", "", "::1"},
        {"\"::ffff:10.0.0.0/104\"", "fe80::1", "x, 169.254.1.1", "fe80::1"},
        {"\"::ffff:10.0.0.0/104\"", "fd00::1", "0x7f.1, 2130706433", "fd00::1"},
        {"\"linklocal\"", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1"},
        {"\"linklocal\"", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2"},
        {"\"linklocal\"", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1"},
        {"\"linklocal\"", "::1", "", "::1"},
        {"\"linklocal\"", "fe80::1", "x, 169.254.1.1", "fe80::1 169.254.1.1 x"},
        {"\"linklocal\"", "fd00::1", "0x7f.1, 2130706433", "fd00::1"},
        {"\"uniquelocal\"", "127.0.0.1", "9.9.9.9, 10.1.1.1", "127.0.0.1"},
        {"\"uniquelocal\"", "10.2.2.2", "8.8.8.8,192.168.1.1 , 10.3.3.3", "10.2.2.2 10.3.3.3 192.168.1.1 8.8.8.8"},
        {"\"uniquelocal\"", "::ffff:10.0.0.1", "1.2.3.4", "::ffff:10.0.0.1 1.2.3.4"},
        {"\"uniquelocal\"", "::1", "", "::1"},
        {"\"uniquelocal\"", "fe80::1", "x, 169.254.1.1", "fe80::1"},
        {"\"uniquelocal\"", "fd00::1", "0x7f.1, 2130706433", "fd00::1 2130706433"},
    // clang-format on
};

JsValue settingFrom(const char *json)
{
    return std::get<JsValue>(parseJson(QByteArrayView(json)));
}

} // namespace

void TrustProxyTest::walksToTheFirstUntrustedAddress_data()
{
    QTest::addColumn<QByteArray>("setting");
    QTest::addColumn<QByteArray>("socket");
    QTest::addColumn<QByteArray>("forwardedFor");
    QTest::addColumn<QByteArray>("chain");
    for (const Chain &row : chains)
        QTest::addRow("%s: %s <- %s", row.setting, row.socket, row.forwardedFor)
            << QByteArray(row.setting) << QByteArray(row.socket) << QByteArray(row.forwardedFor)
            << QByteArray(row.chain);
}

void TrustProxyTest::walksToTheFirstUntrustedAddress()
{
    QFETCH(QByteArray, setting);
    QFETCH(QByteArray, socket);
    QFETCH(QByteArray, forwardedFor);
    const auto trust = TrustProxy::fromValue(settingFrom(setting.constData()));
    QVERIFY(trust.has_value());
    QTEST(trust->trustedChain(socket, forwardedFor).join(' '), "chain");
}

void TrustProxyTest::refusesWhatProxyAddrRefuses_data()
{
    QTest::addColumn<QByteArray>("setting");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *setting, const QString &message) {
        QTest::addRow("%s", setting) << QByteArray(setting) << message;
    };
    row("\"not-an-ip\"", u"invalid IP address: not-an-ip"_s);
    row("\"\"", u"invalid IP address: "_s);
    row("[\"10.0.0.1\", \"bad\"]", u"invalid IP address: bad"_s);
    row("\"256.1.1.1\"", u"invalid IP address: 256.1.1.1"_s);
    row("\"1.2.3\"", u"invalid IP address: 1.2.3"_s);
    row("\"1.2.3.4/33\"", u"invalid range on address: 1.2.3.4/33"_s);
    row("\"1.2.3.4/x\"", u"invalid range on address: 1.2.3.4/x"_s);
    row("\"1.2.3.4/255.0.255.0\"", u"invalid range on address: 1.2.3.4/255.0.255.0"_s);
    row("\"127.0.0.1/0\"", u"invalid range on address: 127.0.0.1/0"_s);
    row("\"::1/129\"", u"invalid range on address: ::1/129"_s);
    row("{}", u"unsupported trust argument"_s);
}

void TrustProxyTest::refusesWhatProxyAddrRefuses()
{
    QFETCH(QByteArray, setting);
    const auto trust = TrustProxy::fromValue(settingFrom(setting.constData()));
    QVERIFY(!trust.has_value());
    QTEST(trust.error().message, "message");
}

void TrustProxyTest::acceptsOddAddresses_data()
{
    QTest::addColumn<QByteArray>("setting");
    QTest::addRow("hexadecimal part") << QByteArray("\"0x7f.0.0.1\"");
    QTest::addRow("netmask") << QByteArray("\"127.0.0.1/255.255.255.0\"");
    QTest::addRow("one number") << QByteArray("\"2130706433\"");
}

void TrustProxyTest::acceptsOddAddresses()
{
    QFETCH(QByteArray, setting);
    const auto trust = TrustProxy::fromValue(settingFrom(setting.constData()));
    QVERIFY(trust.has_value());
    QVERIFY(trust->trusts("127.0.0.1", 0));
    QVERIFY(!trust->trusts("128.0.0.1", 0));
}

QTEST_GUILESS_MAIN(TrustProxyTest)
#include "tst_trustproxy.moc"
