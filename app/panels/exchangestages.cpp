// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/exchangestages.h"

#include "models/trafficformat.h"
#include "widgets/pill.h"
#include "widgets/richview.h"

#include <QBoxLayout>

namespace rt {

ExchangeStages::ExchangeStages(const Theme &theme, Selection &selection, QWidget *parent)
    : ExchangePage(theme, selection, parent), m_view(new RichView(theme, this))
{
    m_view->setObjectName(QStringLiteral("inspector.stages"));
    m_view->setAccessibleName(tr("Stages"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    connect(m_view, &RichView::linkClicked, this, &ExchangeStages::follow);
    connect(m_view, &RichView::restyled, this, &ExchangeStages::refresh);
}

void ExchangeStages::show(const Inspected &inspected)
{
    m_inspected = inspected;
    refresh();
}

QString ExchangeStages::changeLines(const std::vector<HeaderChange> &changes,
                                    const QString &when) const
{
    QString html;
    for (const HeaderChange &change : changes) {
        const bool added = change.kind == HeaderChange::Kind::Added;
        const bool removed = change.kind == HeaderChange::Kind::Removed;
        const QString mark = added ? QStringLiteral("+")
            : removed              ? QStringLiteral("\u2212")
                                   : QStringLiteral("~");
        const QByteArray line = change.name + ": " + (removed ? change.before : change.after);
        html += QStringLiteral("<div><code><b style=\"%1\">%2</b> %3</code>%4</div>")
                    .arg(m_view->ink(added ? Token::Good : Token::Caution), mark,
                         QString::fromUtf8(line).toHtmlEscaped(),
                         when.isEmpty()
                             ? QString()
                             : QStringLiteral(" <span class=\"dim\">%1</span>").arg(when));
    }
    return html;
}

QString ExchangeStages::stageRow(const StageRecord &stage) const
{
    QString did = changeLines(stage.headerChanges, {})
        + changeLines(stage.lateHeaderChanges, tr("just before the head was written"));
    for (const Decision &decision : stage.decisions)
        did += QStringLiteral("<div>%1</div>").arg(decision.sentence.toHtmlEscaped());
    if (!stage.requestChanges.isUndefined())
        did += QStringLiteral("<div><span class=\"dim\">%1</span> %2</div>")
                   .arg(tr("on the request:"), m_view->wire(toJson(stage.requestChanges)));
    if (stage.statusAfter != stage.statusBefore)
        did += QStringLiteral("<div><span class=\"dim\">%1</span> %2</div>")
                   .arg(tr("status"))
                   .arg(stage.statusAfter);
    if (!stage.error.isEmpty())
        did += QStringLiteral("<div style=\"%1\">%2</div>")
                   .arg(m_view->ink(Token::Bad), stage.error.toHtmlEscaped());
    if (stage.ended)
        did += QStringLiteral("<div><a href=\"pick:endedBy\">%1</a></div>")
                   .arg(m_view->pill(tr("answered here"), pillTokens(PillTone::Accent)));
    if (did.isEmpty())
        did = QStringLiteral("<span class=\"dim\">%1</span>").arg(tr("passed it on"));
    const QString mount = stage.mountPath.isEmpty()
        ? QString()
        : QStringLiteral("<br>") + m_view->wire(stage.mountPath);
    return QStringLiteral("<tr><td><a href=\"stage:%1\"><b>%1</b></a>%2</td><td>%3</td>"
                          "<td align=\"right\" class=\"dim\"><code>%4</code></td></tr>")
        .arg(QString::fromLatin1(stage.name).toHtmlEscaped(), mount, did,
             durationText(static_cast<double>(stage.leftNs - stage.enteredNs) / 1e6));
}

// What the route saw after everything before it: the proof of several lessons, so it can be pointed
// at.
QString ExchangeStages::handlerTable() const
{
    const JsValue &handler = m_inspected.exchange->server.handler;
    QString rows;
    for (const auto &[part, value] : handler.members()) {
        if (!value.isObject()) {
            if (!value.isUndefined())
                rows += QStringLiteral(
                            "<tr><td><a "
                            "href=\"pick:handler.%1\"><code>%1</code></a></td><td>%2</td></tr>")
                            .arg(part.toHtmlEscaped(), m_view->wire(toJson(value)));
            continue;
        }
        for (const auto &[key, inner] : value.members())
            rows
                += QStringLiteral("<tr><td><a "
                                  "href=\"pick:handler.%1[&quot;/%2&quot;]\"><code>req.%1.%2</"
                                  "code></a></td><td>%3</td></tr>")
                       .arg(part.toHtmlEscaped(), key.toHtmlEscaped(), m_view->wire(toJson(inner)));
    }
    if (rows.isEmpty())
        return {};
    return QStringLiteral("<h3>%1</h3><table cellspacing=\"0\">%2</table>")
        .arg(tr("What the route saw"), rows);
}

void ExchangeStages::refresh()
{
    const auto &exchange = m_inspected.exchange;
    if (!exchange || !exchange->hasServer) {
        m_view->setContent(
            QStringLiteral("<p class=\"dim\">%1</p>")
                .arg(exchange ? tr("The server is not the lab's: nothing is known of its inside.")
                              : tr("Nothing reached the server.")));
        return;
    }
    QString html;
    for (const Decision &decision : exchange->server.decisions)
        html += QStringLiteral("<p>%1</p>").arg(decision.sentence.toHtmlEscaped());
    html += QStringLiteral("<table cellspacing=\"0\" width=\"100%\">");
    for (const StageRecord &stage : exchange->server.stages)
        html += stageRow(stage);
    html += QStringLiteral("</table>");
    if (exchange->server.stages.empty())
        html += QStringLiteral("<p class=\"dim\">%1</p>")
                    .arg(tr("No stage of the stack saw this request."));
    m_view->setContent(html + handlerTable());
}

void ExchangeStages::follow(const QString &link)
{
    const QString target = link.section(u':', 1);
    if (link.startsWith(QStringLiteral("stage:"))) {
        m_selection.selectOption("server." + target.toLatin1());
        pick(QStringLiteral("visited"), m_inspected.exchange->id);
    } else {
        pick(target, m_inspected.exchange->id);
    }
}

} // namespace rt
