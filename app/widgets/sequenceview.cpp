// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/sequenceview.h"

#include "widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace rt {

namespace {

constexpr double margin = 16;
/// Smaller, and the words of one message would stand in those of the next.
constexpr double minimumZoom = 1;
constexpr double maximumZoom = 40;
constexpr double arrowSize = 5;
/// Height of the whole sequence in real time at zoom 1.
constexpr double realTimeHeight = 180;

Token tintOf(Timeline::Tone tone)
{
    switch (tone) {
    case Timeline::Tone::Neutral:
        return Token::Chip;
    case Timeline::Tone::Accent:
        return Token::AccentTint;
    case Timeline::Tone::Good:
        return Token::GoodTint;
    case Timeline::Tone::Caution:
        return Token::CautionTint;
    case Timeline::Tone::Bad:
        return Token::BadTint;
    }
    Q_UNREACHABLE();
}

void drawArrowHead(QPainter &painter, const QPointF &tip, double towards)
{
    QPainterPath head(tip);
    head.lineTo(tip.x() - towards * arrowSize * 1.6, tip.y() - arrowSize * 0.8);
    head.lineTo(tip.x() - towards * arrowSize * 1.6, tip.y() + arrowSize * 0.8);
    head.closeSubpath();
    painter.fillPath(head, painter.pen().color());
}

} // namespace

SequenceView::SequenceView(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("sequence.view"));
    setAccessibleName(tr("Sequence of the selected request"));
    setFocusPolicy(Qt::StrongFocus);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SequenceView::setTimeline(Timeline timeline)
{
    m_timeline = std::move(timeline);
    clampOffset();
    update();
}

void SequenceView::setMode(Mode mode)
{
    m_mode = mode;
    fit();
}

void SequenceView::setSelected(quint64 exchange)
{
    m_selected = exchange;
    update();
}

void SequenceView::zoomBy(double factor)
{
    m_fitted = false;
    m_zoom = std::clamp(m_zoom * factor, minimumZoom, maximumZoom);
    clampOffset();
    update();
}

void SequenceView::fit()
{
    m_fitted = true;
    m_zoom = 1;
    m_offset = 0;
    const double height = contentSize().height();
    if (height > 0)
        m_zoom = std::clamp((this->height() - headHeight()) / (height - headHeight()), minimumZoom,
                            1.5);
    update();
}

double SequenceView::headHeight() const
{
    return QFontMetricsF(m_theme.font(FontRole::Small)).height() + 10;
}

double SequenceView::rowHeight() const
{
    return m_theme.rowHeight() * m_zoom;
}

QSizeF SequenceView::contentSize() const
{
    const double body = m_mode == Mode::Requests ? (m_timeline.rows + 0.5) * rowHeight()
                                                 : realTimeHeight * m_zoom + 2 * margin;
    return {std::max(480.0, static_cast<double>(width())), headHeight() + body};
}

QSize SequenceView::sizeHint() const
{
    return {640, 200};
}

QSize SequenceView::minimumSizeHint() const
{
    return {320, 96};
}

SequenceView::Columns SequenceView::columns(double width) const
{
    const QFontMetricsF metrics(m_theme.font(FontRole::Small));
    const auto count = static_cast<double>(m_timeline.stages.size());
    const double stages
        = count == 0 ? 0 : std::min(width * 0.42, count * metrics.averageCharWidth() * 13);
    const double messages = width - stages - 2 * margin;
    Columns columns;
    columns.page = margin + metrics.horizontalAdvance(tr("page"));
    columns.browser = columns.page + messages * 0.26;
    columns.server = margin + messages - (count == 0 ? margin : metrics.averageCharWidth() * 5);
    columns.firstStage = margin + messages;
    columns.stageWidth = count == 0 ? 0 : stages / count;
    return columns;
}

double SequenceView::laneX(const Columns &columns, Timeline::Lane lane)
{
    switch (lane) {
    case Timeline::Lane::Page:
        return columns.page;
    case Timeline::Lane::Browser:
        return columns.browser;
    case Timeline::Lane::Server:
        return columns.server;
    }
    Q_UNREACHABLE();
}

double SequenceView::yOf(int row, double time) const
{
    if (m_mode == Mode::Requests)
        return headHeight() + (row + 0.5) * rowHeight();
    const double share = m_timeline.duration > 0 ? time / m_timeline.duration : 0;
    return headHeight() + margin + share * realTimeHeight * m_zoom;
}

