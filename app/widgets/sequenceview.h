// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/timeline.h"

#include <QWidget>

namespace rt {

class Theme;

/// Draws one Timeline: lanes page, browser and server with a column per stage. Time runs downwards,
/// evenly spaced per message or to scale. The same drawing goes to the screen, SVG and PNG.
class SequenceView final : public QWidget
{
    Q_OBJECT

public:
    enum class Mode { Requests, RealTime };

    explicit SequenceView(const Theme &theme, QWidget *parent = nullptr);

    void setTimeline(Timeline timeline);
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }
    /// The exchange drawn as selected; 0 for none.
    void setSelected(quint64 exchange);
    double zoom() const { return m_zoom; }
    void zoomBy(double factor);
    /// Everything in view.
    void fit();
    /// Draws the whole sequence, unscrolled, as large as `contentSize()`.
    void draw(QPainter &painter, const QRectF &area) const;
    QSizeF contentSize() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void exchangeClicked(quint64 exchange);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Columns
    {
        double page = 0;
        double browser = 0;
        double server = 0;
        double firstStage = 0;
        double stageWidth = 0;
    };

    Columns columns(double width) const;
    static double laneX(const Columns &columns, Timeline::Lane lane);
    double yOf(int row, double time) const;
    /// Room for the names of the lanes.
    double headHeight() const;
    double rowHeight() const;
    void drawLanes(QPainter &painter, const QRectF &area, const Columns &columns) const;
    void drawMessage(QPainter &painter, const Columns &columns,
                     const Timeline::Message &message) const;
    void drawBox(QPainter &painter, const Columns &columns, const Timeline::StageBox &box) const;
    QColor inkOf(Timeline::Tone tone) const;
    quint64 exchangeAt(const QPointF &position) const;
    void clampOffset();
    void selectNeighbour(int step);

    const Theme &m_theme;
    Timeline m_timeline;
    Mode m_mode = Mode::Requests;
    quint64 m_selected = 0;
    double m_zoom = 1;
    double m_offset = 0;
    /// Zoom follows the size of the view until the learner zooms.
    bool m_fitted = true;
    QPointF m_dragFrom;
    bool m_dragged = false;
};

} // namespace rt
