// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/httpcache.h"

#include "browser/freshness.h"
#include "http/httpdate.h"

#include <QTest>

using namespace rt;

Q_DECLARE_METATYPE(rt::HttpCacheReason)
Q_DECLARE_METATYPE(rt::CacheMode)

namespace {

HttpCacheQuestion question(CacheMode mode = CacheMode::Default, const HeaderList &own = {})
{
    HttpCacheQuestion question;
    question.key = "http://shop.test http://app.shop.test/d";
    question.method = "GET";
    question.mode = mode;
    question.ownHeaders = own;
    question.headers = own;
    return question;
}

ResponseHead answer(const HeaderList &headers, int status = 200)
{
    return {status, "", {}, headers};
}

} // namespace

/// Rows measured with Chromium 156.
class HttpCacheTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void knowsHowLongAnAnswerLasts_data();
    void knowsHowLongAnAnswerLasts();
    void countsAgeFromDateAgeAndClock();
    void judges_data();
    void judges();
    void asksWithBothValidators();
    void asksWithoutADateWhenVaryDiffers();
    void keepsWithoutCookiesAndConnectionFields();
    void keepsNoPartsAndNoSecrets();
    void takesOverTheFieldsOf304();
    void renewsBehindTheBack();
    void leavesAnEntryAloneThatTheScriptDidNotMean();

private:
    LabClock m_clock;
    std::unique_ptr<HttpCache> m_cache;
};

void HttpCacheTest::init()
{
    m_clock.reset();
    m_cache = std::make_unique<HttpCache>(m_clock);
}

void HttpCacheTest::knowsHowLongAnAnswerLasts_data()
{
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<int>("status");
    QTest::addColumn<qint64>("seconds"); // -1: for ever
    const qint64 now = 1'000'000'000'000;
    const auto date = [now](int seconds) { return formatHttpDate(now + seconds * 1000); };
    const auto row = [](const char *name, const HeaderList &headers, int status, qint64 seconds) {
        QTest::newRow(name) << headers << status << seconds;
    };
    row("nothing said", {}, 200, 0);
    row("max-age", {{"Cache-Control", "private, MAX-AGE=60"}}, 404, 60);
    row("max-age wins over Expires", {{"Cache-Control", "max-age=60"}, {"Expires", "0"}}, 200, 60);
    row("quoted is no number", {{"Cache-Control", "max-age=\"60\""}}, 200, 0);
    row("s-maxage is not for browsers", {{"Cache-Control", "s-maxage=60"}}, 200, 0);
    row("no-cache", {{"Cache-Control", "max-age=60, no-cache"}}, 200, 0);
    row("no-cache of a field is none", {{"Cache-Control", "no-cache=\"x\", max-age=60"}}, 200, 60);
    row("pragma", {{"Cache-Control", "max-age=60"}, {"Pragma", "no-cache"}}, 200, 0);
    row("expires", {{"Expires", date(60)}}, 500, 60);
    row("expires against Date", {{"Expires", date(60)}, {"Date", date(20)}}, 200, 40);
    row("expires is no date", {{"Expires", "0"}, {"Last-Modified", date(-1000)}}, 200, 0);
    row("a tenth of its age", {{"Last-Modified", date(-1000)}}, 200, 100);
    row("not of an error's", {{"Last-Modified", date(-1000)}}, 404, 0);
    row("nor with must-revalidate",
        {{"Last-Modified", date(-1000)}, {"Cache-Control", "must-revalidate"}}, 200, 0);
    row("moved for good", {}, 301, -1);
    row("gone", {}, 410, -1);
    row("found is not for good", {}, 302, 0);
}

void HttpCacheTest::knowsHowLongAnAnswerLasts()
{
    QFETCH(HeaderList, headers);
    QFETCH(int, status);
    const auto lifetime = freshnessOf(answer(headers, status), 1'000'000'000'000).lifetime;
    QTEST(lifetime ? *lifetime / 1000 : qint64(-1), "seconds");
}

