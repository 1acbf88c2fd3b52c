// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/replay.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace rt;
using Outcome = ReplayedAnswer::Outcome;

Q_DECLARE_METATYPE(ReplayedAnswer::Outcome)

class ReplayTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void readsWhatAServerAnswers_data();
    void readsWhatAServerAnswers();
    void sendsEveryByteInOrder();
    void saysWhenNobodyListens();
};

namespace {

/// Answers everything with the same bytes, then closes if asked to.
class Answerer
{
public:
    Answerer(QByteArray bytes, bool closes) : m_bytes(std::move(bytes)), m_closes(closes)
    {
        const bool listening = m_server.listen(QHostAddress::LocalHost);
        Q_ASSERT(listening);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] { accept(); });
    }
    quint16 port() const { return m_server.serverPort(); }
    QByteArray received;

private:
    void accept()
    {
        QTcpSocket *socket = m_server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
            received += socket->readAll();
            socket->write(m_bytes);
            if (m_closes)
                socket->disconnectFromHost();
        });
    }

    QTcpServer m_server;
    QByteArray m_bytes;
    bool m_closes;
};

std::vector<ReplayedAnswer> answersOf(quint16 port, std::vector<ReplayedRequest> requests)
{
    Replay replay(port, std::move(requests));
    replay.setTimeout(300);
    QSignalSpy finished(&replay, &Replay::finished);
    std::vector<ReplayedAnswer> answers;
    replay.start([&answers](size_t, const ReplayedAnswer &answer) { answers.push_back(answer); });
    return finished.wait() ? answers : std::vector<ReplayedAnswer>();
}

const QByteArray request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

} // namespace

void ReplayTest::readsWhatAServerAnswers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const char *bytes, bool closes, Outcome outcome,
                        int status, const char *body) {
        QTest::addRow("%s", name) << QByteArray(bytes) << closes << outcome << status
                                  << QByteArray(body);
    };
    row("a length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false, Outcome::Answered, 200,
        "ok");
    row("chunks", "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        false, Outcome::Answered, 201, "ok");
    row("until the end", "HTTP/1.1 200 OK\r\n\r\nok", true, Outcome::Answered, 200, "ok");
    row("after 100", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", false,
        Outcome::Answered, 204, "");
    row("too short", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", true, Outcome::Closed, 200,
        "ok");
    row("nothing", "", true, Outcome::Malformed, 0, "");
    row("silence", "", false, Outcome::TimedOut, 0, "");
}

void ReplayTest::readsWhatAServerAnswers()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, closes);
    Answerer server(bytes, closes);
    const auto answers = answersOf(server.port(), {{"GET", request}});
    QCOMPARE(answers.size(), size_t(1));
    QTEST(answers.front().outcome, "outcome");
    QTEST(answers.front().head.status, "status");
    QTEST(answers.front().body, "body");
}

void ReplayTest::sendsEveryByteInOrder()
{
    Answerer server("HTTP/1.1 204 No Content\r\n\r\n", false);
    const QByteArray second = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab";
    const auto answers = answersOf(server.port(), {{"GET", request}, {"POST", second}});
    QCOMPARE(answers.size(), size_t(2));
    QCOMPARE(server.received, request + second);
}

void ReplayTest::saysWhenNobodyListens()
{
    quint16 port = 0;
    {
        const Answerer gone("", false);
        port = gone.port();
    }
    const auto answers = answersOf(port, {{"GET", request}});
    QCOMPARE(answers.front().outcome, Outcome::Refused);
}

QTEST_GUILESS_MAIN(ReplayTest)
#include "tst_replay.moc"
