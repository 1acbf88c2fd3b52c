// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "capture/exchangerecord.h"

#include <QObject>

#include <memory>
#include <vector>

namespace rt {

/// The small part of an exchange that stays in memory for every row (aim: below 200 bytes with
/// text).
struct ExchangeSummary
{
    quint64 id = 0;
    quint64 call = 0;
    quint64 linked = 0;
    ExchangeRecord::Kind kind = ExchangeRecord::Kind::Actual;
    bool external = false;
    int status = 0;
    double t = 0;
    float durationMs = 0;
    qint64 wireBytes = 0;
    QByteArray method;
    QByteArray path;
    QByteArray targetOrigin;
    /// Stage that answered.
    QByteArray endedBy;
    ExchangeRecord::Via via = ExchangeRecord::Via::Direct;
};

/// Limits of a capture session; what exceeds them is dropped with a visible notice.
struct CaptureLimits
{
    qint64 totalBodyBytes = 200LL * 1024 * 1024;
    qint64 oneBodyBytes = 20LL * 1024 * 1024;
};

/// A capture session: one SQLite file, written by its own thread in transactions of at most 100 ms;
/// summaries of exchanges and whole calls in memory. Lives in the GUI thread.
class CaptureStore : public QObject
{
    Q_OBJECT

public:
    /// A new session file in `folder` (created when missing).
    static Result<std::unique_ptr<CaptureStore>> create(const QString &folder,
                                                        CaptureLimits limits = {});
    /// The same with a file name of the caller's choice.
    static Result<std::unique_ptr<CaptureStore>> createFile(const QString &file,
                                                            CaptureLimits limits = {});
    /// An existing file, for example a session left by a killed process.
    static Result<std::unique_ptr<CaptureStore>> open(const QString &file);
    /// Session files in `folder` whose process ended without closing them, newest first.
    static QStringList abandonedSessions(const QString &folder);
    ~CaptureStore() override;

    QString fileName() const;
    /// Takes items over; returns at once. Order is kept.
    void append(const std::vector<CaptureItem> &items);
    /// Blocks until everything appended is committed.
    void flush();
    /// Forgets everything captured so far.
    void clear();
    /// Marks the session as properly ended, so that it is not offered as abandoned. A store that
    /// was created does so when it goes; one that was opened only when told.
    void close();

    const std::vector<ExchangeSummary> &exchanges() const;
    const std::vector<CallRecord> &calls() const;
    const CallRecord *call(quint64 id) const;
    const ExchangeSummary *summary(quint64 id) const;
    /// The whole record: from the latest ones in memory, else from the file.
    Result<ExchangeRecord> exchange(quint64 id) const;
    /// Exchanges of one call, in order.
    std::vector<ExchangeRecord> exchangesOf(quint64 call) const;
    qint64 bodyBytes() const;
    /// Bytes of bodies dropped because a limit was reached.
    qint64 bytesCut() const;

signals:
    /// Rows [first, first + count) of exchanges() are new.
    void exchangesAdded(qsizetype first, qsizetype count);
    void exchangeUpdated(quint64 id);
    void callChanged(quint64 id);
    void cleared();
    void limitReached(qint64 bytesCut);
    void failed(const QString &message);

private:
    class Private;
    explicit CaptureStore(std::unique_ptr<Private> data);
    std::unique_ptr<Private> d;
};

} // namespace rt
