// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/exchangestory.h"

#include "models/trafficformat.h"
#include "panels/fixbar.h"
#include "widgets/richview.h"

#include <QBoxLayout>

namespace rt {

namespace {

QString paragraph(const QString &text)
{
    return text.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
}

/// `html` is escaped already.
QString fact(const QString &name, const QString &html)
{
    return html.isEmpty() ? QString()
                          : QStringLiteral("<tr><td class=\"dim\">%1</td><td>%2</td></tr>")
                                .arg(name.toHtmlEscaped(), html);
}

QString names(const HeaderList &headers)
{
    QStringList list;
    for (const HeaderField &field : headers)
        list << QString::fromLatin1(field.name);
    list.removeDuplicates();
    return list.join(QStringLiteral(", ")).toHtmlEscaped();
}

} // namespace

ExchangeStory::ExchangeStory(const Theme &theme, Selection &selection, QWidget *parent)
    : ExchangePage(theme, selection, parent), m_view(new RichView(theme, this)),
      m_fixes(new FixBar(theme, QStringLiteral("inspector.fix"), this))
{
    m_view->setObjectName(QStringLiteral("inspector.story"));
    m_view->setAccessibleName(tr("Story"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_fixes);
    column->addWidget(m_view, 1);
    connect(m_view, &RichView::restyled, this, &ExchangeStory::refresh);
    connect(m_fixes, &FixBar::fixRequested, this, &ExchangeStory::fixRequested);
    connect(m_fixes, &FixBar::optionRequested, &selection, &Selection::selectOption);
}

void ExchangeStory::show(const Inspected &inspected)
{
    m_inspected = inspected;
    m_fixes->setDiagnosis(inspected.diagnosis);
    refresh();
}

void ExchangeStory::refresh()
{
    const Diagnosis &diagnosis = m_inspected.diagnosis;
    QString html = paragraph(diagnosis.cause) + paragraph(diagnosis.remedy);
    html += QStringLiteral("<table cellspacing=\"0\">") + facts() + cookieFacts()
        + QStringLiteral("</table>") + consoleLines();
    m_view->setContent(html);
}

QString ExchangeStory::facts() const
{
    QString html;
    if (const auto &call = m_inspected.call) {
        html += fact(tr("Asked by"),
                     pageText(call->page).toHtmlEscaped()
                         + (call->page.isEmpty() ? QString()
                                                 : QStringLiteral(" ") + m_view->wire(call->page)));
        html += fact(tr("Asked for"), m_view->wire(call->method + ' ' + call->url));
        html += fact(tr("Rules"),
                     call->page.isEmpty() ? tr("none: no browser, no page")
                                          : tr("mode %1, credentials %2")
                                                .arg(QString::fromLatin1(call->mode),
                                                     QString::fromLatin1(call->credentials)));
        html += fact(tr("Preflight"),
                     call->preflight == CallRecord::Preflight::Sent ? tr("sent before the request")
                         : call->preflight == CallRecord::Preflight::Cached
                         ? tr("not sent: an earlier permission still holds")
                         : tr("not needed"));
        if (!call->type.isEmpty())
            html += fact(tr("Answer type"), m_view->wire(call->type));
        html += fact(tr("Script sees"),
                     call->readable ? tr("status %1 and the body").arg(call->status)
                                    : tr("nothing of the answer"));
        html += fact(tr("Headers it may read"), names(call->seen));
        html += fact(tr("On the server"),
                     call->executed ? tr("the route did its work") : tr("the route did nothing"));
        if (!call->chromiumCode.isEmpty())
            html += fact(tr("Chromium's name for it"), m_view->wire(call->chromiumCode));
    } else if (const auto &exchange = m_inspected.exchange) {
        html += fact(tr("Asked by"), tr("a client that is not the lab's"));
        html += fact(tr("Asked for"),
                     m_view->wire(exchange->request().method + ' ' + exchange->targetOrigin
                                  + exchange->request().target));
    }
    if (const auto &exchange = m_inspected.exchange) {
        html += fact(tr("Answered by"),
                     QString::fromLatin1(exchange->server.endedBy).toHtmlEscaped());
        html += fact(tr("On the wire"),
                     tr("%1 out, %2 back, %3")
                         .arg(bytesText(exchange->end().requestBytes.size()),
                              bytesText(exchange->end().responseBytes.size()),
                              durationText(exchange->durationMs())));
    }
    return html;
}

QString ExchangeStory::cookieFacts() const
{
    if (!m_inspected.call)
        return {};
    QString html;
    for (const auto &[name, reason] : m_inspected.call->withheld)
        html += fact(tr("Cookie not sent"),
                     m_view->wire(name) + QStringLiteral(" \u00b7 ")
                         + QString::fromLatin1(reason).toHtmlEscaped());
    for (const auto &[name, reason] : m_inspected.call->rejected)
        html += fact(tr("Cookie not kept"),
                     m_view->wire(name) + QStringLiteral(" \u00b7 ")
                         + QString::fromLatin1(reason).toHtmlEscaped());
    return html;
}

QString ExchangeStory::consoleLines() const
{
    if (!m_inspected.call || m_inspected.call->console.isEmpty())
        return {};
    QString html = QStringLiteral("<h3>%1</h3>").arg(tr("What Chromium's console says"));
    for (const QString &line : m_inspected.call->console)
        html += QStringLiteral("<p><code style=\"%1\">%2</code></p>")
                    .arg(m_view->ink(Token::Bad), line.toHtmlEscaped());
    return html;
}

} // namespace rt
