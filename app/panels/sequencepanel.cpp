// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/sequencepanel.h"

#include "capture/capturestore.h"
#include "widgets/captionlabel.h"
#include "widgets/emptystate.h"
#include "widgets/segmented.h"
#include "widgets/sequenceview.h"
#include "widgets/theme.h"

#include <QHBoxLayout>
#include <QImage>
#include <QPainter>
#include <QStackedWidget>
#include <QSvgGenerator>
#include <QToolButton>
#include <QVBoxLayout>

#include <functional>
#include <vector>

namespace rt {

SequencePanel::SequencePanel(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_pages(new QStackedWidget(this)),
      m_view(new SequenceView(theme, this)),
      m_empty(new EmptyState(
          theme, QStringLiteral("sequence"),
          tr("Who said what to whom, in order, appears here once a request is selected."), this)),
      m_mode(new Segmented(theme, {tr("requests"), tr("real time")}, this))
{
    setObjectName(QStringLiteral("sequence"));
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_view);
    m_mode->setCurrent(0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(m_pages, 1);
    connect(m_mode, &Segmented::chosen, m_view,
            [this](int index) { m_view->setMode(static_cast<SequenceView::Mode>(index)); });
    connect(m_view, &SequenceView::exchangeClicked, this, &SequencePanel::exchangeSelected);
}

QWidget *SequencePanel::makeHeader()
{
    auto *header = new QWidget(this);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(16, 4, 12, 4);
    row->setSpacing(8);
    row->addWidget(new CaptionLabel(m_theme, tr("SEQUENCE"), header));
    row->addWidget(m_mode);
    row->addStretch(1);
    struct Button
    {
        QString icon;
        QString name;
        std::function<void()> act;
    };
    const std::vector<Button> buttons {
        {QStringLiteral("fit"), tr("Fit the sequence"), [this] { m_view->fit(); }},
        {QStringLiteral("minus"), tr("Zoom out"), [this] { m_view->zoomBy(0.8); }},
        {QStringLiteral("plus"), tr("Zoom in"), [this] { m_view->zoomBy(1.25); }},
    };
    for (const Button &button : buttons) {
        auto *tool = new QToolButton(header);
        tool->setAutoRaise(true);
        tool->setIcon(m_theme.icon(button.icon, Token::Dim));
        tool->setToolTip(button.name);
        tool->setAccessibleName(button.name);
        connect(tool, &QToolButton::clicked, this, button.act);
        row->addWidget(tool);
    }
    return header;
}

void SequencePanel::setStore(const CaptureStore *store)
{
    m_store = store;
    show(0, 0);
}

void SequencePanel::showExchange(quint64 exchange)
{
    const ExchangeSummary *summary = m_store ? m_store->summary(exchange) : nullptr;
    show(summary ? summary->call : 0, summary ? exchange : 0);
}

void SequencePanel::showCall(quint64 call)
{
    const CallRecord *record = m_store ? m_store->call(call) : nullptr;
    show(record ? call : 0, record && !record->exchanges.empty() ? record->exchanges.back() : 0);
}

void SequencePanel::refresh()
{
    show(m_call, m_exchange);
}

void SequencePanel::show(quint64 call, quint64 exchange)
{
    const bool another = call != m_call || (call == 0 && exchange != m_exchange);
    m_call = call;
    m_exchange = exchange;
    std::vector<ExchangeRecord> exchanges;
    if (call != 0) {
        exchanges = m_store->exchangesOf(call);
    } else if (exchange != 0) {
        if (auto record = m_store->exchange(exchange))
            exchanges.push_back(std::move(*record));
    }
    m_view->setTimeline(timelineOf(call ? m_store->call(call) : nullptr, exchanges));
    m_view->setSelected(exchange);
    if (another)
        m_view->fit();
    m_pages->setCurrentIndex(call != 0 || exchange != 0 ? 1 : 0);
}

Result<void> SequencePanel::exportTo(const QString &fileName) const
{
    const QSizeF size = m_view->contentSize();
    if (fileName.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
        QSvgGenerator svg;
        svg.setFileName(fileName);
        svg.setResolution(96); // CSS pixels; Qt's default of 72 makes it a third too big
        svg.setSize(size.toSize());
        svg.setViewBox(QRectF(QPointF(), size));
        svg.setTitle(tr("Sequence"));
        QPainter painter;
        if (!painter.begin(&svg))
            return failure(tr("%1 could not be written.").arg(fileName));
        painter.fillRect(QRectF(QPointF(), size), m_theme.color(Token::Pane));
        m_view->draw(painter, QRectF(QPointF(), size));
        return {};
    }
    QImage image((size * 2).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(2);
    image.fill(m_theme.color(Token::Pane));
    QPainter painter(&image);
    m_view->draw(painter, QRectF(QPointF(), size));
    painter.end();
    if (!image.save(fileName))
        return failure(tr("%1 could not be written.").arg(fileName));
    return {};
}

} // namespace rt
