// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "exporters/answercomparison.h"
#include "lab/labconfig.h"

#include <QObject>
#include <QProcess>
#include <QTemporaryDir>

#include <array>
#include <memory>
#include <optional>

namespace rt {

class LabSession;
class Replay;

/// Runs the lab as the Express program it stands for, beside a fresh server of its own, and asks
/// both the same. Both clocks stand still meanwhile, so that cookies and tokens can be equal. The
/// packages are installed once for each set of them and kept below `cache`.
class NodeRun final : public QObject
{
    Q_OBJECT

public:
    enum class Stage { Idle, Installing, Starting, Replaying, Done, Failed };

    explicit NodeRun(QString cache, QObject *parent = nullptr);
    ~NodeRun() override;

    /// The error says which program is missing and where to get it.
    static Result<void> available();
    Stage stage() const { return m_stage; }
    bool isRunning() const;
    void start(const LabConfig &config, std::vector<ReplayedRequest> requests);
    /// Ends the programs it started; what has been compared stays.
    void cancel();

signals:
    /// One sentence about what happens now, or why it ended.
    void stageChanged(rt::NodeRun::Stage stage, const QString &sentence);
    void compared(size_t index, const rt::ComparedAnswer &answer);

private:
    void enter(Stage stage, const QString &sentence);
    void fail(const QString &sentence);
    void prepare(const LabConfig &config);
    void install();
    void installed();
    void startNode();
    void readNode();
    void replay(quint16 nodePort);
    void take(size_t index, const ReplayedAnswer &answer, bool fromNode);
    void end();
    QString packages() const;

    QString m_cache;
    Stage m_stage = Stage::Idle;
    LabConfig m_config;
    std::vector<ReplayedRequest> m_requests;
    std::vector<std::array<std::optional<ReplayedAnswer>, 2>> m_answers;
    size_t m_open = 0;
    QByteArray m_lock;
    QByteArray m_packageJson;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LabSession> m_lab;
    std::unique_ptr<Replay> m_nodeReplay;
    std::unique_ptr<Replay> m_labReplay;
    QProcess m_process;
    QByteArray m_output;
};

} // namespace rt