QColor SequenceView::inkOf(Timeline::Tone tone) const
{
    switch (tone) {
    case Timeline::Tone::Neutral:
        return m_theme.color(Token::Dim);
    case Timeline::Tone::Accent:
        return m_theme.color(Token::Accent);
    case Timeline::Tone::Good:
        return m_theme.color(Token::Good);
    case Timeline::Tone::Caution:
        return m_theme.color(Token::Caution);
    case Timeline::Tone::Bad:
        return m_theme.color(Token::Bad);
    }
    Q_UNREACHABLE();
}

void SequenceView::drawLanes(QPainter &painter, const QRectF &area, const Columns &columns) const
{
    painter.setFont(m_theme.font(FontRole::Small));
    const auto title = [&](double x, const QString &text) {
        painter.setPen(m_theme.color(Token::Dim));
        painter.drawText(QRectF(x - 60, area.top(), 120, headHeight() - 4),
                         Qt::AlignHCenter | Qt::AlignBottom, text);
    };
    title(columns.page, tr("page"));
    title(columns.browser, tr("browser"));
    title(columns.server, tr("server"));
    painter.setPen(m_theme.color(Token::Line));
    for (const double x : {columns.page, columns.browser, columns.server})
        painter.drawLine(QPointF(x, area.top() + headHeight()), QPointF(x, area.bottom()));
    const QFontMetricsF metrics(painter.font());
    for (qsizetype i = 0; i < m_timeline.stages.size(); ++i) {
        const QRectF cell(columns.firstStage + static_cast<double>(i) * columns.stageWidth,
                          area.top(), columns.stageWidth, headHeight() - 4);
        painter.setPen(m_theme.color(Token::Dim));
        painter.drawText(cell.adjusted(2, 0, -2, 0), Qt::AlignHCenter | Qt::AlignBottom,
                         metrics.elidedText(QString::fromLatin1(m_timeline.stages.at(i)),
                                            Qt::ElideRight, columns.stageWidth - 4));
    }
}

void SequenceView::drawMessage(QPainter &painter, const Columns &columns,
                               const Timeline::Message &message) const
{
    const double x1 = laneX(columns, message.from);
    const double x2 = laneX(columns, message.to);
    const double y1 = yOf(message.row, message.departs);
    // In the requests view a message still slopes a little: it takes time.
    const double slope = m_mode == Mode::Requests && message.to != Timeline::Lane::Page
            && message.from != Timeline::Lane::Page
        ? rowHeight() * 0.22
        : 0;
    const double y2 = m_mode == Mode::Requests ? y1 + slope : yOf(message.row, message.arrives);
    const double towards = x2 >= x1 ? 1 : -1;
    painter.setPen(QPen(inkOf(message.tone),
                        message.exchange != 0 && message.exchange == m_selected ? 2.2 : 1.4,
                        message.ownDoing ? Qt::DashLine : Qt::SolidLine));
    QRectF textArea(std::min(x1, x2) + 8, std::min(y1, y2) - rowHeight() * 0.5,
                    std::abs(x2 - x1) - 16, rowHeight() * 0.5 - 1);
    if (message.from == message.to) {
        painter.setBrush(painter.pen().color());
        painter.drawEllipse(QPointF(x1, y1), 3, 3);
        painter.setBrush(Qt::NoBrush);
        // Right of the server are its stages.
        const double left = message.from == Timeline::Lane::Server ? columns.browser : x1;
        textArea = QRectF(left + 10, y1 - rowHeight() / 2, columns.server - left - 20, rowHeight());
    } else {
        painter.drawLine(QPointF(x1, y1), QPointF(x2 - towards * arrowSize, y2));
        drawArrowHead(painter, QPointF(x2, y2), towards);
    }
    const bool strong
        = message.tone != Timeline::Tone::Neutral && message.tone != Timeline::Tone::Accent;
    painter.setPen(message.ownDoing ? m_theme.color(Token::Dim)
                       : strong     ? inkOf(message.tone)
                                    : m_theme.color(Token::Text));
    const QFontMetricsF metrics(painter.font());
    const bool beside = message.from == message.to;
    if (!beside)
        textArea.setTop(textArea.bottom() - std::max(textArea.height(), metrics.height()));
    painter.drawText(textArea,
                     !beside ? Qt::AlignHCenter | Qt::AlignBottom
                         : message.from == Timeline::Lane::Server
                         ? Qt::AlignRight | Qt::AlignVCenter
                         : Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(message.label, Qt::ElideRight, textArea.width()));
}

