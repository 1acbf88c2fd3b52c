// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/exchangetiming.h"

#include "models/trafficformat.h"

#include <QPainter>
#include <QStyle>

namespace rt {

namespace {

double milliseconds(qint64 nanoseconds)
{
    return static_cast<double>(nanoseconds) / 1e6;
}

} // namespace

ExchangeTiming::ExchangeTiming(const Theme &theme, Selection &selection, QWidget *parent)
    : ExchangePage(theme, selection, parent)
{
    setObjectName(QStringLiteral("inspector.timing"));
    setFocusPolicy(Qt::TabFocus);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ExchangeTiming::addClientPhases(const EndReport &end)
{
    const auto add = [this, &end](const QString &name, qint64 from, qint64 to) {
        if (from > 0 && to >= from)
            m_phases.push_back({name, milliseconds(from - end.startedNs + end.connectNs),
                                milliseconds(to - end.startedNs + end.connectNs), false});
    };
    // A kept connection was secured long before this exchange.
    const bool handshake = end.connectNs > 0 && end.tls && end.tls->startedNs > 0;
    if (end.connectNs > 0)
        add(tr("Connecting"), end.startedNs - end.connectNs,
            handshake ? end.tls->startedNs : end.startedNs);
    if (handshake)
        add(tr("TLS handshake"), end.tls->startedNs, end.tls->finishedNs);
    add(tr("Sending"), end.startedNs, end.requestSentNs);
    add(tr("Waiting for the first byte"), end.requestSentNs, end.firstByteNs);
    add(tr("Receiving"), end.firstByteNs, end.finishedNs);
}

void ExchangeTiming::addServerPhases(const ExchangeRecord &exchange)
{
    // Both ends read the same monotonic clock, so the server's times fall inside the client's.
    const EndReport &client = exchange.client.end;
    const qint64 zero
        = exchange.hasClient ? client.startedNs - client.connectNs : exchange.server.end.startedNs;
    const double start = milliseconds(exchange.server.end.startedNs - zero);
    for (const StageRecord &stage : exchange.server.stages)
        m_phases.push_back({QString::fromLatin1(stage.name), start + milliseconds(stage.enteredNs),
                            start + milliseconds(stage.leftNs), true});
}

void ExchangeTiming::show(const Inspected &inspected)
{
    m_phases.clear();
    m_total = 0;
    QStringList spoken;
    if (const auto &exchange = inspected.exchange) {
        addClientPhases(exchange->end());
        if (exchange->hasServer)
            addServerPhases(*exchange);
    }
    for (const Phase &phase : m_phases) {
        m_total = std::max(m_total, phase.to);
        spoken << QStringLiteral("%1 %2").arg(phase.name, durationText(phase.to - phase.from));
    }
    setAccessibleName(tr("Timing: %1").arg(spoken.join(QStringLiteral(", "))));
    updateGeometry();
    update();
}

QSize ExchangeTiming::minimumSizeHint() const
{
    return {200, 60};
}

void ExchangeTiming::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics metrics(m_theme.font(FontRole::Ui));
    const int row = std::min(
        m_theme.rowHeight(),
        std::max(14, (height() - 16) / std::max<int>(1, static_cast<int>(m_phases.size()))));
    const int names = metrics.horizontalAdvance(tr("Waiting for the first byte")) + 24;
    const int figures = metrics.horizontalAdvance(QStringLiteral("1000 ms")) + 16;
    const QRect bars(14 + names, 8, std::max(40, width() - names - figures - 28), height() - 16);
    int y = bars.top();
    for (const Phase &phase : m_phases) {
        const double scale = m_total > 0 ? bars.width() / m_total : 0;
        const QRect line(0, y, width(), row);
        const auto mirror = [this, &line](const QRect &rect) {
            return QStyle::visualRect(layoutDirection(), line, rect);
        };
        painter.setFont(m_theme.font(phase.onServer ? FontRole::Mono : FontRole::Ui));
        painter.setPen(m_theme.color(phase.onServer ? Token::Dim : Token::Text));
        const int indent = phase.onServer ? 16 : 0;
        painter.drawText(mirror(QRect(14 + indent, y, names - indent, row)),
                         Qt::AlignVCenter | Qt::AlignLeading, phase.name);
        const QRect bar(bars.left() + qRound(phase.from * scale), y + row / 2 - 4,
                        std::max(2, qRound((phase.to - phase.from) * scale)), 8);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(phase.onServer ? Token::Dim : Token::Accent));
        painter.drawRoundedRect(mirror(bar), 2, 2);
        painter.setPen(m_theme.color(Token::Dim));
        painter.drawText(mirror(QRect(bars.right() + 8, y, figures, row)),
                         Qt::AlignVCenter | Qt::AlignTrailing, durationText(phase.to - phase.from));
        y += row;
    }
}

} // namespace rt
