// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "exporters/answercomparison.h"

#include "http/contentcoding.h"

#include <QtGlobal>

#include <algorithm>

namespace rt {

namespace {

using Kind = ComparedPart::Kind;
using Verdict = ComparedPart::Verdict;

constexpr qsizetype shownBytes = 400;
constexpr qint64 mostDecoded = 64 * 1024 * 1024;

/// What the content is once its coding is removed; as it is when that is impossible.
QByteArray decoded(const ReplayedAnswer &answer)
{
    const auto coding = codingNamed(answer.head.headers.get("Content-Encoding").value_or(""));
    if (!coding || *coding == ContentCoding::Identity)
        return answer.body;
    const auto decoder = makeDecoder(*coding, mostDecoded);
    QByteArray content;
    const DecoderStatus status = decoder->write(answer.body, content);
    const bool whole = status == DecoderStatus::Ok || status == DecoderStatus::Finished;
    return whole ? content : answer.body;
}

/// The page Express makes of an error outside production: its text, then where it was thrown.
bool isStackTrace(const QByteArray &body)
{
    return body.startsWith("<!DOCTYPE html>") && body.contains("<br> &nbsp; &nbsp;at ");
}

QByteArray beforeTheTrace(const QByteArray &body)
{
    return isStackTrace(body) ? body.first(body.indexOf("<br> &nbsp; &nbsp;at ")) : body;
}

QByteArrayList namesOf(const HeaderList &headers)
{
    QByteArrayList names;
    for (const HeaderField &field : headers) {
        const bool known = std::any_of(names.begin(), names.end(), [&](const QByteArray &name) {
            return equalsIgnoringCase(name, field.name);
        });
        if (!known)
            names.append(field.name);
    }
    return names;
}

QByteArray statusLine(const ResponseHead &head)
{
    return "HTTP/" + QByteArray::number(head.version.major) + '.'
        + QByteArray::number(head.version.minor) + ' ' + QByteArray::number(head.status) + ' '
        + head.reasonPhrase;
}

QByteArray outcomeName(ReplayedAnswer::Outcome outcome)
{
    switch (outcome) {
    case ReplayedAnswer::Outcome::Answered:
        return "answered";
    case ReplayedAnswer::Outcome::Refused:
        return "connection refused";
    case ReplayedAnswer::Outcome::Closed:
        return "closed before the end";
    case ReplayedAnswer::Outcome::Malformed:
        return "not HTTP";
    case ReplayedAnswer::Outcome::TimedOut:
        return "no answer in time";
    }
    Q_UNREACHABLE();
}

ComparedPart part(Kind kind, const QByteArray &name, const QByteArray &lab, const QByteArray &node)
{
    return {kind, lab == node ? Verdict::Agrees : Verdict::Differs, name, lab, node};
}

/// Why a header cannot be the same twice; empty when it can.
const char *whyNotCompared(QByteArrayView name, bool traced)
{
    if (equalsIgnoringCase(name, "Date"))
        return QT_TRANSLATE_NOOP("comparison", "The moment of the answer, which is another one.");
    if (traced && (equalsIgnoringCase(name, "Content-Length") || equalsIgnoringCase(name, "ETag")))
        return QT_TRANSLATE_NOOP("comparison",
                                 "The page shows a stack trace, which names files of the program.");
    return "";
}

void compareHeaders(ComparedAnswer &result, const ReplayedAnswer &lab, const ReplayedAnswer &node)
{
    QByteArrayList names = namesOf(lab.head.headers);
    for (const QByteArray &name : namesOf(node.head.headers)) {
        if (!lab.head.headers.contains(name))
            names.append(name);
    }
    const bool traced = isStackTrace(lab.body) && isStackTrace(node.body);
    for (const QByteArray &name : std::as_const(names)) {
        ComparedPart compared = part(Kind::Header, name, lab.head.headers.all(name).join("\n"),
                                     node.head.headers.all(name).join("\n"));
        const bool both = lab.head.headers.contains(name) && node.head.headers.contains(name);
        if (!both)
            compared.verdict = Verdict::Differs;
        compared.reason = both ? whyNotCompared(name, traced) : "";
        if (*compared.reason)
            compared.verdict = Verdict::NotCompared;
        result.parts.push_back(compared);
    }
    const QByteArray labOrder = namesOf(lab.head.headers).join(", ");
    const QByteArray nodeOrder = namesOf(node.head.headers).join(", ");
    result.parts.push_back(part(Kind::Order, {}, labOrder, nodeOrder));
}

void compareBodies(ComparedAnswer &result, const ReplayedAnswer &lab, const ReplayedAnswer &node)
{
    const QByteArray labBody = beforeTheTrace(decoded(lab));
    const QByteArray nodeBody = beforeTheTrace(decoded(node));
    ComparedPart compared = part(Kind::Body, {}, labBody, nodeBody);
    compared.lab = labBody.first(std::min(labBody.size(), shownBytes));
    compared.node = nodeBody.first(std::min(nodeBody.size(), shownBytes));
    if (isStackTrace(lab.body) && isStackTrace(node.body))
        compared.reason = QT_TRANSLATE_NOOP(
            "comparison", "Up to the stack trace, which names files of the program.");
    else if (lab.head.headers.contains("Content-Encoding"))
        compared.reason = QT_TRANSLATE_NOOP(
            "comparison", "Unpacked: two compressors may pack the same content differently.");
    result.parts.push_back(compared);
}

} // namespace

int ComparedAnswer::differences() const
{
    return static_cast<int>(
        std::count_if(parts.begin(), parts.end(), [](const ComparedPart &compared) {
            return compared.verdict == Verdict::Differs;
        }));
}

ComparedAnswer compareAnswers(const ReplayedAnswer &lab, const ReplayedAnswer &node)
{
    ComparedAnswer result;
    if (lab.outcome != ReplayedAnswer::Outcome::Answered
        || node.outcome != ReplayedAnswer::Outcome::Answered) {
        result.parts.push_back(
            part(Kind::Outcome, {}, outcomeName(lab.outcome), outcomeName(node.outcome)));
        return result;
    }
    result.parts.push_back(part(Kind::Status, {}, statusLine(lab.head), statusLine(node.head)));
    compareHeaders(result, lab, node);
    compareBodies(result, lab, node);
    return result;
}

} // namespace rt
