// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "core/express/pipelineharness.h"
#include "middleware/compression.h"
#include "server/httpserver.h"

#include <QFile>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTest>

#include <array>
#include <zlib.h>

using namespace rt;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mebibyte = 1 << 20;

/// Writes `total` bytes in pieces and waits for drain whenever write() says so, as a Node stream
/// does.
class Producer : public std::enable_shared_from_this<Producer>
{
public:
    Producer(std::shared_ptr<Exchange> exchange, qint64 total, QByteArray piece)
        : m_exchange(std::move(exchange)), m_left(total), m_piece(std::move(piece))
    {
    }
    void start()
    {
        m_exchange->response().onDrain([self = shared_from_this()] {
            ++self->drains;
            self->produce();
        });
        produce();
    }

    qint64 produced = 0;
    int drains = 0;

private:
    void produce()
    {
        while (m_left > 0) {
            const QByteArray piece = m_piece.first(std::min<qint64>(m_piece.size(), m_left));
            m_left -= piece.size();
            produced += piece.size();
            if (!m_exchange->write(piece))
                return;
        }
        m_exchange->end();
    }

    std::shared_ptr<Exchange> m_exchange;
    qint64 m_left;
    QByteArray m_piece;
};

/// Takes an answer's chunks apart and decompresses them, keeping nothing but the length.
class Inflater
{
public:
    Inflater() { inflateInit2(&m_stream, 15 + 16); }
    ~Inflater() { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Inflater)

    void feed(const QByteArray &bytes)
    {
        m_rest += bytes;
        while (!ended && takeChunk()) { }
    }

    qint64 length = 0;
    bool ended = false;
    QByteArray head;

private:
    bool takeChunk()
    {
        if (head.isEmpty()) {
            const qsizetype end = m_rest.indexOf("\r\n\r\n");
            if (end < 0)
                return false;
            head = m_rest.first(end + 2);
            m_rest.remove(0, end + 4);
        }
        const qsizetype line = m_rest.indexOf("\r\n");
        const qsizetype size = line < 0 ? -1 : m_rest.first(line).toLongLong(nullptr, 16);
        if (line < 0 || m_rest.size() < line + size + 4)
            return false;
        inflateSome(m_rest.sliced(line + 2, size));
        m_rest.remove(0, line + size + 4);
        ended = size == 0;
        return true;
    }

    void inflateSome(const QByteArray &data)
    {
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data.data()));
        m_stream.avail_in = static_cast<uInt>(data.size());
        do {
            m_stream.next_out = m_piece.data();
            m_stream.avail_out = static_cast<uInt>(m_piece.size());
            inflate(&m_stream, Z_NO_FLUSH);
            length += static_cast<qint64>(m_piece.size() - m_stream.avail_out);
        } while (m_stream.avail_out == 0);
    }

    z_stream m_stream {};
    QByteArray m_rest;
    std::array<Bytef, 262144> m_piece {};
};

/// Resident memory in bytes: "VmRSS" now, "VmHWM" the highest so far.
qint64 memory(const QByteArray &what)
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf(what + ':');
    return at < 0 ? -1
                  : text.mid(at + what.size() + 1).trimmed().split(' ').first().toLongLong() * 1024;
}

/// Lets "VmHWM" begin anew.
void forgetPeak()
{
    QFile file(u"/proc/self/clear_refs"_s);
    if (file.open(QIODevice::WriteOnly))
        file.write("5");
}

} // namespace

/// Long compressed answers over a real socket: their memory does not grow with their length, and a
/// client that does not read stops the handler.
class GzipStreamTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void needsNoMemoryForAGibibyte();
    void stopsTheHandlerOfAClientThatDoesNotRead();

private:
    LabClock m_clock;
    std::unique_ptr<HttpServer> m_server;
    std::shared_ptr<const Pipeline> m_pipeline;
    std::shared_ptr<Producer> m_producer;
    quint16 m_port = 0;
    qint64 m_total = 0;
    QByteArray m_piece;
};

void GzipStreamTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    auto compression = Compression::create(JsValue::object());
    QVERIFY(compression.has_value());
    m_pipeline
        = makePipeline({{"compression", {}, *compression, true},
                        stage("routes", [this](const std::shared_ptr<Exchange> &exchange, Next) {
                            exchange->type("txt");
                            m_producer = std::make_shared<Producer>(exchange, m_total, m_piece);
                            m_producer->start();
                        })});
    m_server = std::make_unique<HttpServer>(m_clock);
    m_server->addRequestListener([this](IncomingMessage &, ServerResponse &response) {
        m_pipeline->handle(response, m_clock);
        return true;
    });
    const auto port = m_server->listen(0);
    QVERIFY(port.has_value());
    m_port = *port;
}

void GzipStreamTest::cleanup()
{
    m_server.reset();
    m_producer.reset();
}

void GzipStreamTest::needsNoMemoryForAGibibyte()
{
    m_total = 1024 * mebibyte;
    m_piece = QByteArray("Roundtrip 0123456789 abcdefghijklmnopqrstuvwxyz\n").repeated(1365);
    Inflater inflater;
    QTcpSocket socket;
    connect(&socket, &QTcpSocket::readyRead, this, [&] { inflater.feed(socket.readAll()); });
    socket.connectToHost(QHostAddress::LocalHost, m_port);
    forgetPeak();
    const qint64 before = memory("VmRSS");
    socket.write(get("/", "Accept-Encoding: gzip\r\n"));
    QTRY_VERIFY_WITH_TIMEOUT(inflater.ended, 240000);
    const qint64 grown = memory("VmHWM") - before;
    QVERIFY(inflater.head.contains("Content-Encoding: gzip"));
    QCOMPARE(inflater.length, m_total);
    QVERIFY2(grown < 48 * mebibyte, QByteArray::number(grown / mebibyte) + " MiB");
}

void GzipStreamTest::stopsTheHandlerOfAClientThatDoesNotRead()
{
    m_total = 512 * mebibyte;
    m_piece.resize(65536);
    quint32 x = 1;
    for (char &byte : m_piece) { // hardly compressible
        x = x * 1664525u + 1013904223u;
        byte = static_cast<char>(x >> 24);
    }
    QTcpSocket socket;
    socket.setReadBufferSize(65536);
    socket.connectToHost(QHostAddress::LocalHost, m_port);
    socket.write(get("/", "Accept-Encoding: gzip\r\n"));
    QTRY_VERIFY(m_producer && m_producer->produced > 0);
    // Some megabytes fit into the system's socket buffers; then nothing moves any more.
    qint64 seen = 0;
    QTRY_VERIFY_WITH_TIMEOUT(std::exchange(seen, m_producer->produced) == m_producer->produced
                                 && seen > mebibyte,
                             30000);
    QVERIFY2(seen < 64 * mebibyte, QByteArray::number(seen / mebibyte) + " MiB");
    const int drains = m_producer->drains;
    socket.setReadBufferSize(0);
    connect(&socket, &QTcpSocket::readyRead, this, [&] { socket.readAll(); });
    socket.readAll();
    QTRY_VERIFY(m_producer->produced > seen + mebibyte);
    QVERIFY(m_producer->drains > drains);
}

QTEST_GUILESS_MAIN(GzipStreamTest)
#include "tst_gzipstream.moc"
