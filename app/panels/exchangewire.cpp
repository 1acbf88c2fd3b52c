// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/exchangewire.h"

#include "models/tlstext.h"
#include "models/trafficformat.h"
#include "panels/exchangebytes.h"
#include "widgets/captionlabel.h"
#include "widgets/segmented.h"

#include <QBoxLayout>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QSyntaxHighlighter>

namespace rt {

namespace {

/// Line ends step back, the start line stands out.
class WireHighlighter final : public QSyntaxHighlighter
{
public:
    WireHighlighter(const Theme &theme, QTextDocument *document)
        : QSyntaxHighlighter(document), m_theme(theme)
    {
        connect(&theme, &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
    }

protected:
    void highlightBlock(const QString &text) override
    {
        QTextCharFormat dim;
        dim.setForeground(m_theme.color(Token::Dim));
        QTextCharFormat strong;
        strong.setFontWeight(QFont::Bold);
        QTextCharFormat name;
        name.setForeground(m_theme.color(Token::Accent));
        const qsizetype end = text.indexOf(QChar(u'\u240a'));
        const qsizetype cr = text.indexOf(QChar(u'\u240d'));
        const bool head = previousBlockState() != 1;
        if (currentBlock().blockNumber() == 0)
            setFormat(0, static_cast<int>(text.size()), strong);
        else if (head && text.contains(u':'))
            setFormat(0, static_cast<int>(text.indexOf(u':')), name);
        if (end >= 0)
            setFormat(static_cast<int>(cr >= 0 ? cr : end), static_cast<int>(text.size()), dim);
        const bool emptyLine = end >= 0 && (cr == 0 || end == 0);
        setCurrentBlockState(!head || emptyLine ? 1 : 0);
    }

private:
    const Theme &m_theme;
};

} // namespace

ExchangeWire::ExchangeWire(const Theme &theme, Selection &selection, QWidget *parent)
    : ExchangePage(theme, selection, parent),
      m_end(new Segmented(theme, {tr("client's end"), tr("server's end")}, this)),
      m_note(new CaptionLabel(theme, {}, this, FontRole::Small)),
      m_tls(new CaptionLabel(theme, {}, this, FontRole::Small)),
      m_request(makeText("inspector.wire.request", tr("Request, byte for byte"))),
      m_response(makeText("inspector.wire.response", tr("Answer, byte for byte")))
{
    m_end->setCurrent(0);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(14, 2, 14, 6);
    row->setSpacing(16);
    row->addWidget(m_end);
    row->addWidget(m_note, 1);
    m_tls->setObjectName(QStringLiteral("inspector.wire.tls"));
    m_tls->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_tls->setContentsMargins(14, 0, 14, 6);
    m_tls->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *sides = new QSplitter(Qt::Horizontal, this);
    sides->addWidget(m_request);
    sides->addWidget(m_response);
    sides->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_tls);
    column->addWidget(sides, 1);
    connect(m_end, &Segmented::chosen, this, &ExchangeWire::refresh);
}

QPlainTextEdit *ExchangeWire::makeText(const char *name, const QString &title)
{
    auto *text = new QPlainTextEdit(this);
    text->setObjectName(QLatin1StringView(name));
    text->setAccessibleName(title);
    text->setReadOnly(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setLayoutDirection(Qt::LeftToRight);
    text->setFont(m_theme.font(FontRole::Mono));
    text->document()->setDocumentMargin(10);
    new WireHighlighter(m_theme, text->document());
    connect(&m_theme, &Theme::changed, text,
            [this, text] { text->setFont(m_theme.font(FontRole::Mono)); });
    return text;
}

void ExchangeWire::show(const Inspected &inspected)
{
    m_exchange = inspected.exchange;
    if (m_exchange && m_exchange->hasClient != m_exchange->hasServer)
        m_end->setCurrent(m_exchange->hasClient ? 0 : 1);
    refresh();
}

void ExchangeWire::refresh()
{
    m_request->clear();
    m_response->clear();
    m_note->clear();
    m_tls->hide();
    if (!m_exchange)
        return;
    const bool server = m_end->current() == 1;
    if (server ? !m_exchange->hasServer : !m_exchange->hasClient) {
        m_note->setText(server ? tr("The server is not the lab's: nothing is known of this end.")
                               : tr("The client is not the lab's: nothing is known of this end."));
        return;
    }
    const EndReport &end = server ? m_exchange->server.end : m_exchange->client.end;
    if (end.tls) {
        m_tls->setText(handshakeLine(*end.tls));
        m_tls->setToolTip(certificatesText(*end.tls));
        m_tls->show();
    }
    m_request->setPlainText(visibleBytes(end.requestBytes));
    m_response->setPlainText(visibleBytes(end.responseBytes));
    const bool same = m_exchange->hasServer && m_exchange->hasClient
        && m_exchange->client.end.requestBytes == m_exchange->server.end.requestBytes
        && m_exchange->client.end.responseBytes == m_exchange->server.end.responseBytes;
    m_note->setText(
        tr("%1 out, %2 back.")
            .arg(bytesText(end.requestBytes.size()), bytesText(end.responseBytes.size()))
        + (same ? u' ' + tr("Both ends saw the same bytes.") : QString()));
}

} // namespace rt
