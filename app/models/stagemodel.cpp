// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/stagemodel.h"

#include "models/trafficformat.h"

#include <algorithm>

namespace rt {

using Kind = StackStep::Kind;

namespace {

QString requestNames(const StackStep &step)
{
    QStringList names;
    for (const RequestMember &member : step.changes)
        names.append(QStringLiteral("req.") + member.name);
    return names.join(QStringLiteral(", "));
}

QString whyPassedBy(StackStep::Why why)
{
    switch (why) {
    case StackStep::Why::ErrorPending:
        return StageModel::tr("an error goes past it");
    case StackStep::Why::OnlyErrors:
        return StageModel::tr("only sees errors");
    case StackStep::Why::OtherPath:
        return StageModel::tr("mounted on another path");
    case StackStep::Why::None:
        break;
    }
    return {};
}

} // namespace

void StageModel::setSteps(std::vector<StackStep> steps)
{
    beginResetModel();
    m_steps = std::move(steps);
    m_longest = 0;
    for (const StackStep &step : m_steps)
        m_longest = std::max(m_longest, step.durationNs);
    endResetModel();
}

int StageModel::tellingRow() const
{
    const auto row = [this](auto condition) {
        const auto found = std::find_if(m_steps.begin(), m_steps.end(), condition);
        return found == m_steps.end() ? -1 : static_cast<int>(found - m_steps.begin());
    };
    const int failed = row([](const StackStep &step) { return !step.error.isEmpty(); });
    const int ended = row([](const StackStep &step) { return step.ended; });
    return failed >= 0 ? failed : ended >= 0 ? ended : std::min(0, rowCount() - 1);
}

int StageModel::rowOf(StackStep::Kind kind, const QByteArray &stage) const
{
    const auto found
        = std::find_if(m_steps.begin(), m_steps.end(), [kind, &stage](const StackStep &step) {
              return step.kind == kind && step.stage == stage;
          });
    return found == m_steps.end() ? -1 : static_cast<int>(found - m_steps.begin());
}

QString StageModel::title(const StackStep &step)
{
    const QString stage = QString::fromLatin1(step.stage);
    switch (step.kind) {
    case Kind::Arrival:
        return tr("Express takes the request");
    case Kind::Callback:
        return tr("%1, before the head").arg(stage);
    case Kind::Wire:
        return tr("Node writes the head");
    case Kind::Stage:
    case Kind::PassedBy:
    case Kind::NotReached:
        break;
    }
    return stage;
}

QString StageModel::outcome(const StackStep &step)
{
    switch (step.kind) {
    case Kind::NotReached:
        return tr("did not run");
    case Kind::PassedBy:
        return whyPassedBy(step.why);
    case Kind::Wire:
        return QString::number(step.statusAfter);
    case Kind::Arrival:
    case Kind::Callback:
    case Kind::Stage:
        break;
    }
    if (!step.error.isEmpty())
        return tr("error");
    if (step.ended)
        return tr("answered %1").arg(step.statusAfter);
    return requestNames(step);
}

QString StageModel::sentence(int row) const
{
    const StackStep &line = step(row);
    QStringList parts {tr("Step %1: %2").arg(row + 1).arg(title(line))};
    if (const QString what = outcome(line); !what.isEmpty())
        parts.append(what);
    const std::pair<HeadLine::Mark, QString> counts[]
        = {{HeadLine::Mark::Added, tr("headers added: %1")},
           {HeadLine::Mark::Changed, tr("headers changed: %1")},
           {HeadLine::Mark::Removed, tr("headers removed: %1")}};
    for (const auto &[mark, text] : counts) {
        if (const int count = line.count(mark))
            parts.append(text.arg(count));
    }
    for (const Decision &decision : line.decisions)
        parts.append(decision.sentence);
    if (line.durationNs >= 0)
        parts.append(microsecondsText(line.durationNs));
    return parts.join(QStringLiteral(". "));
}

int StageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

QVariant StageModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::DisplayRole)
        return title(step(index.row()));
    if (role == Qt::AccessibleTextRole)
        return sentence(index.row());
    return {};
}

} // namespace rt
