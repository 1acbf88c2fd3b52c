// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/icons.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <functional>

namespace rt {

namespace {

QPixmap render(const QString &name, const QColor &color, QSize pixels)
{
    QSvgRenderer renderer(QStringLiteral(":/icons/%1.svg").arg(name));
    QPixmap pixmap(pixels);
    pixmap.fill(Qt::transparent);
    if (!renderer.isValid())
        return pixmap;
    QPainter painter(&pixmap);
    renderer.render(&painter);
    // The files are black; QtSvg would paint currentColor black too, so the shape is tinted here.
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    return pixmap;
}

QPixmap cachedPixmap(const QString &name, const QColor &color, QSize pixels)
{
    const QString key = QStringLiteral("rt-icon-%1-%2-%3x%4")
                            .arg(name, color.name(QColor::HexArgb))
                            .arg(pixels.width())
                            .arg(pixels.height());
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = render(name, color, pixels);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

class TintedIconEngine final : public QIconEngine
{
public:
    TintedIconEngine(QString name, std::function<QColor()> color)
        : m_name(std::move(name)), m_color(std::move(color))
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const double ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, 1.0));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal) override
    {
        QColor color = m_color();
        if (mode == QIcon::Disabled)
            color.setAlphaF(0.4F);
        return cachedPixmap(m_name, color, size);
    }

    QIconEngine *clone() const override { return new TintedIconEngine(m_name, m_color); }

private:
    QString m_name;
    std::function<QColor()> m_color;
};

} // namespace

QIcon themedIcon(const QString &name, const QColor &color)
{
    return QIcon(new TintedIconEngine(name, [color] { return color; }));
}

QIcon tokenIcon(const Theme &theme, const QString &name, Token token)
{
    return QIcon(new TintedIconEngine(name, [&theme, token] { return theme.color(token); }));
}

QPixmap iconPixmap(const QString &name, const QColor &color, QSize size, double devicePixelRatio)
{
    QPixmap pixmap = cachedPixmap(name, color, size * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

} // namespace rt
