// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "dialogs/noderundialog.h"

#include "widgets/captionlabel.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTreeWidget>

#include <algorithm>

namespace rt {

namespace {

using PartVerdict = ComparedPart::Verdict;

constexpr int mostRequests = 200;
constexpr int usualRequests = 20;
constexpr int verdictRole = Qt::UserRole;

QString verdictText(PartVerdict verdict)
{
    switch (verdict) {
    case PartVerdict::Agrees:
        return NodeRunDialog::tr("\u2713 agrees");
    case PartVerdict::Differs:
        return NodeRunDialog::tr("\u2717 differs");
    case PartVerdict::NotCompared:
        return NodeRunDialog::tr("\u2013 not compared");
    }
    Q_UNREACHABLE();
}

Token verdictToken(PartVerdict verdict)
{
    switch (verdict) {
    case PartVerdict::Agrees:
        return Token::Good;
    case PartVerdict::Differs:
        return Token::Bad;
    case PartVerdict::NotCompared:
        return Token::Dim;
    }
    Q_UNREACHABLE();
}

QString partName(const ComparedPart &part)
{
    switch (part.kind) {
    case ComparedPart::Kind::Outcome:
        return NodeRunDialog::tr("outcome");
    case ComparedPart::Kind::Status:
        return NodeRunDialog::tr("status line");
    case ComparedPart::Kind::Header:
        return QString::fromLatin1(part.name);
    case ComparedPart::Kind::Order:
        return NodeRunDialog::tr("order and spelling of the headers");
    case ComparedPart::Kind::Body:
        return NodeRunDialog::tr("body");
    }
    Q_UNREACHABLE();
}

QString oneLine(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes).simplified();
}

} // namespace

NodeRunDialog::NodeRunDialog(const Theme &theme, std::function<LabConfig()> config,
                             Requests requests, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_config(std::move(config)), m_requests(std::move(requests)),
      m_run(QStandardPaths::writableLocation(QStandardPaths::CacheLocation))
{
    setObjectName(QStringLiteral("nodeRun"));
    setWindowTitle(tr("The lab in Node"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 12);
    column->setSpacing(8);
    setupTop();
    setupTree();
    setupBottom();
    resize(theme.controlHeight() * 36, theme.controlHeight() * 22);
    connect(&m_run, &NodeRun::stageChanged, this, &NodeRunDialog::followStage);
    connect(&m_run, &NodeRun::compared, this, &NodeRunDialog::showAnswer);
    connect(&theme, &Theme::changed, this, &NodeRunDialog::paintVerdicts);
}

void NodeRunDialog::setupTop()
{
    m_headline = new CaptionLabel(m_theme, {}, this, FontRole::Heading, Token::Text);
    m_headline->setObjectName(QStringLiteral("nodeRun.headline"));
    m_detail = new CaptionLabel(m_theme, {}, this, FontRole::Ui, Token::Dim);
    m_detail->setObjectName(QStringLiteral("nodeRun.detail"));
    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    for (CaptionLabel *label : {m_headline, m_detail})
        label->setWordWrap(true);
    layout()->addWidget(m_headline);
    layout()->addWidget(m_detail);
    layout()->addWidget(m_progress);
}

void NodeRunDialog::setupTree()
{
    m_tree = new QTreeWidget(this);
    m_tree->setObjectName(QStringLiteral("nodeRun.answers"));
    m_tree->setAccessibleName(tr("Answers of the lab and of Node"));
    m_tree->setHeaderLabels({tr("Verdict"), tr("Request and part of the answer"), tr("The lab"),
                             tr("Express in Node"), tr("Note")});
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->header()->setStretchLastSection(true);
    const int unit = m_theme.controlHeight();
    m_tree->setColumnWidth(Verdict, unit * 5);
    m_tree->setColumnWidth(What, unit * 8);
    m_tree->setColumnWidth(Lab, unit * 7);
    m_tree->setColumnWidth(Node, unit * 7);
    layout()->addWidget(m_tree);
}

void NodeRunDialog::setupBottom()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_count = new QSpinBox(this);
    m_count->setObjectName(QStringLiteral("nodeRun.count"));
    m_count->setRange(1, mostRequests);
    m_count->setValue(usualRequests);
    m_count->setPrefix(tr("last "));
    m_count->setSuffix(tr(" requests"));
    m_count->setAccessibleName(tr("How many of the last requests"));
    m_onlyDifferences = new QCheckBox(tr("Only differences"), this);
    m_onlyDifferences->setObjectName(QStringLiteral("nodeRun.onlyDifferences"));
    m_again = new QPushButton(m_theme.icon(QStringLiteral("play")), tr("Run again"), this);
    m_again->setObjectName(QStringLiteral("nodeRun.again"));
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_cancel->setObjectName(QStringLiteral("nodeRun.cancel"));
    auto *close = new QPushButton(tr("Close"), this);
    row->addWidget(m_count);
    row->addWidget(m_onlyDifferences);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_again);
    row->addWidget(close);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    connect(m_onlyDifferences, &QCheckBox::toggled, this, &NodeRunDialog::filter);
    connect(m_again, &QPushButton::clicked, this, &NodeRunDialog::start);
    connect(m_cancel, &QPushButton::clicked, &m_run, &NodeRun::cancel);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
}

