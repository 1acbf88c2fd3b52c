// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/stacksteps.h"

#include <QRegularExpression>

#include <algorithm>

namespace rt {

namespace {

using Mark = HeadLine::Mark;
using Kind = StackStep::Kind;

bool isNamed(const HeadLine &line, const QByteArray &name)
{
    return equalsIgnoringCase(line.name, name);
}

bool isNodes(const QByteArray &name)
{
    static const QByteArrayList names {"Date", "Connection", "Keep-Alive", "Transfer-Encoding",
                                       "Content-Length"};
    return std::any_of(names.begin(), names.end(),
                       [&name](const QByteArray &one) { return equalsIgnoringCase(one, name); });
}

/// The answer's head on its way through the stack.
class Head
{
public:
    const std::vector<HeadLine> &lines() const { return m_lines; }

    void begin(const QByteArray &name, const QByteArray &value)
    {
        m_lines.push_back({Mark::Kept, name, value, {}});
    }

    /// Applies what one step did; what the step before removed goes for good.
    void apply(const std::vector<HeaderChange> &changes)
    {
        settle();
        for (const HeaderChange &change : changes) {
            if (change.kind == HeaderChange::Kind::Removed)
                remove(change.name);
            else
                set(change);
        }
    }

    /// The head as Node wrote it, in its order.
    void write(const HeaderList &wire)
    {
        settle();
        std::vector<HeadLine> written;
        for (const HeaderField &field : wire) {
            const auto known
                = std::find_if(m_lines.begin(), m_lines.end(), [&field](const HeadLine &line) {
                      return isNamed(line, field.name) && line.value == field.value;
                  });
            written.push_back(
                {known == m_lines.end() ? Mark::Added : Mark::Kept, field.name, field.value, {}});
        }
        for (const HeadLine &line : m_lines) {
            if (!wire.contains(line.name))
                written.push_back({Mark::Removed, line.name, line.value, {}});
        }
        m_lines = std::move(written);
    }

private:
    void settle()
    {
        std::erase_if(m_lines, [](const HeadLine &line) { return line.mark == Mark::Removed; });
        for (HeadLine &line : m_lines)
            line = {Mark::Kept, line.name, line.value, {}};
    }

    void remove(const QByteArray &name)
    {
        for (HeadLine &line : m_lines) {
            if (isNamed(line, name))
                line.mark = Mark::Removed;
        }
    }

    // Node keeps a name where it stood; further lines of it follow there.
    void set(const HeaderChange &change)
    {
        const QByteArrayList values = headValues(change.name, change.after);
        std::vector<HeadLine> before;
        size_t at = m_lines.size();
        for (size_t i = 0; i < m_lines.size(); ++i) {
            if (!isNamed(m_lines[i], change.name))
                continue;
            at = std::min(at, i);
            before.push_back(m_lines[i]);
        }
        std::erase_if(m_lines,
                      [&change](const HeadLine &line) { return isNamed(line, change.name); });
        std::vector<HeadLine> now;
        const auto count = static_cast<size_t>(values.size());
        for (size_t i = 0; i < std::max(count, before.size()); ++i) {
            const QByteArray old = i < before.size() ? before[i].value : QByteArray();
            const QByteArray value = values.value(static_cast<qsizetype>(i));
            const Mark mark = i >= count ? Mark::Removed
                : i >= before.size()     ? Mark::Added
                : old == value           ? Mark::Kept
                                         : Mark::Changed;
            now.push_back({mark, change.name, mark == Mark::Removed ? old : value,
                           mark == Mark::Changed ? old : QByteArray()});
        }
        at = std::min(at, m_lines.size());
        m_lines.insert(m_lines.begin() + static_cast<std::ptrdiff_t>(at), now.begin(), now.end());
    }

    std::vector<HeadLine> m_lines;
};

/// Builds the list: what ran is recorded, what did not follows from the settings in force.
class StepBuilder
{
public:
    explicit StepBuilder(const ExchangeRecord &exchange)
        : m_exchange(exchange), m_server(exchange.server)
    {
    }

