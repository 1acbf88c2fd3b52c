// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"

namespace rt {

/// Something a stage looks at before it decides: a header of the request ("Origin"), a header of
/// the answer so far, or a member of req ("req.query").
struct StageInput
{
    enum class From { Request, Response, Member };
    From from = From::Request;
    QByteArray name;
    /// As on the wire; JSON for a member. Meaningless when not present.
    QByteArray value;
    bool present = false;
};

/// A member of req that a stage changed. Undefined: it did not exist.
struct RequestMember
{
    QString name;
    JsValue before;
    JsValue after;
};

/// One line of the answer's head as it stood after a step.
struct HeadLine
{
    enum class Mark { Kept, Added, Changed, Removed };
    Mark mark = Mark::Kept;
    QByteArray name;
    QByteArray value;
    /// For Changed: what stood there.
    QByteArray before;
};

/// One step of an exchange on its way through the server's stack: request and answer after it, and
/// what it did to both.
struct StackStep
{
    enum class Kind {
        /// Express has the request; no stage has seen it.
        Arrival,
        Stage,
        /// Enabled, but not meant for this request: `why` says so.
        PassedBy,
        /// A stage's callback just before the head was written (npm on-headers), last added first.
        Callback,
        /// Node writes the head and adds its own lines.
        Wire,
        /// Behind the stage that ended the chain.
        NotReached,
    };
    enum class Why { None, ErrorPending, OnlyErrors, OtherPath };

    Kind kind = Kind::Stage;
    Why why = Why::None;
    QByteArray stage;
    QByteArray mountPath;
    /// Nanoseconds since the request head was complete; -1 when the step took no measurable time.
    qint64 startedNs = -1;
    qint64 durationNs = -1;
    std::vector<Decision> decisions;
    std::vector<HeadLine> head;
    int statusBefore = 0;
    int statusAfter = 0;
    std::vector<RequestMember> changes;
    /// Members of req after the step, those that exist.
    JsValue request = JsValue::object();
    std::vector<StageInput> inputs;
    QString error;
    /// It answered: the chain ends here.
    bool ended = false;

    int count(HeadLine::Mark mark) const;
};

/// The steps of one exchange in the order in which they happened, then what did not run. Empty when
/// nothing is known of the server's inside.
std::vector<StackStep> stackSteps(const ExchangeRecord &exchange);

/// What the stage looks at, as far as this exchange has it. `head`: the answer at that moment.
std::vector<StageInput> stageInputs(const QByteArray &stage, const ExchangeRecord &exchange,
                                    const JsValue &request, const std::vector<HeadLine> &head);

/// The lines of one name in a joined list of values; Set-Cookie is the one header that is several.
QByteArrayList headValues(const QByteArray &name, const QByteArray &joined);

} // namespace rt
