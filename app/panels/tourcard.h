// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace rt {

class CaptionLabel;
class Theme;

/// The frame around the control a card of the tour speaks of; never in the way of the mouse.
class TourRing final : public QWidget
{
    Q_OBJECT

public:
    TourRing(const Theme &theme, QWidget *window);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

/// A card of the tour, inside the window, beside the control it points at.
class TourCard final : public QWidget
{
    Q_OBJECT

public:
    struct Content
    {
        int number = 1;
        int count = 1;
        QString title;
        QString text;
        /// Empty: the card waits for something to happen.
        QString button;
    };

    TourCard(const Theme &theme, QWidget *window);

    void setContent(const Content &content);
    QString text() const;
    /// Points at `target` of the same window; in the middle without one.
    void pointAt(QWidget *target);
    QWidget *target() const { return m_target; }

signals:
    void nextRequested();
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Side { Below, Above, Right, Left, None };
    void setupButtons();
    void place();
    Side sideFor(const QRect &target, const QSize &size) const;
    QRect bubble() const;
    void watch(QWidget *target);

    const Theme &m_theme;
    TourRing *m_ring;
    CaptionLabel *m_count = nullptr;
    CaptionLabel *m_title = nullptr;
    CaptionLabel *m_text = nullptr;
    QPushButton *m_next = nullptr;
    QPushButton *m_close = nullptr;
    QPointer<QWidget> m_target;
    Side m_side = Side::None;
    /// Where the arrow's tip is along the bubble's edge.
    int m_tip = 0;
    bool m_placing = false;
};

} // namespace rt