void NodeRunDialog::start()
{
    m_tree->clear();
    m_agreeing = 0;
    m_compared = 0;
    m_sent = m_requests(m_count->value());
    if (m_sent.empty()) {
        followStage(NodeRun::Stage::Failed,
                    tr("Nothing has been sent to the API yet. Send a request, then run again."));
        return;
    }
    std::vector<ReplayedRequest> requests;
    for (const ReplayCandidate &candidate : m_sent)
        requests.push_back(candidate.request);
    m_run.start(m_config(), std::move(requests));
}

void NodeRunDialog::followStage(NodeRun::Stage stage, const QString &sentence)
{
    const bool running = m_run.isRunning();
    m_progress->setVisible(running);
    m_progress->setRange(0, stage == NodeRun::Stage::Replaying ? int(m_sent.size()) : 0);
    m_progress->setValue(0);
    m_cancel->setVisible(running);
    m_again->setEnabled(!running);
    m_count->setEnabled(!running);
    switch (stage) {
    case NodeRun::Stage::Idle:
        break;
    case NodeRun::Stage::Installing:
    case NodeRun::Stage::Starting:
    case NodeRun::Stage::Replaying:
        m_headline->setText(tr("The same server starts in Node"));
        m_detail->setText(sentence);
        break;
    case NodeRun::Stage::Failed:
        m_headline->setText(tr("Not compared"));
        m_detail->setText(sentence);
        break;
    case NodeRun::Stage::Done:
        m_headline->setText(result());
        m_detail->setText(
            tr("The last requests went once more to a fresh server of the lab and to Express with "
               "the npm packages. Both began with empty data, with their clocks standing still."));
        break;
    }
}

QString NodeRunDialog::result() const
{
    const int differing = m_compared - m_agreeing;
    if (differing == 0)
        return tr("\u2713 %n answers agree with Express in Node", nullptr, m_compared);
    return tr("\u2717 %1 of %2 answers differ from Express in Node").arg(differing).arg(m_compared);
}

void NodeRunDialog::showAnswer(size_t index, const ComparedAnswer &answer)
{
    const bool agrees = answer.differences() == 0;
    ++m_compared;
    m_agreeing += agrees ? 1 : 0;
    m_progress->setValue(m_compared);
    auto *item = new QTreeWidgetItem(m_tree);
    const PartVerdict verdict = agrees ? PartVerdict::Agrees : PartVerdict::Differs;
    item->setData(Verdict, verdictRole, static_cast<int>(verdict));
    item->setText(Verdict, verdictText(verdict));
    item->setText(What, m_sent[index].title);
    const ComparedPart &first = answer.parts.front();
    item->setText(Lab, oneLine(first.lab));
    item->setText(Node, oneLine(first.node));
    if (!agrees)
        item->setText(Why, tr("%n differences", nullptr, answer.differences()));
    for (const ComparedPart &part : answer.parts)
        addPart(*item, part);
    item->setExpanded(!agrees);
    paintVerdicts();
    filter();
}

void NodeRunDialog::addPart(QTreeWidgetItem &answer, const ComparedPart &part)
{
    auto *item = new QTreeWidgetItem(&answer);
    item->setData(Verdict, verdictRole, static_cast<int>(part.verdict));
    item->setText(Verdict, verdictText(part.verdict));
    item->setText(What, partName(part));
    const QString absent = part.kind == ComparedPart::Kind::Header ? tr("absent") : QString();
    item->setText(Lab, part.lab.isEmpty() ? absent : oneLine(part.lab));
    item->setText(Node, part.node.isEmpty() ? absent : oneLine(part.node));
    item->setText(Why, QCoreApplication::translate("comparison", part.reason));
    item->setToolTip(Lab, QString::fromUtf8(part.lab));
    item->setToolTip(Node, QString::fromUtf8(part.node));
    item->setToolTip(Why, item->text(Why));
}

void NodeRunDialog::paintVerdicts()
{
    QTreeWidgetItemIterator items(m_tree);
    for (; *items; ++items) {
        const auto verdict = static_cast<PartVerdict>((*items)->data(Verdict, verdictRole).toInt());
        (*items)->setForeground(Verdict, m_theme.color(verdictToken(verdict)));
        (*items)->setForeground(Why, m_theme.color(Token::Dim));
        (*items)->setSizeHint(Verdict, QSize(0, m_theme.rowHeight()));
        (*items)->setFont(Lab, m_theme.font(FontRole::Mono));
        (*items)->setFont(Node, m_theme.font(FontRole::Mono));
    }
}

void NodeRunDialog::filter()
{
    const bool only = m_onlyDifferences->isChecked();
    QTreeWidgetItemIterator items(m_tree);
    for (; *items; ++items) {
        const auto verdict = static_cast<PartVerdict>((*items)->data(Verdict, verdictRole).toInt());
        (*items)->setHidden(only && verdict != PartVerdict::Differs);
    }
}

} // namespace rt
