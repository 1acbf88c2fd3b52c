// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/headerorder.h"

#include <QTest>

using namespace rt;

/// Rows as Chromium 156 wrote them.
class HeaderOrderTest : public QObject
{
    Q_OBJECT

private slots:
    void ordersAsChromium_data();
    void ordersAsChromium();
};

void HeaderOrderTest::ordersAsChromium_data()
{
    QTest::addColumn<QByteArrayList>("inserted");
    QTest::addColumn<QByteArrayList>("order");
    const auto row = [](const char *name, const QByteArrayList &inserted,
                        const QByteArrayList &order) { QTest::newRow(name) << inserted << order; };
    row("one", {"X-A", "User-Agent"}, {"User-Agent", "X-A"});
    row("client hints",
        {"Content-Type", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "User-Agent"},
        {"sec-ch-ua-platform", "User-Agent", "sec-ch-ua", "Content-Type", "sec-ch-ua-mobile"});
    row("a single letter",
        {"A", "Content-Type", "X-A", "X-Requested-With-A-Long-Name", "XyZ", "User-Agent"},
        {"User-Agent", "Content-Type", "X-Requested-With-A-Long-Name", "X-A", "A", "XyZ"});
    row("grown once", {"Accept", "Accept-Language", "Content-Type", "X-A", "X-B", "User-Agent"},
        {"Accept-Language", "Accept", "Content-Type", "X-A", "User-Agent", "X-B"});
    row("grown twice",
        {"Accept", "Accept-Language", "Content-Type", "If-None-Match", "Last-Event-ID", "Save-Data",
         "X-A", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "User-Agent"},
        {"If-None-Match", "sec-ch-ua-platform", "Accept-Language", "sec-ch-ua", "X-A",
         "sec-ch-ua-mobile", "Save-Data", "Last-Event-ID", "User-Agent", "Accept", "Content-Type"});
}

void HeaderOrderTest::ordersAsChromium()
{
    QFETCH(QByteArrayList, inserted);
    QTEST(headerTableOrder(inserted), "order");
}

QTEST_APPLESS_MAIN(HeaderOrderTest)
#include "tst_headerorder.moc"