void SequenceView::drawBox(QPainter &painter, const Columns &columns,
                           const Timeline::StageBox &box) const
{
    const auto column = static_cast<double>(m_timeline.stages.indexOf(box.stage));
    const double height = std::max(16.0, m_theme.rowHeight() * 0.72);
    const double top = m_mode == Mode::Requests ? yOf(box.row, 0) + rowHeight() * 0.5 - height / 2
                                                : yOf(box.row, box.begins);
    const QRectF area(columns.firstStage + column * columns.stageWidth + 4, top,
                      columns.stageWidth - 8, height);
    painter.setPen(box.ended ? QPen(inkOf(box.tone), 1.2) : Qt::NoPen);
    painter.setBrush(m_theme.color(tintOf(box.tone)));
    painter.drawRoundedRect(area, 3, 3);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(box.tone == Timeline::Tone::Neutral ? m_theme.color(Token::Dim)
                                                       : inkOf(box.tone));
    const QFontMetricsF metrics(painter.font());
    painter.drawText(area.adjusted(4, 0, -4, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(box.label, Qt::ElideRight, area.width() - 8));
}

void SequenceView::draw(QPainter &painter, const QRectF &area) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    const Columns places = columns(area.width());
    drawLanes(painter, area, places);
    for (const Timeline::StageBox &box : m_timeline.boxes)
        drawBox(painter, places, box);
    for (const Timeline::Message &message : m_timeline.messages)
        drawMessage(painter, places, message);
}

void SequenceView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Pane));
    const QSizeF size = contentSize();
    painter.translate(0, -m_offset);
    draw(painter, QRectF(0, 0, width(), std::max<double>(size.height(), height() + m_offset)));
}

void SequenceView::resizeEvent(QResizeEvent *)
{
    if (m_fitted)
        fit();
    clampOffset();
}

void SequenceView::clampOffset()
{
    m_offset = std::clamp(m_offset, 0.0, std::max(0.0, contentSize().height() - height()));
}

quint64 SequenceView::exchangeAt(const QPointF &position) const
{
    const double y = position.y() + m_offset;
    quint64 nearest = 0;
    double distance = rowHeight();
    for (const Timeline::Message &message : m_timeline.messages) {
        const double gap = std::abs(yOf(message.row, message.departs) - y);
        if (message.exchange != 0 && gap < distance) {
            distance = gap;
            nearest = message.exchange;
        }
    }
    return nearest;
}

void SequenceView::mousePressEvent(QMouseEvent *event)
{
    m_dragFrom = event->position();
    m_dragged = false;
}

void SequenceView::mouseMoveEvent(QMouseEvent *event)
{
    const double moved = event->position().y() - m_dragFrom.y();
    if (!m_dragged && std::abs(moved) < 4)
        return;
    m_dragged = true;
    m_offset -= moved;
    m_dragFrom = event->position();
    clampOffset();
    update();
}

void SequenceView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_dragged)
        return;
    if (const quint64 exchange = exchangeAt(event->position()))
        emit exchangeClicked(exchange);
}

void SequenceView::wheelEvent(QWheelEvent *event)
{
    const double steps = event->angleDelta().y() / 120.0;
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        zoomBy(std::pow(1.2, steps));
    } else {
        m_offset -= steps * rowHeight();
        clampOffset();
        update();
    }
    event->accept();
}

void SequenceView::selectNeighbour(int step)
{
    std::vector<quint64> order;
    for (const Timeline::Message &message : m_timeline.messages) {
        if (message.exchange != 0 && (order.empty() || order.back() != message.exchange))
            order.push_back(message.exchange);
    }
    if (order.empty())
        return;
    const auto found = std::find(order.begin(), order.end(), m_selected);
    auto index = found == order.end() ? 0 : found - order.begin() + step;
    index = std::clamp<std::ptrdiff_t>(index, 0, static_cast<std::ptrdiff_t>(order.size()) - 1);
    emit exchangeClicked(order[static_cast<size_t>(index)]);
}

void SequenceView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(1.25);
        return;
    case Qt::Key_Minus:
        zoomBy(0.8);
        return;
    case Qt::Key_0:
        fit();
        return;
    case Qt::Key_Up:
        selectNeighbour(-1);
        return;
    case Qt::Key_Down:
        selectNeighbour(1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace rt
