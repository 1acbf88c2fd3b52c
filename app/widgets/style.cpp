// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/style.h"

#include "widgets/theme.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QFontMetrics>
#include <QHeaderView>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <QStyleOption>

namespace rt {

namespace {
constexpr int scrollExtent = 12;
constexpr int shortestSlider = 28;
} // namespace

Style::Style(const Theme &theme) : QProxyStyle(QStringLiteral("Fusion")), m_theme(theme) { }

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QHeaderView *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
        return 1; // Qt widens the grip of a one-pixel handle itself
    case PM_ScrollBarExtent:
        return scrollExtent;
    case PM_ScrollBarSliderMin:
        return shortestSlider;
    case PM_SmallIconSize:
    case PM_ToolBarIconSize:
    case PM_ButtonIconSize:
        return QFontMetrics(m_theme.font(FontRole::Ui)).height();
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return std::max(16, QFontMetrics(m_theme.font(FontRole::Ui)).height());
    case PM_TabBarTabHSpace:
        return 20;
    case PM_TabBarTabVSpace:
        return 14;
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_DockWidgetFrameWidth:
        return 0;
    case PM_ComboBoxFrameWidth:
        return 2;
    case PM_HeaderMargin:
        return 8;
    case PM_MenuBarPanelWidth:
        return 0;
    case PM_ToolTipLabelFrameWidth:
        return 4;
    case PM_MenuButtonIndicator:
        return 16;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
        return 0;
    case SH_Widget_Animation_Duration: // nothing moves for longer than a blink
        return 0;
    case SH_Header_ArrowAlignment:
        return Qt::AlignRight | Qt::AlignVCenter;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    const int height = m_theme.controlHeight();
    switch (type) {
    case CT_PushButton:
        result = QSize(std::max(size.width() + 22, height), height);
        break;
    case CT_ComboBox:
        result = QSize(size.width() + 34, height);
        break;
    case CT_LineEdit:
    case CT_SpinBox:
        result.setHeight(height);
        break;
    case CT_ToolButton:
        result = toolButtonSize(*option, size);
        break;
    case CT_TabBarTab:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            const QFontMetrics metrics(m_theme.font(FontRole::Strong));
            result.setWidth(metrics.horizontalAdvance(tab->text) + 20);
            result.setHeight(metrics.height() + 14);
        }
        break;
    case CT_HeaderSection:
        result.setHeight(std::max(m_theme.rowHeight(), result.height()));
        break;
    default:
        break;
    }
    return result;
}

// Qt leaves room for an icon and its text only; a menu's chevron and side padding come on top.
QSize Style::toolButtonSize(const QStyleOption &option, const QSize &content) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(&option);
    const bool framed = button && !(button->state & State_AutoRaise);
    const bool menu = button && button->features & QStyleOptionToolButton::HasMenu;
    const bool words = button && button->toolButtonStyle != Qt::ToolButtonIconOnly;
    const int height = m_theme.controlHeight() - (framed ? 0 : 4);
    return {content.width() + (words ? 16 : 10) + (menu ? 14 : 0), height};
}

QRect Style::scrollSlider(const QStyleOptionSlider &option) const
{
    const bool horizontal = option.orientation == Qt::Horizontal;
    const int track = horizontal ? option.rect.width() : option.rect.height();
    const qint64 range = qint64(option.maximum) - option.minimum;
    int length = track;
    if (range > 0)
        length = std::clamp(int(qint64(option.pageStep) * track / (range + option.pageStep)),
                            std::min(shortestSlider, track), track);
    const int start = sliderPositionFromValue(option.minimum, option.maximum, option.sliderPosition,
                                              track - length, option.upsideDown);
    const QRect slider = horizontal ? QRect(start, 0, length, option.rect.height())
                                    : QRect(0, start, option.rect.width(), length);
    return visualRect(option.direction, option.rect, slider.translated(option.rect.topLeft()));
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option,
                            const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    // A rounded field needs air at both ends; one inside another control has none of its own.
    if (element == SE_LineEditContents && frame && frame->lineWidth > 0)
        return rect.adjusted(5, 0, -5, 0);
    return rect;
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                            SubControl sub, const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!bar)
            return {};
        const QRect slider = scrollSlider(*bar);
        const bool horizontal = bar->orientation == Qt::Horizontal;
        QRect rest = bar->rect;
        switch (sub) {
        case SC_ScrollBarGroove:
            return bar->rect;
        case SC_ScrollBarSlider:
            return slider;
        case SC_ScrollBarSubPage:
            horizontal ? rest.setRight(slider.left() - 1) : rest.setBottom(slider.top() - 1);
            return rest;
        case SC_ScrollBarAddPage:
            horizontal ? rest.setLeft(slider.right() + 1) : rest.setTop(slider.bottom() + 1);
            return rest;
        default:
            return {};
        }
    }
    if (control == CC_ComboBox && sub == SC_ComboBoxEditField) {
        const QRect field = option->rect.adjusted(9, 2, -22, -2);
        return visualRect(option->direction, option->rect, field);
    }
    return QProxyStyle::subControlRect(control, option, sub, widget);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            drawField(*option, *painter);
        return;
    case PE_FrameLineEdit:
        return;
    case PE_PanelButtonCommand:
        drawButtonPanel(*option, *painter);
        return;
    case PE_PanelButtonTool:
        drawToolPanel(*option, *painter);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckIndicator(*option, *painter);
        return;
    case PE_IndicatorRadioButton:
        drawRadioIndicator(*option, *painter);
        return;
    case PE_FrameFocusRect:
        drawFocusRing(*option, *painter);
        return;
    case PE_PanelStatusBar:
        drawBar(*option, *painter, false);
        return;
    case PE_PanelTipLabel:
        drawField(*option, *painter);
        return;
    case PE_FrameTabBarBase:
    case PE_FrameDefaultButton:
    case PE_FrameStatusBarItem:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    switch (element) {
    case CE_TabBarTabShape:
        if (tab)
            drawTabShape(*tab, *painter);
        return;
    case CE_TabBarTabLabel:
        if (tab)
            drawTabLabel(*tab, *painter);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        drawHeaderSection(*option, *painter);
        return;
    case CE_MenuBarEmptyArea:
    case CE_ToolBar:
        drawBar(*option, *painter, true);
        return;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            drawMenuBarItem(*item, *painter);
        return;
    case CE_PushButtonLabel:
        drawButtonLabel(*option, *painter, widget);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, m_theme.color(Token::Line));
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                               QPainter *painter, const QWidget *widget) const
{
    if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        combo && control == CC_ComboBox)
        drawComboBox(*combo, *painter);
    else if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
             spin && control == CC_SpinBox)
        drawSpinBox(*spin, *painter, widget);
    else if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
             button && control == CC_ToolButton)
        drawToolButton(*button, *painter, widget);
    else if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
             bar && control == CC_ScrollBar)
        drawScrollBar(*bar, *painter, widget);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace rt