    std::vector<StackStep> build()
    {
        beginHead();
        beginRequest();
        addArrival();
        for (const StageRecord &stage : m_server.stages) {
            addPassedBy(stage.name);
            addStage(stage);
        }
        const std::vector<StackStep> behind = notReached();
        for (auto stage = m_server.stages.rbegin(); stage != m_server.stages.rend(); ++stage)
            addCallback(*stage);
        addWire();
        m_steps.insert(m_steps.end(), behind.begin(), behind.end());
        return std::move(m_steps);
    }

private:
    /// What was there before any stage: told by the first change of each name, and by what no stage
    /// changed.
    void beginHead()
    {
        QByteArrayList seen;
        const auto note = [this, &seen](const std::vector<HeaderChange> &changes) {
            for (const HeaderChange &change : changes) {
                const QByteArray name = change.name.toLower();
                if (!seen.contains(name) && change.kind != HeaderChange::Kind::Added) {
                    for (const QByteArray &value : headValues(change.name, change.before))
                        m_head.begin(change.name, value);
                }
                seen.append(name);
            }
        };
        for (const StageRecord &stage : m_server.stages)
            note(stage.headerChanges);
        for (auto stage = m_server.stages.rbegin(); stage != m_server.stages.rend(); ++stage)
            note(stage->lateHeaderChanges);
        for (const HeaderField &field : m_server.end.response.headers) {
            if (!seen.contains(field.name.toLower()) && !isNodes(field.name))
                m_head.begin(field.name, field.value);
        }
    }

    void beginRequest()
    {
        JsValue request = JsValue::object();
        QStringList changed;
        for (const StageRecord &stage : m_server.stages) {
            for (const auto &[name, after] : stage.requestChanges.members()) {
                if (!changed.contains(name) && stage.requestBefore.contains(name))
                    request.insert(name, stage.requestBefore[name]);
                changed.append(name);
            }
        }
        for (const auto &[name, value] : m_server.handler.members()) {
            if (!changed.contains(name) && name != u"error")
                request.insert(name, value);
        }
        m_request = request;
    }

    StackStep newStep(Kind kind, const QByteArray &stage) const
    {
        StackStep step;
        step.kind = kind;
        step.stage = stage;
        step.statusBefore = step.statusAfter = m_status;
        return step;
    }

    void put(StackStep step)
    {
        step.head = m_head.lines();
        step.request = m_request;
        m_steps.push_back(std::move(step));
    }

    void addArrival()
    {
        StackStep step = newStep(Kind::Arrival, {});
        step.startedNs = 0;
        step.decisions = m_server.decisions;
        put(std::move(step));
    }

    void addStage(const StageRecord &stage)
    {
        StackStep step = newStep(Kind::Stage, stage.name);
        step.mountPath = stage.mountPath;
        step.startedNs = stage.enteredNs;
        step.durationNs = stage.leftNs - stage.enteredNs;
        const size_t late = std::min(static_cast<size_t>(std::max(0, stage.lateDecisions)),
                                     stage.decisions.size());
        step.decisions.assign(stage.decisions.begin(),
                              stage.decisions.end() - static_cast<std::ptrdiff_t>(late));
        step.inputs = stageInputs(stage.name, m_exchange, m_request, m_head.lines());
        m_head.apply(stage.headerChanges);
        for (const auto &[name, after] : stage.requestChanges.members()) {
            step.changes.push_back({name, m_request[name], after});
            m_request.insert(name, after);
        }
        step.statusBefore = stage.statusBefore;
        step.statusAfter = m_status = stage.statusAfter;
        step.error = stage.error;
        step.ended = stage.ended;
        m_error = !stage.error.isEmpty();
        // What a callback looks at is the head at that moment.
        if (isCalledBack(stage))
            std::erase_if(step.inputs, [](const StageInput &input) {
                return input.from == StageInput::From::Response;
            });
        put(std::move(step));
    }