void HttpCacheTest::countsAgeFromDateAgeAndClock()
{
    const qint64 came = 1'000'000'000'000;
    QCOMPARE(currentAge(answer({}), came - 500, came, came + 2000), 2500);
    QCOMPARE(currentAge(answer({{"Age", "70"}}), came, came, came + 2000), 72'000);
    QCOMPARE(currentAge(answer({{"Date", formatHttpDate(came - 100'000)}, {"Age", "70"}}), came,
                        came, came),
             100'000);
}

void HttpCacheTest::judges_data()
{
    QTest::addColumn<HeaderList>("stored");
    QTest::addColumn<CacheMode>("mode");
    QTest::addColumn<HeaderList>("own");
    QTest::addColumn<HttpCacheReason>("reason");
    using Reason = HttpCacheReason;
    const HeaderList fresh {{"Cache-Control", "max-age=60"}};
    const HeaderList stale {{"ETag", "\"a\""}};
    const auto row
        = [](const char *name, const HeaderList &stored, CacheMode mode, const HeaderList &own,
             Reason reason) { QTest::newRow(name) << stored << mode << own << reason; };
    row("fresh", fresh, CacheMode::Default, {}, Reason::Fresh);
    row("stale", stale, CacheMode::Default, {}, Reason::Stale);
    row("force-cache", stale, CacheMode::ForceCache, {}, Reason::Forced);
    row("only-if-cached", stale, CacheMode::OnlyIfCached, {}, Reason::Forced);
    row("no-store", fresh, CacheMode::NoStore, {}, Reason::Bypassed);
    row("reload", fresh, CacheMode::Reload, {}, Reason::Reload);
    row("no-cache", fresh, CacheMode::NoCache, {}, Reason::Validate);
    row("own no-cache", fresh, CacheMode::Default, {{"Cache-Control", "no-cache"}}, Reason::Reload);
    row("own pragma", fresh, CacheMode::Default, {{"Pragma", "no-cache"}}, Reason::Reload);
    row("own max-age=0", fresh, CacheMode::Default, {{"Cache-Control", "max-age=0"}},
        Reason::Validate);
    row("own no-store means nothing", fresh, CacheMode::Default, {{"Cache-Control", "no-store"}},
        Reason::Fresh);
    row("own condition", fresh, CacheMode::Default, {{"If-Modified-Since", "x"}},
        Reason::OwnCondition);
    row("own If-Match", fresh, CacheMode::Default, {{"If-Match", "x"}}, Reason::Bypassed);
    row("vary", {{"Cache-Control", "max-age=60"}, {"Vary", "X-A"}}, CacheMode::ForceCache,
        {{"X-A", "1"}}, Reason::VaryMismatch);
    row("vary by everything", {{"Vary", "*"}}, CacheMode::ForceCache, {}, Reason::VaryMismatch);
    row("stale while revalidate", {{"Cache-Control", "max-age=0, stale-while-revalidate=60"}},
        CacheMode::Default, {}, Reason::StaleWhileRevalidate);
    row("no-store is not kept", {{"Cache-Control", "no-store"}}, CacheMode::ForceCache, {},
        Reason::Miss);
}

void HttpCacheTest::judges()
{
    QFETCH(HeaderList, stored);
    QFETCH(CacheMode, mode);
    QFETCH(HeaderList, own);
    m_cache->store(question(), answer(stored), "body", m_clock.now());
    QTEST(m_cache->ask(question(mode, own)).reason, "reason");
}

void HttpCacheTest::asksWithBothValidators()
{
    m_cache->store(question(), answer({{"ETag", "W/\"a\""}, {"Last-Modified", "yesterday"}}), "",
                   m_clock.now());
    const HeaderList expected {{"If-None-Match", "W/\"a\""}, {"If-Modified-Since", "yesterday"}};
    QCOMPARE(m_cache->ask(question()).conditions, expected);
}

void HttpCacheTest::asksWithoutADateWhenVaryDiffers()
{
    m_cache->store(question(), answer({{"Vary", "X-A"}, {"ETag", "a"}, {"Last-Modified", "b"}}), "",
                   m_clock.now());
    const auto got = m_cache->ask(question(CacheMode::Default, {{"X-A", "1"}}));
    QCOMPARE(got.conditions, (HeaderList {{"If-None-Match", "a"}}));
}

void HttpCacheTest::keepsWithoutCookiesAndConnectionFields()
{
    m_cache->store(question(),
                   answer({{"X-A", "1"}, {"Set-Cookie", "a=1"}, {"Connection", "keep-alive"}}), "",
                   m_clock.now());
    const auto got = m_cache->ask(question(CacheMode::ForceCache));
    QCOMPARE(got.stored->head.headers, (HeaderList {{"X-A", "1"}}));
}

void HttpCacheTest::keepsNoPartsAndNoSecrets()
{
    m_cache->store(question(), answer({}, 206), "", m_clock.now());
    QVERIFY(m_cache->entries().empty());
    m_cache->store(question(), answer({}), "", m_clock.now());
    m_cache->store(question(), answer({{"Cache-Control", "no-store"}}), "", m_clock.now());
    QVERIFY(m_cache->entries().empty());
}

void HttpCacheTest::takesOverTheFieldsOf304()
{
    m_cache->store(question(), answer({{"X-A", "1"}, {"ETag", "a"}, {"Content-Type", "t"}}), "body",
                   m_clock.now());
    const auto merged = m_cache->refresh(
        question().key, answer({{"X-A", "2"}, {"X-B", "3"}, {"Content-Type", "u"}}, 304),
        m_clock.now());
    QCOMPARE(merged->head.headers,
             (HeaderList {{"ETag", "a"}, {"Content-Type", "t"}, {"X-A", "2"}, {"X-B", "3"}}));
    QCOMPARE(merged->head.status, 200);
    QCOMPARE(merged->body, "body");
}

void HttpCacheTest::renewsBehindTheBack()
{
    m_cache->store(question(), answer({{"Cache-Control", "max-age=1, stale-while-revalidate=10"}}),
                   "", m_clock.now());
    QCOMPARE(m_cache->ask(question()).reason, HttpCacheReason::Fresh);
    m_clock.advance(5000);
    QCOMPARE(m_cache->ask(question()).reason, HttpCacheReason::StaleWhileRevalidate);
    m_clock.advance(7000);
    QCOMPARE(m_cache->ask(question()).reason, HttpCacheReason::Stale);
}

void HttpCacheTest::leavesAnEntryAloneThatTheScriptDidNotMean()
{
    m_cache->store(question(), answer({{"ETag", "a"}}), "", m_clock.now());
    QVERIFY(m_cache->ask(question(CacheMode::Default, {{"If-None-Match", "a"}})).mayStore());
    QVERIFY(!m_cache->ask(question(CacheMode::Default, {{"If-None-Match", "b"}})).mayStore());
}

QTEST_APPLESS_MAIN(HttpCacheTest)
#include "tst_httpcache.moc"
