// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/stagedetail.h"

#include "lab/labconfig.h"
#include "models/stagemodel.h"
#include "models/trafficformat.h"
#include "widgets/pill.h"
#include "widgets/richview.h"

namespace rt {

using Kind = StackStep::Kind;
using Mark = HeadLine::Mark;

namespace {

/// A value longer than this is cut: the Body page shows the whole.
constexpr qsizetype longestValue = 600;

QString escaped(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes).toHtmlEscaped();
}

QString section(const QString &title, const QString &rows)
{
    return rows.isEmpty()
        ? QString()
        : QStringLiteral("<p class=\"cap\">%1</p><table cellspacing=\"0\" cellpadding=\"2\" "
                         "width=\"100%\">%2</table>")
              .arg(title, rows);
}

QString jsonText(const JsValue &value)
{
    QByteArray text = toJson(value);
    if (value.isBuffer())
        return StageDetail::tr("%1 of bytes").arg(bytesText(value.toBuffer().size()));
    if (text.size() > longestValue)
        text = text.first(longestValue) + "\u2026";
    return QString::fromUtf8(text);
}

} // namespace

QString StageDetail::html(const StackStep &step, const ExchangeRecord &exchange) const
{
    QString text = heading(step) + lead(step) + decisions(step);
    if (step.kind == Kind::NotReached || step.kind == Kind::PassedBy)
        return text;
    // What the step did comes first: in a small window the rest has to be scrolled to.
    text += step.changes.empty() ? head(step) + request(step) : request(step) + head(step);
    if (step.ended)
        text += seenByRoute(exchange);
    return text + inputs(step);
}

QString StageDetail::heading(const StackStep &step) const
{
    const MiddlewareInfo *info = middlewareInfo(step.stage);
    QString name = StageModel::title(step).toHtmlEscaped();
    if (info)
        name = QStringLiteral("<a href=\"option:%1\"><b>%2</b></a>").arg(escaped(step.stage), name);
    else
        name = QStringLiteral("<b>%1</b>").arg(name);
    if (info && step.kind == Kind::Stage && !info->npmName.isEmpty() && info->npmName != step.stage)
        name += QStringLiteral(" <code>%1()</code>").arg(escaped(info->npmName));
    if (!step.mountPath.isEmpty())
        name += QStringLiteral(" <span class=\"dim\">%1</span> <code>%2</code>")
                    .arg(tr("on"), escaped(step.mountPath));
    if (step.durationNs >= 0)
        name += QStringLiteral(" <span class=\"dim\">%1</span>")
                    .arg(microsecondsText(step.durationNs));
    if (step.ended)
        name += QStringLiteral(" <a href=\"pick:endedBy\">%1</a>")
                    .arg(m_view.pill(tr("the chain ends here"), pillTokens(PillTone::Accent)));
    return QStringLiteral("<p>%1</p>").arg(name);
}

QString StageDetail::lead(const StackStep &step) const
{
    const QString stage = QString::fromLatin1(step.stage).toHtmlEscaped();
    switch (step.kind) {
    case Kind::Arrival:
        return QStringLiteral("<p class=\"dim\">%1</p>")
            .arg(tr("Express has parsed the query and set X-Powered-By. No middleware has seen the "
                    "request yet."));
    case Kind::Callback:
        return QStringLiteral("<p class=\"dim\">%1</p>")
            .arg(tr("%1 asked to be called just before the head is written. Such callbacks run in "
                    "reverse order: the one mounted last comes first.")
                     .arg(stage));
    case Kind::Wire:
        return QStringLiteral("<p class=\"dim\">%1</p>")
            .arg(tr("No middleware can change the head any more. Node adds what HTTP needs and "
                    "writes the bytes."));
    case Kind::NotReached:
        return QStringLiteral("<p>%1</p>")
            .arg(tr("%1 did not run: the answer was given before its turn came.").arg(stage));
    case Kind::PassedBy:
        return QStringLiteral("<p>%1</p>")
            .arg(tr("%1 was passed by: %2.").arg(stage, StageModel::outcome(step)));
    case Kind::Stage:
        break;
    }
    return {};
}

QString StageDetail::decisions(const StackStep &step) const
{
    QString text;
    if (!step.error.isEmpty())
        text += QStringLiteral("<p style=\"%1\">%2</p>")
                    .arg(m_view.ink(Token::Bad),
                         tr("It passed on an error: %1").arg(step.error.toHtmlEscaped()));
    for (const Decision &decision : step.decisions)
        text += QStringLiteral("<p>%1 <span class=\"dim\"><code>%2</code></span></p>")
                    .arg(decision.sentence.toHtmlEscaped(), escaped(decision.id));
    const bool silent = step.kind == Kind::Stage && text.isEmpty() && step.changes.empty()
        && step.count(Mark::Added) + step.count(Mark::Changed) + step.count(Mark::Removed) == 0;
    if (silent)
        text = QStringLiteral("<p>%1</p>").arg(tr("It changed nothing and called next()."));
    return text;
}

