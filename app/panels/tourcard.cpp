// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/tourcard.h"

#include "widgets/captionlabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace rt {

namespace {
constexpr int arrow = 10;
constexpr int ringGap = 4;
constexpr int edge = 8;
constexpr int radius = 8;
} // namespace

TourRing::TourRing(const Theme &theme, QWidget *window) : QWidget(window), m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setObjectName(QStringLiteral("tour.ring"));
    hide();
}

void TourRing::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(Token::Accent), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
}

TourCard::TourCard(const Theme &theme, QWidget *window)
    : QWidget(window), m_theme(theme), m_ring(new TourRing(theme, window))
{
    setObjectName(QStringLiteral("tour.card"));
    setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(arrow + 14, arrow + 12, arrow + 14, arrow + 12);
    column->setSpacing(6);
    m_count = new CaptionLabel(theme, {}, this);
    m_title = new CaptionLabel(theme, {}, this, FontRole::Strong, Token::Text);
    m_text = new CaptionLabel(theme, {}, this, FontRole::Ui, Token::Text);
    for (CaptionLabel *label : {m_count, m_title, m_text}) {
        label->setWordWrap(label != m_count);
        label->setTextFormat(Qt::PlainText);
        column->addWidget(label);
    }
    setupButtons();
    window->installEventFilter(this);
    connect(&theme, &Theme::changed, this, &TourCard::place);
    hide();
}

void TourCard::setupButtons()
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 4, 0, 0);
    m_close = new QPushButton(tr("Leave the tour"), this);
    m_close->setObjectName(QStringLiteral("tour.close"));
    m_close->setAutoDefault(false);
    m_close->setFlat(true);
    m_next = new QPushButton(this);
    m_next->setObjectName(QStringLiteral("tour.next"));
    m_next->setDefault(true);
    row->addWidget(m_close);
    row->addStretch(1);
    row->addWidget(m_next);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    connect(m_next, &QPushButton::clicked, this, &TourCard::nextRequested);
    connect(m_close, &QPushButton::clicked, this, &TourCard::closeRequested);
}

void TourCard::setContent(const Content &content)
{
    m_count->setText(tr("TOUR · %1 of %2").arg(content.number).arg(content.count));
    m_title->setText(content.title);
    m_text->setText(content.text);
    m_next->setVisible(!content.button.isEmpty());
    m_next->setText(content.button);
    setAccessibleName(content.title);
    setAccessibleDescription(content.text);
}

QString TourCard::text() const
{
    return m_text->text();
}

void TourCard::watch(QWidget *target)
{
    // Whatever moves the control moves one of its ancestors.
    for (QWidget *up = m_target; up && up != window(); up = up->parentWidget())
        up->removeEventFilter(this);
    m_target = target;
    for (QWidget *up = m_target; up && up != window(); up = up->parentWidget())
        up->installEventFilter(this);
}

void TourCard::pointAt(QWidget *target)
{
    watch(target);
    show();
    place();
    raise();
}

bool TourCard::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::Move || type == QEvent::Resize || type == QEvent::Show
        || type == QEvent::Hide)
        QMetaObject::invokeMethod(this, &TourCard::place, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void TourCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        emit closeRequested();
    else
        QWidget::keyPressEvent(event);
}

TourCard::Side TourCard::sideFor(const QRect &target, const QSize &size) const
{
    const QRect room = parentWidget()->rect().adjusted(edge, edge, -edge, -edge);
    if (target.bottom() + size.height() <= room.bottom())
        return Side::Below;
    if (target.top() - size.height() >= room.top())
        return Side::Above;
    if (target.left() - size.width() >= room.left())
        return Side::Left;
    if (target.right() + size.width() <= room.right())
        return Side::Right;
    return Side::None;
}

void TourCard::place()
{
    if (isHidden())
        return;
    QWidget *window = parentWidget();
    const int width
        = std::min(window->width() - 2 * edge, 2 * arrow + 28 + m_theme.controlHeight() * 11);
    const QSize size(width,
                     layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width)
                                                   : sizeHint().height());
    const bool seen = m_target && m_target->isVisible() && m_target->window() == window;
    m_ring->setVisible(seen);
    if (!seen) {
        m_side = Side::None;
        setGeometry(QRect(
            QPoint((window->width() - size.width()) / 2, (window->height() - size.height()) / 2),
            size));
        update();
        return;
    }
    const QRect target = QRect(m_target->mapTo(window, QPoint(0, 0)), m_target->size())
                             .adjusted(-ringGap, -ringGap, ringGap, ringGap);
    m_ring->setGeometry(target.intersected(window->rect()));
    m_ring->raise();
    m_side = sideFor(target, size);
    QPoint corner(target.center().x() - size.width() / 2, target.center().y() - size.height() / 2);
    if (m_side == Side::Below)
        corner.setY(target.bottom());
    else if (m_side == Side::Above)
        corner.setY(target.top() - size.height());
    else if (m_side == Side::Left)
        corner.setX(target.left() - size.width());
    else if (m_side == Side::Right)
        corner.setX(target.right());
    corner.setX(
        std::clamp(corner.x(), edge, std::max(edge, window->width() - size.width() - edge)));
    corner.setY(
        std::clamp(corner.y(), edge, std::max(edge, window->height() - size.height() - edge)));
    setGeometry(QRect(corner, size));
    const bool vertical = m_side == Side::Below || m_side == Side::Above;
    m_tip = vertical ? target.center().x() - corner.x() : target.center().y() - corner.y();
    raise();
    update();
}

QRect TourCard::bubble() const
{
    return rect().adjusted(arrow, arrow, -arrow, -arrow);
}

void TourCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(bubble()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath path;
    path.addRoundedRect(box, radius, radius);
    const bool vertical = m_side == Side::Below || m_side == Side::Above;
    const double limit = arrow + radius + 8.0;
    const double tip = std::clamp(double(m_tip), limit, (vertical ? width() : height()) - limit);
    QPolygonF point;
    if (m_side == Side::Below)
        point << QPointF(tip - 8, box.top() + 1) << QPointF(tip, 1)
              << QPointF(tip + 8, box.top() + 1);
    else if (m_side == Side::Above)
        point << QPointF(tip - 8, box.bottom() - 1) << QPointF(tip, height() - 1)
              << QPointF(tip + 8, box.bottom() - 1);
    else if (m_side == Side::Left)
        point << QPointF(box.right() - 1, tip - 8) << QPointF(width() - 1, tip)
              << QPointF(box.right() - 1, tip + 8);
    else if (m_side == Side::Right)
        point << QPointF(box.left() + 1, tip - 8) << QPointF(1, tip)
              << QPointF(box.left() + 1, tip + 8);
    QPainterPath tail;
    tail.addPolygon(point);
    tail.closeSubpath();
    painter.setPen(QPen(m_theme.color(Token::Accent), 1.4));
    painter.setBrush(m_theme.color(Token::Pane));
    painter.drawPath(point.isEmpty() ? path : path.united(tail));
}

} // namespace rt
