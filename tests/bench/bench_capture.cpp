// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

// What capturing costs: the recorder per exchange on the lab thread, the store per exchange on the
// window's thread and on its writer, and the file per row.
// usage: bench_capture [EXCHANGES] [BODY BYTES]

#include "capture/annotation.h"
#include "capture/capturestore.h"
#include "capture/recorder.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>
#include <ctime>

using namespace rt;

namespace {

double threadCpuSeconds(clockid_t clock)
{
    timespec time {};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// A browser's request and Express's answer behind cors, as they are on the wire.
EndReport typicalEnd(int bodyBytes)
{
    EndReport end;
    end.startedNs = 1;
    end.finishedNs = 200'000;
    end.request.method = "GET";
    end.request.target = "/api/items";
    end.request.headers = {{"Host", "api.shop.test:8000"},
                           {"Connection", "keep-alive"},
                           {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"},
                           {"Accept", "*/*"},
                           {"Origin", "http://app.shop.test:3000"},
                           {"Referer", "http://app.shop.test:3000/"},
                           {"Accept-Encoding", "gzip, deflate"},
                           {"Accept-Language", "en-US,en;q=0.9"}};
    end.response.status = 200;
    end.response.reasonPhrase = "OK";
    end.response.headers = {{"X-Powered-By", "Express"},
                            {"Access-Control-Allow-Origin", "http://app.shop.test:3000"},
                            {"Vary", "Origin"},
                            {"Content-Type", "application/json; charset=utf-8"},
                            {"ETag", "W/\"4-DlFKBmK8tp3IY5U9HOJuPUDoGoc\""},
                            {"Date", "Tue, 14 Nov 2023 22:13:20 GMT"},
                            {"Connection", "keep-alive"},
                            {"Keep-Alive", "timeout=5"}};
    end.responseBody = QByteArray(bodyBytes, 'x');
    end.requestBytes = "GET /api/items HTTP/1.1\r\n";
    for (const HeaderField &field : end.request.headers)
        end.requestBytes += field.name + ": " + field.value + "\r\n";
    end.requestBytes += "\r\n";
    end.responseBytes = "HTTP/1.1 200 OK\r\n";
    for (const HeaderField &field : end.response.headers)
        end.responseBytes += field.name + ": " + field.value + "\r\n";
    end.responseBytes += "\r\n" + end.responseBody;
    return end;
}

ServerReport serverReport(const ExchangeKey &key, const EndReport &end)
{
    ServerReport report;
    report.key = key;
    report.end = end;
    report.endedBy = "routes";
    for (const char *name : {"compression", "cors", "json", "routes"}) {
        StageRecord stage;
        stage.name = name;
        report.stages.push_back(stage);
    }
    report.stages[1].headerChanges = {{HeaderChange::Kind::Added, "Vary", {}, "Origin"}};
    return report;
}

ExchangeKey keyOf(quint32 index)
{
    return {static_cast<quint16>(40'000 + index % 64), 8000, index / 64};
}

void report(const char *what, int count, double cpu)
{
    std::printf("%-46s %8.2f us/exchange\n", what, cpu * 1e6 / count);
}

/// The reports are made in the same loop, so their making is measured alone and taken off.
void benchRecorder(int count, const EndReport &end, bool builtIn)
{
    LabClock clock;
    size_t items = 0;
    Recorder recorder(clock, [&items](std::vector<CaptureItem> batch) { items += batch.size(); });
    recorder.setListener(8000, {"http://api.shop.test:8000"});
    double making = threadCpuSeconds(CLOCK_THREAD_CPUTIME_ID);
    for (int i = 0; i < count; ++i) {
        const ServerReport made = serverReport(keyOf(0), end);
        ClientReport client;
        if (builtIn)
            client.end = end;
    }
    making = threadCpuSeconds(CLOCK_THREAD_CPUTIME_ID) - making;
    double cpu = threadCpuSeconds(CLOCK_THREAD_CPUTIME_ID);
    for (int i = 0; i < count; ++i) {
        const ExchangeKey key = keyOf(static_cast<quint32>(i));
        if (builtIn && key.sequence == 0)
            recorder.clientConnected(key.clientPort, key.serverPort);
        if (builtIn)
            recorder.clientStarted(key, end.request);
        recorder.serverStarted(key, end.request);
        recorder.serverFinished(serverReport(key, end));
        if (builtIn) {
            ClientReport client;
            client.key = key;
            client.end = end;
            recorder.clientFinished(std::move(client));
        }
    }
    recorder.flush();
    cpu = threadCpuSeconds(CLOCK_THREAD_CPUTIME_ID) - cpu;
    report(builtIn ? "recorder, built-in client" : "recorder, outside client", count, cpu - making);
    if (items != static_cast<size_t>(count))
        std::printf("!! %zu items for %d exchanges\n", items, count);
}

void benchStore(int count, const EndReport &end)
{
    QTemporaryDir folder;
    auto created = CaptureStore::create(folder.path());
    if (!created) {
        std::printf("%s\n", qPrintable(created.error().message));
        return;
    }
    CaptureStore &store = **created;
    ExchangeRecord record;
    record.hasClient = false;
    record.server = serverReport({}, end);
    const double process = threadCpuSeconds(CLOCK_PROCESS_CPUTIME_ID);
    double window = 0;
    QElapsedTimer wall;
    wall.start();
    for (int i = 0; i < count;) {
        std::vector<CaptureItem> batch;
        for (int n = 0; n < 160 && i < count; ++n) {
            record.id = static_cast<quint64>(++i);
            batch.emplace_back(record);
        }
        const double before = threadCpuSeconds(CLOCK_THREAD_CPUTIME_ID);
        store.append(batch);
        window += threadCpuSeconds(CLOCK_THREAD_CPUTIME_ID) - before;
    }
    store.flush();
    const double seconds = static_cast<double>(wall.nsecsElapsed()) / 1e9;
    report("store, window's thread", count, window);
    report("store, all threads", count, threadCpuSeconds(CLOCK_PROCESS_CPUTIME_ID) - process);
    std::printf("%-46s %8.0f exchanges/s until committed\n", "store", count / seconds);
    const QString file = store.fileName();
    QElapsedTimer random;
    random.start();
    for (int i = 0; i < 1000; ++i)
        (void)store.exchange(static_cast<quint64>(1 + i * (count / 1000)));
    std::printf("%-46s %8.1f us\n", "one whole exchange, mostly from the file",
                static_cast<double>(random.nsecsElapsed()) / 1e6);
    store.close();
    std::printf("%-46s %8.0f bytes/exchange\n", "file",
                static_cast<double>(QFileInfo(file).size()) / count);
    QElapsedTimer opening;
    opening.start();
    const auto opened = CaptureStore::open(file);
    std::printf("%-46s %8lld ms\n", "open", static_cast<long long>(opening.elapsed()));
}

void benchAnnotator(const EndReport &end)
{
    ExchangeRecord record;
    record.hasClient = false;
    record.server = serverReport({}, end);
    static constexpr int count = 2'000;
    const double before = threadCpuSeconds(CLOCK_THREAD_CPUTIME_ID);
    for (int i = 0; i < count; ++i)
        (void)annotate(record, nullptr);
    report("annotate", count, threadCpuSeconds(CLOCK_THREAD_CPUTIME_ID) - before);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int count = argc > 1 ? std::max(1000, std::atoi(argv[1])) : 100'000;
    const int bodyBytes = argc > 2 ? std::atoi(argv[2]) : 1024;
    const EndReport end = typicalEnd(bodyBytes);
    std::printf("%d exchanges with %d bytes of body\n", count, bodyBytes);
    benchRecorder(count, end, false);
    benchRecorder(count, end, true);
    benchStore(count, end);
    benchAnnotator(end);
    return 0;
}