QString StageDetail::inputs(const StackStep &step) const
{
    QString rows;
    for (const StageInput &input : step.inputs) {
        const QString where = input.from == StageInput::From::Response ? tr("answer so far")
            : input.from == StageInput::From::Request                  ? tr("request")
                                                                       : QString();
        const QString value = input.present
            ? QStringLiteral("<code>%1</code>").arg(escaped(input.value.left(longestValue)))
            : QStringLiteral("<span class=\"dim\">%1</span>").arg(tr("absent"));
        rows += QStringLiteral("<tr><td width=\"34%\"><code>%1</code> <span class=\"dim\">%2</span>"
                               "</td><td>%3</td></tr>")
                    .arg(escaped(input.name), where, value);
    }
    return section(tr("What it looked at"), rows);
}

QString StageDetail::diffRow(Mark mark, const QString &text, const QString &note) const
{
    static const QString signs[]
        = {QString(), QStringLiteral("+"), QStringLiteral("~"), QStringLiteral("\u2212")};
    static constexpr Token inks[] = {Token::Dim, Token::Good, Token::Caution, Token::Bad};
    static constexpr Token tints[]
        = {Token::Pane, Token::GoodTint, Token::CautionTint, Token::BadTint};
    const auto index = static_cast<size_t>(mark);
    const QString style
        = mark == Mark::Removed ? QStringLiteral("text-decoration: line-through") : QString();
    return QStringLiteral("<tr%1><td width=\"14\"><code><b style=\"%2\">%3</b></code></td>"
                          "<td><code style=\"%4\">%5</code>%6</td></tr>")
        .arg(mark == Mark::Kept ? QString()
                                : QStringLiteral(" bgcolor=\"%1\"").arg(m_view.shade(tints[index])),
             m_view.ink(inks[index]), signs[index], style, text,
             note.isEmpty() ? QString()
                            : QStringLiteral("<br><span class=\"dim\">%1</span>").arg(note));
}

QString StageDetail::head(const StackStep &step) const
{
    QString rows;
    if (step.statusBefore != step.statusAfter)
        rows += diffRow(Mark::Changed, tr("status %1").arg(step.statusAfter),
                        tr("was %1").arg(step.statusBefore));
    for (const HeadLine &line : step.head) {
        const QString text = escaped(line.name) + QStringLiteral(": ") + escaped(line.value);
        rows += diffRow(line.mark, text,
                        line.mark == Mark::Changed ? tr("was %1").arg(
                            QStringLiteral("<code>%1</code>").arg(escaped(line.before)))
                                                   : QString());
    }
    const QString title
        = step.kind == Kind::Wire ? tr("The answer on the wire") : tr("The answer so far");
    return section(title, rows);
}

QString StageDetail::request(const StackStep &step) const
{
    QString rows;
    QStringList changed;
    for (const RequestMember &member : step.changes) {
        const QString name = QStringLiteral("req.") + member.name.toHtmlEscaped();
        changed.append(member.name);
        const bool isNew = member.before.isUndefined();
        const bool isGone = member.after.isUndefined();
        const QString shown = isGone ? jsonText(member.before) : jsonText(member.after);
        rows += diffRow(isNew        ? Mark::Added
                            : isGone ? Mark::Removed
                                     : Mark::Changed,
                        name + QStringLiteral(" = ") + shown.toHtmlEscaped(),
                        isNew || isGone
                            ? QString()
                            : tr("was %1").arg(QStringLiteral("<code>%1</code>")
                                                   .arg(jsonText(member.before).toHtmlEscaped())));
    }
    for (const auto &[name, value] : step.request.members()) {
        if (!changed.contains(name))
            rows += diffRow(Mark::Kept,
                            QStringLiteral("req.%1 = %2")
                                .arg(name.toHtmlEscaped(), jsonText(value).toHtmlEscaped()));
    }
    return section(tr("The request in Express"), rows);
}

// What the handler saw is the proof of several lessons, so each part of it can be pointed at.
QString StageDetail::seenByRoute(const ExchangeRecord &exchange) const
{
    QString rows;
    const auto row = [&rows](const QString &path, const QString &label, const JsValue &value) {
        rows += QStringLiteral("<tr><td width=\"34%\"><a href=\"pick:handler.%1\"><code>%2</code>"
                               "</a></td><td><code>%3</code></td></tr>")
                    .arg(path, label.toHtmlEscaped(), jsonText(value).toHtmlEscaped());
    };
    for (const auto &[part, value] : exchange.server.handler.members()) {
        if (!value.isObject()) {
            if (!value.isUndefined())
                row(part.toHtmlEscaped(),
                    part == u"error" ? tr("error") : QStringLiteral("req.") + part, value);
            continue;
        }
        for (const auto &[key, inner] : value.members())
            row(QStringLiteral("%1[&quot;/%2&quot;]").arg(part, key.toHtmlEscaped()),
                QStringLiteral("req.%1.%2").arg(part, key), inner);
    }
    return section(tr("What the handler saw"), rows);
}

} // namespace rt
