// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QProxyStyle>

class QStyleOptionComboBox;
class QStyleOptionMenuItem;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyleOptionToolButton;

namespace rt {

class Theme;

/// Fusion's behaviour with flat surfaces, one line colour and the theme's tokens: no gradients, no
/// shadows, controls 28 px high. Everything not drawn here is Fusion with our palette.
class Style final : public QProxyStyle
{
    Q_OBJECT

public:
    explicit Style(const Theme &theme);

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl sub,
                         const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;

private:
    void drawField(const QStyleOption &option, QPainter &painter) const;
    void drawButtonPanel(const QStyleOption &option, QPainter &painter) const;
    void drawToolPanel(const QStyleOption &option, QPainter &painter) const;
    void drawCheckIndicator(const QStyleOption &option, QPainter &painter) const;
    void drawRadioIndicator(const QStyleOption &option, QPainter &painter) const;
    void drawFocusRing(const QStyleOption &option, QPainter &painter) const;
    void drawTabShape(const QStyleOptionTab &option, QPainter &painter) const;
    void drawTabLabel(const QStyleOptionTab &option, QPainter &painter) const;
    void drawHeaderSection(const QStyleOption &option, QPainter &painter) const;
    void drawBar(const QStyleOption &option, QPainter &painter, bool lineBelow) const;
    void drawMenuBarItem(const QStyleOptionMenuItem &option, QPainter &painter) const;
    void drawButtonLabel(const QStyleOption &option, QPainter &painter,
                         const QWidget *widget) const;
    void drawComboBox(const QStyleOptionComboBox &option, QPainter &painter) const;
    void drawSpinBox(const QStyleOptionSpinBox &option, QPainter &painter,
                     const QWidget *widget) const;
    void drawScrollBar(const QStyleOptionSlider &option, QPainter &painter,
                       const QWidget *widget) const;
    void drawChevron(QPainter &painter, const QRect &rect, bool up, bool enabled) const;
    void drawToolButton(const QStyleOptionToolButton &option, QPainter &painter,
                        const QWidget *widget) const;
    QSize toolButtonSize(const QStyleOption &option, const QSize &content) const;
    QRect scrollSlider(const QStyleOptionSlider &option) const;

    const Theme &m_theme;
};

} // namespace rt
