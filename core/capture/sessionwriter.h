// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "capture/bodylayout.h"
#include "capture/capturestore.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <variant>

namespace rt {

/// The thread that owns the writing connection of a session file. What is put is committed in
/// transactions that begin within `windowMs` of the first item.
class SessionWriter
{
public:
    struct PutExchange
    {
        std::shared_ptr<const ExchangeRecord> record;
        ExchangeSummary summary;
        BodyLayout layout;
    };
    struct DropBody
    {
        quint64 exchange = 0;
    };
    struct Clear
    {
    };
    struct MarkEnded
    {
    };
    using Job = std::variant<PutExchange, CallRecord, ChangeRecord, ActRecord, DropBody, Clear,
                             MarkEnded>;

    static constexpr int windowMs = 25;
    /// Below this size a body stays in the row of its exchange.
    static constexpr qint64 inlineBody = 256;

    /// `failed` is called on the writer's thread.
    explicit SessionWriter(std::function<void(QString)> failed);
    ~SessionWriter();
    Q_DISABLE_COPY_MOVE(SessionWriter)

    enum class Start { Create, Open };
    /// Waits until the file is ready.
    Result<void> start(const QString &file, Start how);
    /// Waits only when the disk is far behind.
    void put(std::vector<Job> jobs);
    /// Waits until everything put is committed.
    void flush();

private:
    class Statements;
    void run(const QString &file, Start how);
    void loop(Statements &statements);
    std::vector<Job> nextBatch();
    void finished(size_t count);

    std::function<void(QString)> m_failed;
    std::thread m_thread;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_done;
    std::vector<Job> m_queue;
    std::optional<Result<void>> m_started;
    quint64 m_put = 0;
    quint64 m_committed = 0;
    bool m_urgent = false;
    bool m_stop = false;
};

} // namespace rt