    static bool isCalledBack(const StageRecord &stage)
    {
        return stage.lateNs > 0 || stage.lateDecisions > 0 || !stage.lateHeaderChanges.empty();
    }

    void addCallback(const StageRecord &stage)
    {
        if (!isCalledBack(stage))
            return;
        StackStep step = newStep(Kind::Callback, stage.name);
        step.mountPath = stage.mountPath;
        if (stage.lateNs > 0)
            step.durationNs = stage.lateNs;
        const size_t late = std::min(static_cast<size_t>(std::max(0, stage.lateDecisions)),
                                     stage.decisions.size());
        step.decisions.assign(stage.decisions.end() - static_cast<std::ptrdiff_t>(late),
                              stage.decisions.end());
        step.inputs = stageInputs(stage.name, m_exchange, m_request, m_head.lines());
        m_head.apply(stage.lateHeaderChanges);
        put(std::move(step));
    }

    void addWire()
    {
        const ResponseHead &written = m_server.end.response;
        if (written.status == 0)
            return;
        m_head.write(written.headers);
        m_status = written.status;
        put(newStep(Kind::Wire, {}));
    }

    /// Enabled stages in order; empty when the settings are not known.
    const QByteArrayList &order()
    {
        if (m_orderRead || !m_server.settings)
            return m_order;
        m_orderRead = true;
        for (const JsValue &name : (*m_server.settings)[u"order"].items()) {
            const QString stage = name.toString();
            if ((*m_server.settings)[stage + QStringLiteral(".enabled")] != JsValue(false))
                m_order.append(stage.toLatin1());
        }
        return m_order;
    }

    /// Moves to the stage that ran; what stands before it in the order was not meant for this
    /// request.
    void addPassedBy(const QByteArray &ran)
    {
        const qsizetype at = order().indexOf(ran, m_next);
        if (at < 0)
            return;
        for (; m_next < at; ++m_next) {
            StackStep step = newStep(Kind::PassedBy, m_order.at(m_next));
            step.why = m_error           ? StackStep::Why::ErrorPending
                : step.stage == "errors" ? StackStep::Why::OnlyErrors
                                         : StackStep::Why::OtherPath;
            put(std::move(step));
        }
        ++m_next;
    }

    std::vector<StackStep> notReached()
    {
        std::vector<StackStep> behind;
        for (; !m_server.stages.empty() && m_next < order().size(); ++m_next) {
            // The final handlers are Express's own: they are not missed when a stage has answered.
            if (m_order.at(m_next) != "notFound" && m_order.at(m_next) != "errors")
                behind.push_back(newStep(Kind::NotReached, m_order.at(m_next)));
        }
        return behind;
    }

    const ExchangeRecord &m_exchange;
    const ServerReport &m_server;
    std::vector<StackStep> m_steps;
    Head m_head;
    JsValue m_request;
    int m_status = 200;
    bool m_error = false;
    QByteArrayList m_order;
    bool m_orderRead = false;
    qsizetype m_next = 0;
};

} // namespace

int StackStep::count(HeadLine::Mark mark) const
{
    return static_cast<int>(std::count_if(
        head.begin(), head.end(), [mark](const HeadLine &line) { return line.mark == mark; }));
}

std::vector<StackStep> stackSteps(const ExchangeRecord &exchange)
{
    return exchange.hasServer ? StepBuilder(exchange).build() : std::vector<StackStep>();
}

QByteArrayList headValues(const QByteArray &name, const QByteArray &joined)
{
    if (!equalsIgnoringCase(name, "Set-Cookie"))
        return {joined};
    // A comma also stands in Expires; a new cookie begins with its name and "=".
    static const QRegularExpression border(QStringLiteral(", (?=[^;,=\\s]+=)"));
    QByteArrayList values;
    for (const QString &value : QString::fromLatin1(joined).split(border))
        values.append(value.toLatin1());
    return values;
}

} // namespace rt
