// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/exchangebody.h"

#include "forms/codeview.h"
#include "models/trafficformat.h"
#include "widgets/captionlabel.h"
#include "widgets/segmented.h"

#include <QBoxLayout>

namespace rt {

namespace {
enum Side { Answer, Request };
enum Form { Pretty, Text, Hex };
} // namespace

ExchangeBody::ExchangeBody(const Theme &theme, Selection &selection, QWidget *parent)
    : ExchangePage(theme, selection, parent),
      m_side(new Segmented(theme, {tr("answer"), tr("request")}, this)),
      m_form(new Segmented(theme, {tr("pretty"), tr("text"), tr("hex")}, this)),
      m_note(new CaptionLabel(theme, {}, this, FontRole::Small)),
      m_text(new CodeView(theme, CodeHighlighter::Language::Json, this))
{
    m_side->setCurrent(Answer);
    m_form->setCurrent(Pretty);
    m_text->setObjectName(QStringLiteral("inspector.body"));
    m_text->setAccessibleName(tr("Body"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(14, 2, 14, 6);
    row->setSpacing(16);
    row->addWidget(m_side);
    row->addWidget(m_form);
    row->addWidget(m_note, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_text, 1);
    connect(m_side, &Segmented::chosen, this, &ExchangeBody::refresh);
    connect(m_form, &Segmented::chosen, this, &ExchangeBody::refresh);
}

void ExchangeBody::show(const Inspected &inspected)
{
    for (const Side side : {Answer, Request}) {
        m_bodies[side] = {};
        m_raw[side].clear();
        if (!inspected.exchange)
            continue;
        const EndReport &end = inspected.exchange->end();
        m_raw[side] = side == Answer ? end.responseBody : end.requestBody;
        m_bodies[side] = readableBody(side == Answer ? end.response.headers : end.request.headers,
                                      m_raw[side]);
    }
    m_cut = inspected.exchange ? inspected.exchange->bytesCut : 0;
    // A request without an answer body is asked about for what it sent.
    if (m_raw[m_side->current()].isEmpty() && !m_raw[1 - m_side->current()].isEmpty())
        m_side->setCurrent(1 - m_side->current());
    refresh();
}

QString ExchangeBody::note() const
{
    const ReadableBody &body = m_bodies[m_side->current()];
    const QByteArray &raw = m_raw[m_side->current()];
    QStringList parts;
    if (raw.isEmpty())
        parts << tr("No body.");
    else if (!body.coding.isEmpty())
        parts << tr("%1 as %2 on the wire, %3 decoded.")
                     .arg(bytesText(raw.size()), QString::fromLatin1(body.coding),
                          bytesText(body.bytes.size()));
    else
        parts << tr("%1.").arg(bytesText(raw.size()));
    if (!body.problem.isEmpty())
        parts << body.problem;
    if (m_cut > 0)
        parts << tr("%1 were not kept: the capture's limit was reached.").arg(bytesText(m_cut));
    return parts.join(u' ');
}

void ExchangeBody::refresh()
{
    const ReadableBody &body = m_bodies[m_side->current()];
    const int form = body.kind == ReadableBody::Kind::Binary ? Hex : m_form->current();
    m_text->setLanguage(form == Hex ? CodeHighlighter::Language::Plain
                            : body.kind == ReadableBody::Kind::Json
                            ? CodeHighlighter::Language::Json
                            : CodeHighlighter::Language::Plain);
    m_text->setLineNumbersVisible(form == Pretty && !body.bytes.isEmpty());
    m_text->setCode(form == Hex          ? hexDump(m_raw[m_side->current()])
                        : form == Pretty ? prettyText(body)
                                         : QString::fromUtf8(body.bytes));
    m_note->setText(note());
}

} // namespace rt
