// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "dialogs/noderun.h"
#include "widgets/theme.h"

#include <QDialog>

#include <functional>

class QCheckBox;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTreeWidget;
class QTreeWidgetItem;

namespace rt {

class CaptionLabel;

/// A request of the traffic that can be sent once more.
struct ReplayCandidate
{
    /// "GET /api/user"
    QString title;
    ReplayedRequest request;
};

/// The lab beside real Express: which answers agree, and header by header where they do not.
class NodeRunDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The last `count` requests that were sent, in order.
    using Requests = std::function<std::vector<ReplayCandidate>(int count)>;

    NodeRunDialog(const Theme &theme, std::function<LabConfig()> config, Requests requests,
                  QWidget *parent);

    NodeRun &run() { return m_run; }
    /// Starts with what was sent last; says so when nothing was.
    void start();

private:
    enum Column { Verdict, What, Lab, Node, Why, ColumnCount };

    void setupTop();
    void setupTree();
    void setupBottom();
    void followStage(NodeRun::Stage stage, const QString &sentence);
    void showAnswer(size_t index, const ComparedAnswer &answer);
    void addPart(QTreeWidgetItem &answer, const ComparedPart &part);
    void paintVerdicts();
    void filter();
    QString result() const;

    const Theme &m_theme;
    std::function<LabConfig()> m_config;
    Requests m_requests;
    NodeRun m_run;
    std::vector<ReplayCandidate> m_sent;
    int m_agreeing = 0;
    int m_compared = 0;
    CaptionLabel *m_headline = nullptr;
    CaptionLabel *m_detail = nullptr;
    QProgressBar *m_progress = nullptr;
    QTreeWidget *m_tree = nullptr;
    QSpinBox *m_count = nullptr;
    QCheckBox *m_onlyDifferences = nullptr;
    QPushButton *m_again = nullptr;
    QPushButton *m_cancel = nullptr;
};

} // namespace rt
