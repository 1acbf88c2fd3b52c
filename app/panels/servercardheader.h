// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractButton>

namespace rt {

class Theme;
class ToggleSwitch;
struct OptionGroup;

/// The handle that moves a stage in the stack, by mouse. Named "server.order.<stage>".
class StageGrip final : public QWidget
{
    Q_OBJECT

public:
    explicit StageGrip(const Theme &theme, QWidget *parent);

    QSize sizeHint() const override;

signals:
    void dragged(const QPoint &globalPosition);
    void dropped(const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    const Theme &m_theme;
    bool m_dragging = false;
};

/// The line of a server card: handle, name as on npm, what differs from the default, switch. A
/// button that opens the card; Alt+Up and Alt+Down move the stage.
class ServerCardHeader final : public QAbstractButton
{
    Q_OBJECT

public:
    /// Stages have a handle, those that can be switched off a switch.
    ServerCardHeader(const OptionGroup &group, const Theme &theme, QWidget *parent);

    void setTexts(const QString &name, const QString &summary, bool changed);
    void setStageEnabled(bool enabled);
    /// Place in the stack from 1 of `count`, for those who hear it; 0 when the stage is not in it.
    void setPlace(int place, int count);
    void setExpandable(bool expandable);
    QString summary() const { return m_summary; }
    /// Null for settings that are no stage.
    StageGrip *grip() const { return m_grip; }
    ToggleSwitch *toggle() const { return m_toggle; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void moveRequested(int places);
    void enabledChosen(bool enabled);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void place();
    void speak();
    QRect textRect() const;
    int chevronSide() const;

    const Theme &m_theme;
    StageGrip *m_grip = nullptr;
    ToggleSwitch *m_toggle = nullptr;
    QString m_summary;
    QString m_place;
    bool m_changed = false;
    bool m_stageEnabled = true;
    bool m_expandable = true;
};

} // namespace rt
